/// Decides what to do about an answer that asks to come back later.
///
/// Source: Microsoft Graph, "Throttling guidance"; RFC 9110, section 10.2.3.
public struct RetryPolicy: Sendable {
  /// What to do next.
  public enum Decision: Equatable, Sendable {
    /// The answer is final.
    case accept
    /// Ask again after so many seconds.
    case retry(after: Double)
    /// Stop, since the time for the run does not allow another try.
    case giveUp(EntraSyncError)
  }

  /// What is known when an answer has come.
  public struct Situation: Sendable {
    /// The answer's HTTP status.
    public var httpStatus: Int
    /// The answer's Retry-After in seconds, if it named one that can be read.
    public var retryAfter: Double?
    /// How many times this request was sent already, at least 1.
    public var attempts: Int
    /// Seconds that are left for the run.
    public var remaining: Double
    /// A random number from 0 to 1.
    public var jitter: Double

    /// States what is known.
    public init(
      httpStatus: Int, retryAfter: Double?, attempts: Int, remaining: Double, jitter: Double
    ) {
      self.httpStatus = httpStatus
      self.retryAfter = retryAfter
      self.attempts = attempts
      self.remaining = remaining
      self.jitter = jitter
    }
  }

  /// How many times one request is repeated at the most.
  public var maximumRetries = 5
  /// The first delay where the server names none, in seconds; each further one is twice as long.
  public var firstDelay = 3.0
  /// The longest delay that we choose ourselves, in seconds.
  public var longestDelay = 180.0

  /// The policy that Microsoft's own clients use, with a little more patience.
  public init() {}

  /// Decides about one answer.
  ///
  /// - Parameter situation: What is known.
  /// - Returns: To accept the answer, to ask again later, or to give up.
  public func decide(_ situation: Situation) -> Decision {
    guard [429, 503, 504].contains(situation.httpStatus) else { return .accept }
    let delay = situation.retryAfter ?? backoff(situation)
    guard situation.attempts <= maximumRetries else {
      return .giveUp(refusal(situation, "gave up after \(situation.attempts) tries"))
    }
    guard delay < situation.remaining else {
      return .giveUp(
        refusal(
          situation,
          "TIMEOUT leaves \(RetryPolicy.wholeSeconds(situation.remaining.rounded(.down))) s"))
    }
    return .retry(after: delay)
  }

  private func backoff(_ situation: Situation) -> Double {
    let doublings = max(0, min(situation.attempts - 1, 16))
    return min(firstDelay * Double(1 << doublings), longestDelay) + situation.jitter
  }

  private func refusal(_ situation: Situation, _ reason: String) -> EntraSyncError {
    let isThrottled = situation.httpStatus == 429
    let asked =
      situation.retryAfter.map { " and asked to wait \(RetryPolicy.wholeSeconds($0)) s" } ?? ""
    var error = EntraSyncError(
      isThrottled ? .throttled : .server,
      "Microsoft \(isThrottled ? "throttles these requests" : "is unavailable") "
        + "(HTTP \(situation.httpStatus))\(asked); \(reason); the next run will try again")
    error.httpStatus = situation.httpStatus
    error.retryAfter = situation.retryAfter.map(RetryPolicy.wholeSeconds)
    return error
  }

  /// A time for a person, bounded so that no figure can trap.
  private static func wholeSeconds(_ seconds: Double) -> Int {
    seconds.isNaN ? 0 : Int(max(0, min(seconds, 1e9)).rounded(.up))
  }
}
