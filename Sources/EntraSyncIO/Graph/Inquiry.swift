import EntraSync

/// Asks Graph one question at a time, and again if another try may help.
final class Inquiry {
  /// The most bytes that an answer may have; a batch of twenty stays far below.
  private static let largestAnswer = 8 << 20

  private let configuration: Configuration
  private let run: Run
  private let tokens: TokenSource
  private let policy: RetryPolicy

  /// The token that the last answer came for.
  private(set) var token: Secret?
  /// Whether another process had stored that token.
  private(set) var isTokenBorrowed = false

  /// The permissions that this token names; `nil` if it shows none.
  var roles: GrantedRoles? { GrantedRoles(token?.claims) }

  /// Prepares to ask.
  ///
  /// - Parameters:
  ///   - configuration: Where Graph is.
  ///   - run: The run that it belongs to.
  ///   - tokens: Where tokens come from.
  ///   - policy: When to ask again; without one, as the run does.
  init(
    _ configuration: Configuration, run: Run, tokens: TokenSource, policy: RetryPolicy? = nil
  ) {
    self.configuration = configuration
    self.run = run
    self.tokens = tokens
    self.policy = policy ?? run.limits.retry
  }

  /// Asks, and waits for the answer.
  ///
  /// - Parameters:
  ///   - question: What to ask.
  ///   - subject: What it is about.
  /// - Throws: Any status, if there is no answer or a refusal.
  /// - Returns: The document of a 200.
  func ask(
    _ question: GraphQuestion, about subject: GraphRefusal.Subject
  ) throws(EntraSyncError) -> JSONValue {
    var course = RequestCourse(graph: configuration.graph, policy: policy)
    var url = configuration.graph.url(GraphQuestion.version + question.path)
    while true {
      let token = try tokens.token(run)
      self.token = token
      isTokenBorrowed = tokens.isBorrowed(token)
      let name = "\(subject.name), try \(course.attempts + 1)"
      run.log(.info, name)
      let transfer = try run.send(
        HTTPRequest(url: url, token: token, json: question.body, retries: course.attempts),
        reader: AnswerReader(limit: Inquiry.largestAnswer))
      while !transfer.isFinished { try run.advance(waitingAtMost: 1) }
      run.report.bytes += transfer.bytes

      var answer = JSONValue.null
      let outcome =
        transfer.setback(about: subject, isTokenBorrowed: isTokenBorrowed)
        ?? transfer.outcome { (reader) throws(EntraSyncError) in
          answer = try reader.value(run.parser)
        }
      switch course.decide(outcome, remaining: run.remaining, jitter: Double.random(in: 0...1)) {
      case .take: return answer
      case .askAgain(let delay):
        run.log(.info, "\(name): \(outcome.reason), again in \(Int(delay.rounded(.up))) s")
        try run.wait(delay)
      case .follow(let target):
        url = target
        run.log(.info, "\(name): redirected")
      case .renewToken(let challenge):
        tokens.forget(token, answering: challenge)
        run.log(.info, "\(name): \(challenge.reason)")
      // Only a page of a group's members is begun again.
      case .restart(_, let error), .fail(let error): throw error
      }
    }
  }
}
