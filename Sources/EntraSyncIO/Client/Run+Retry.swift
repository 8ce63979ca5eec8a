import EntraSync

extension Run {
  /// Decides whether an answer is final.
  ///
  /// - Parameters:
  ///   - transfer: A transfer that has ended with an answer.
  ///   - attempts: How many times the request was sent.
  /// - Returns: To accept it, to ask again later, or to give up.
  func decide(_ transfer: Transfer, attempts: Int) -> RetryPolicy.Decision {
    let retryAfter = transfer.headers["retry-after"].flatMap {
      RetryAfter.seconds($0, now: Clock.wall)
    }
    let decision = RetryPolicy().decide(
      RetryPolicy.Situation(
        httpStatus: transfer.httpStatus, retryAfter: retryAfter, attempts: attempts,
        remaining: remaining, jitter: Double.random(in: 0...1)))
    switch decision {
    case .accept: return .accept
    case .retry(let delay):
      log(.info, "HTTP \(transfer.httpStatus), try again in \(Int(delay.rounded(.up))) s")
      return .retry(after: delay)
    case .giveUp(var error):
      error.requestID = transfer.headers["request-id"]?.fromServer()
      return .giveUp(error)
    }
  }
}
