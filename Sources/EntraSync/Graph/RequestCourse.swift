/// The tries of one request to Graph, from the first to the last: what each outcome leads to.
///
/// It decides only. The caller does what it says, and comes back with the next outcome. `.take` and
/// `.fail` end the course; after any other step another outcome follows.
public struct RequestCourse: Sendable {
  /// How a try ended.
  public enum Outcome: Sendable {
    /// With the whole answer.
    case complete
    /// Without a whole answer, or with one that is not what was asked for, for this reason.
    case broken(EntraSyncError)
    /// With something that another try would not change.
    case failed(EntraSyncError)
    /// With Graph's refusal.
    case refused(Refusal)
  }

  /// An answer other than 200.
  public struct Refusal: Sendable {
    /// What it means to an administrator, with the HTTP status and Graph's code.
    public var error: EntraSyncError
    /// Its HTTP status.
    public var httpStatus: Int
    /// Its Retry-After in seconds, if it named one that can be read.
    public var retryAfter: Double?
    /// The absolute URL that its Location leads to.
    public var location: String?
    /// Whether the request used a token that another process has stored.
    public var isTokenBorrowed: Bool
    /// The claims that it demands in the next token.
    public var challenge: ClaimsChallenge?

    /// Creates a refusal from its parts.
    public init(
      error: EntraSyncError, httpStatus: Int, retryAfter: Double? = nil, location: String? = nil,
      isTokenBorrowed: Bool = false, challenge: ClaimsChallenge? = nil
    ) {
      self.error = error
      self.httpStatus = httpStatus
      self.retryAfter = retryAfter
      self.location = location
      self.isTokenBorrowed = isTokenBorrowed
      self.challenge = challenge
    }
  }

  /// What to do next.
  public enum Step: Equatable, Sendable {
    /// Take the answer.
    case take
    /// Ask again after so many seconds.
    case askAgain(after: Double)
    /// Ask the redirect's target.
    case follow(String)
    /// Ask again at once with a new token, which has to have these claims if there are any.
    case renewToken(ClaimsChallenge? = nil)
    /// Begin the group again at its first page.
    case restart(Pagination.RestartReason, refusal: EntraSyncError)
    /// End the run.
    case fail(EntraSyncError)
  }

  private let isPage: Bool
  private let isLaterPage: Bool
  private let graph: Endpoint
  private let policy: RetryPolicy
  private var hops = 0
  private var tokenRenewal = TokenRenewal()

  /// How many times the request was sent, without redirects and new tokens.
  public private(set) var attempts = 0

  /// Creates the course of a request that was not sent yet.
  ///
  /// - Parameters:
  ///   - number: Which page of its group is asked for, from 1; `nil` for another request.
  ///   - graph: The only place that may be asked.
  ///   - policy: When to ask again.
  public init(page number: Int? = nil, graph: Endpoint, policy: RetryPolicy) {
    isPage = number != nil
    isLaterPage = number.map { $0 > 1 } ?? false
    self.graph = graph
    self.policy = policy
  }

  /// Decides after one try.
  ///
  /// - Parameters:
  ///   - outcome: How it ended.
  ///   - remaining: Seconds that are left for the run.
  ///   - jitter: A random number from 0 to 1.
  /// - Returns: What to do next.
  public mutating func decide(_ outcome: Outcome, remaining: Double, jitter: Double) -> Step {
    switch outcome {
    case .complete: return .take
    case .failed(let error): return .fail(error)
    case .broken(let error):
      return wait(.broken(error), remaining: remaining, jitter: jitter) ?? .fail(error)
    case .refused(let refusal):
      if let step = redirect(refusal) ?? renewal(refusal) ?? restart(refusal) { return step }
      let answer = RetryPolicy.Outcome.answer(
        httpStatus: refusal.httpStatus, retryAfter: refusal.retryAfter)
      return wait(answer, about: refusal.error, remaining: remaining, jitter: jitter)
        ?? .fail(refusal.error)
    }
  }

  private mutating func redirect(_ refusal: Refusal) -> Step? {
    guard Redirect.isRedirect(refusal.httpStatus) else { return nil }
    do throws(EntraSyncError) {
      let target = try Redirect.target(
        httpStatus: refusal.httpStatus, location: refusal.location, hops: hops, graph: graph)
      hops += 1
      return .follow(target)
    } catch {
      return .fail(error.explained(by: refusal.error))
    }
  }

  private mutating func renewal(_ refusal: Refusal) -> Step? {
    // A new token does not change what something else than Graph says.
    guard refusal.httpStatus == 401, !refusal.error.isForeign else { return nil }
    return tokenRenewal.isDue(
      isTokenBorrowed: refusal.isTokenBorrowed, isChallenged: refusal.challenge != nil)
      ? .renewToken(refusal.challenge) : nil
  }

  private func restart(_ refusal: Refusal) -> Step? {
    guard isPage, refusal.httpStatus == 400 else { return nil }
    if refusal.error.serverCode?.lowercased() == "directory_expiredpagetoken" {
      return isLaterPage ? .restart(.expiredPageToken, refusal: refusal.error) : nil
    }
    // Graph has no code of its own for a page that is too large. Our request is always well-formed,
    // so only its size can be wrong.
    let isRequestBad = ["badrequest", "request_badrequest"].contains(
      refusal.error.serverCode?.lowercased())
    return isRequestBad ? .restart(.pageTooLarge, refusal: refusal.error) : nil
  }

  private mutating func wait(
    _ outcome: RetryPolicy.Outcome, about refusal: EntraSyncError? = nil, remaining: Double,
    jitter: Double
  ) -> Step? {
    attempts += 1
    let situation = RetryPolicy.Situation(
      outcome: outcome, attempts: attempts, remaining: remaining, jitter: jitter, cause: refusal)
    switch policy.decide(situation) {
    case .accept: return nil
    case .retry(let delay): return .askAgain(after: delay)
    case .giveUp(let error): return .fail(refusal.map { error.explained(by: $0) } ?? error)
    }
  }
}
