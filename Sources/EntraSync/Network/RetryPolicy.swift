/// Decides whether a request is sent again.
///
/// Only what may pass by itself is worth another try: a server that is throttled, down or behind a
/// gateway that lost it, a connection that broke, and an answer that is not whole. Each wait is
/// twice the one before, unless the server names its own.
///
/// Source: Microsoft Graph, "Throttling guidance"; RFC 9110, sections 10.2.3 and 15.6; the retry
/// handlers of Microsoft's own clients, which leave 500 and 502 out.
public struct RetryPolicy: Sendable {
  /// How a try ended.
  public enum Outcome: Equatable, Sendable {
    /// With an answer, whose Retry-After is in seconds where it named one that can be read.
    case answer(httpStatus: Int, retryAfter: Double?)
    /// With no whole answer, for this reason, which may pass.
    case broken(EntraSyncError)
  }

  /// What to do next.
  public enum Decision: Equatable, Sendable {
    /// The answer is final.
    case accept
    /// Ask again after so many seconds.
    case retry(after: Double)
    /// Stop, since another try is not worth it or does not fit into the run.
    case giveUp(EntraSyncError)
  }

  /// What is known when a try has ended.
  public struct Situation: Sendable {
    /// How it ended.
    public var outcome: Outcome
    /// How many times this request was sent already, at least 1.
    public var attempts: Int
    /// Seconds that are left for the run.
    public var remaining: Double
    /// A random number from 0 to 1.
    public var jitter: Double
    /// What an answer means by itself.
    public var cause: EntraSyncError?

    /// Creates a situation from its parts.
    public init(
      outcome: Outcome, attempts: Int, remaining: Double, jitter: Double,
      cause: EntraSyncError? = nil
    ) {
      self.outcome = outcome
      self.attempts = attempts
      self.remaining = remaining
      self.jitter = jitter
      self.cause = cause
    }
  }

  /// The statuses that may pass.
  public static let passingStatuses: Set<Int> = [429, 500, 502, 503, 504]
  /// The most repetitions that a policy may ask for.
  public static let mostRetries = 10
  /// The longest wait that a policy chooses itself, in seconds; a server may name a longer one.
  public static let longestDelay = 180.0

  /// How many times one request is repeated at the most.
  public let maximumRetries: Int
  /// The first wait where the server names none, in seconds.
  public let firstDelay: Double

  /// The policy of every run: the first wait of Microsoft's own clients, and two tries more.
  public static let standard = RetryPolicy(checkedRetries: 5, firstDelay: 3)

  /// Another policy; `nil` where a figure is negative or above its bound.
  ///
  /// - Parameters:
  ///   - maximumRetries: 0 to ``mostRetries``.
  ///   - firstDelay: 0 to ``longestDelay`` seconds.
  public init?(maximumRetries: Int, firstDelay: Double) {
    guard (0...RetryPolicy.mostRetries).contains(maximumRetries),
      (0...RetryPolicy.longestDelay).contains(firstDelay)
    else { return nil }
    self.init(checkedRetries: maximumRetries, firstDelay: firstDelay)
  }

  /// The same policy with fewer tries.
  ///
  /// - Parameter most: How many times a request is repeated at the most.
  /// - Returns: A policy that repeats no more often than this one.
  public func bounded(to most: Int) -> RetryPolicy {
    RetryPolicy(checkedRetries: max(0, min(most, maximumRetries)), firstDelay: firstDelay)
  }

  private init(checkedRetries: Int, firstDelay: Double) {
    maximumRetries = checkedRetries
    self.firstDelay = firstDelay
  }

  /// Decides after one try.
  ///
  /// - Parameter situation: What is known.
  /// - Returns: To accept the answer, to ask again later, or to give up.
  public func decide(_ situation: Situation) -> Decision {
    var named: Double?
    if case .answer(let httpStatus, let retryAfter) = situation.outcome {
      guard RetryPolicy.passingStatuses.contains(httpStatus) else { return .accept }
      // A server that says 0 again and again is asked with our own patience.
      named = situation.attempts > 1 && retryAfter == 0 ? nil : retryAfter
    }
    guard situation.attempts <= maximumRetries else {
      return .giveUp(refusal(situation, "gave up after \(situation.attempts) tries"))
    }
    let delay = named ?? backoff(situation)
    guard delay < situation.remaining else {
      let left = RetryPolicy.wholeSeconds(situation.remaining.rounded(.down))
      return .giveUp(refusal(situation, "TIMEOUT leaves \(left) s"))
    }
    return .retry(after: delay)
  }

  private func backoff(_ situation: Situation) -> Double {
    let doublings = max(0, min(situation.attempts - 1, 16))
    return min(firstDelay * Double(1 << doublings), RetryPolicy.longestDelay)
      + situation.jitter * min(1, firstDelay)
  }

  private func refusal(_ situation: Situation, _ reason: String) -> EntraSyncError {
    var error: EntraSyncError
    switch situation.outcome {
    case .broken(let cause):
      error = cause
      error.isOutage = cause.status == .network
    case .answer(let httpStatus, let retryAfter):
      let isThrottled = httpStatus == 429
      let asked = retryAfter.map { " and asked to wait \(RetryPolicy.wholeSeconds($0)) s" } ?? ""
      error = EntraSyncError(
        isThrottled ? .throttled : .server,
        "Microsoft \(isThrottled ? "throttles these requests" : "is unavailable") "
          + "(HTTP \(httpStatus))\(asked)")
      // Only Microsoft itself can say so.
      if let cause = situation.cause, cause.isForeign { error = cause }
      error.httpStatus = httpStatus
      error.retryAfter = retryAfter.map(RetryPolicy.wholeSeconds)
    }
    error.message += "; \(reason); the next run will try again"
    return error
  }

  /// A time for a person, bounded so that no figure can trap.
  private static func wholeSeconds(_ seconds: Double) -> Int {
    seconds.isNaN ? 0 : Int(max(0, min(seconds, 1e9)).rounded(.up))
  }
}
