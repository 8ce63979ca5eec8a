import EntraSync

/// Asks Graph one question at a time, and waits for each answer.
final class Inquiry {
  private let service: GraphService
  private var last: GraphRequest?

  /// Prepares to ask.
  ///
  /// - Parameter service: Whom to ask.
  init(_ service: GraphService) { self.service = service }

  /// The token that the last answer came for.
  var token: Secret? { last?.token }
  /// Whether another process had stored that token.
  var isTokenBorrowed: Bool { last?.isTokenBorrowed ?? false }
  /// The permissions that this token names; `nil` if it shows none.
  var roles: GrantedRoles? { last?.roles }

  /// Asks, again if another try may help, and waits for the answer.
  ///
  /// - Parameters:
  ///   - question: What to ask.
  ///   - subject: What it is about.
  /// - Throws: Any status, if there is no answer or a refusal.
  /// - Returns: The document of a 200.
  func ask(
    _ question: GraphQuestion, about subject: GraphRefusal.Subject
  ) throws(EntraSyncError) -> JSONValue {
    let run = service.run
    let request = GraphRequest(question, about: subject, to: service)
    last = request
    while true {
      try request.send(try service.token.wait())
      while request.answer == nil { try run.advance(waitingAtMost: 1) }
      if let value = try request.value(by: run.parser) { return value }
      try run.wait(request.due - Clock.monotonic)
    }
  }
}
