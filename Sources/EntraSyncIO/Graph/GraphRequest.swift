import EntraSync

/// One request to Graph, from its first try to its last.
///
/// ``RequestCourse`` decides what an answer leads to. This class does it.
final class GraphRequest {
  /// What an answer has led to.
  enum Step {
    /// It was what was asked for.
    case taken
    /// The request is sent again when it is ``due``.
    case again
    /// Its group has to be read again from the first page.
    case restart(Pagination.RestartReason, refusal: EntraSyncError)
  }

  private let service: GraphService
  private let subject: GraphRefusal.Subject
  /// What the log calls it.
  private let name: String
  private let body: String?
  private let largestAnswer: Int
  private var url: String
  private var course: RequestCourse
  private var transfer: Transfer?

  /// When it may be sent, on the monotonic clock.
  private(set) var due = 0.0
  /// The token that it was sent with last.
  private(set) var token: Secret?
  /// Whether another process had stored that token.
  private(set) var isTokenBorrowed = false
  /// The permissions that this token names; `nil` if it shows none.
  var roles: GrantedRoles? { GrantedRoles(token?.claims) }

  /// Prepares a question.
  ///
  /// - Parameters:
  ///   - question: What to ask.
  ///   - subject: What it is about.
  ///   - service: Whom to ask.
  init(
    _ question: GraphQuestion, about subject: GraphRefusal.Subject, to service: GraphService
  ) {
    let graph = service.configuration.graph
    self.service = service
    self.subject = subject
    name = subject.name
    body = question.body
    // A batch of twenty stays far below.
    largestAnswer = 8 << 20
    url = graph.url(GraphQuestion.version + question.path)
    course = RequestCourse(graph: graph, policy: service.policy)
  }

  /// Prepares to ask for a page of a group's members.
  ///
  /// - Parameters:
  ///   - number: Which page it is, from 1.
  ///   - group: The group.
  ///   - url: Where it is.
  ///   - service: Whom to ask.
  init(page number: Int, of group: ObjectID, at url: String, from service: GraphService) {
    self.service = service
    subject = .members(of: group)
    name = "group \(group.text), page \(number)"
    body = nil
    // Real pages stay far below one megabyte.
    largestAnswer = 16 << 20
    self.url = url
    course = RequestCourse(
      page: number, graph: service.configuration.graph, policy: service.policy)
  }

  /// Whether it was sent, and its answer was not decided on.
  var isOnItsWay: Bool { transfer != nil }

  /// The answer that has come and was not decided on; `nil` without one.
  var answer: Transfer? { transfer.flatMap { $0.isFinished ? $0 : nil } }

  /// Sends it.
  ///
  /// - Parameter token: A token that is valid now.
  /// - Throws: `.network` when libcurl has no memory.
  func send(_ token: Secret) throws(EntraSyncError) {
    let run = service.run
    self.token = token
    isTokenBorrowed = service.tokens.isBorrowed(token)
    run.log(.info, "\(name), try \(course.attempts + 1)")
    let transfer = try run.send(
      HTTPRequest(url: url, token: token, json: body, retries: course.attempts),
      reader: AnswerReader(limit: largestAnswer))
    self.transfer = transfer
    service.pace.noteStart(of: transfer)
  }

  /// Ends it. No answer is waited for any more.
  func cancel() {
    guard let transfer else { return }
    service.run.cancel(transfer)
    self.transfer = nil
  }

  /// How a try ended.
  ///
  /// - Parameters:
  ///   - answer: The ``answer``.
  ///   - read: Reads the body of a 200.
  /// - Returns: The outcome, to be decided on.
  func outcome(
    of answer: Transfer, _ read: (AnswerReader) throws(EntraSyncError) -> Void
  ) -> RequestCourse.Outcome {
    service.run.report.bytes += answer.bytes
    return answer.setback(about: subject, isTokenBorrowed: isTokenBorrowed) ?? answer.outcome(read)
  }

  /// Does what the outcome of a try leads to.
  ///
  /// - Parameter outcome: The outcome.
  /// - Throws: The error, if another try would not change it.
  /// - Returns: What follows.
  func decide(on outcome: RequestCourse.Outcome) throws(EntraSyncError) -> Step {
    let run = service.run
    if let transfer, let (delay, refusal) = outcome.throttling {
      service.pace.slowDown(for: delay, after: transfer, refusal)
    }
    transfer = nil
    switch course.decide(outcome, remaining: run.remaining, jitter: Double.random(in: 0...1)) {
    case .take: return .taken
    case .askAgain(let delay):
      due = Clock.monotonic + delay
      run.log(.info, "\(name): \(outcome.reason), try again in \(Int(delay.rounded(.up))) s")
    case .follow(let target):
      url = target
      run.log(.info, "\(name): redirected")
    case .renewToken(let challenge):
      // The log's callback may have forked; the token is the parent's.
      try run.transport.origin.check()
      if let token { service.tokens.forget(token, answering: challenge) }
      run.log(.info, "\(name): \(challenge.reason)")
    case .restart(let reason, let refusal): return .restart(reason, refusal: refusal)
    case .fail(let error): throw error
    }
    return .again
  }

  /// The document of the ``answer``, if that is what was asked for.
  ///
  /// - Parameter parser: Reads it.
  /// - Throws: The error, if another try would not change it.
  /// - Returns: `nil` without an answer, and if the question is asked again.
  func value(by parser: JSONParser) throws(EntraSyncError) -> JSONValue? {
    guard let answer else { return nil }
    var value = JSONValue.null
    let outcome = outcome(of: answer) { (reader) throws(EntraSyncError) in
      value = try reader.value(parser)
    }
    switch try decide(on: outcome) {
    case .taken: return value
    case .again: return nil
    // Only a page of a group's members is begun again.
    case .restart(_, let refusal): throw refusal
    }
  }
}
