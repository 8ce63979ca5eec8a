/// What a client knows of its token: whether it can be used, and whether a sign-in may be tried.
///
/// Times are seconds on a clock that never goes back.
///
/// Source: MSAL, its token cache and its throttling of refused requests.
public struct TokenState: Sendable {
  /// What to do about the token of the next request.
  public enum Step {
    /// Use this one.
    case use(Secret)
    /// Sign in. If that fails, use this previous token, which is still valid.
    case signIn(fallback: Secret?)
    /// Fail: the sign-in was refused a moment ago, and would be refused again.
    case refuse(EntraSyncError)
  }

  /// How long a refused sign-in is not tried again, in seconds.
  public static let refusalLifetime = 60.0
  /// How long a sign-in is not tried again after a server was too busy for it, in seconds, if the
  /// server names no time.
  public static let busyLifetime = 5.0
  /// The longest time that a server may name, in seconds.
  public static let longestBusyLifetime = 3600.0

  private var token: Token?
  private var refusal: (error: EntraSyncError, end: Double)?

  /// Begins without a token and without a refusal.
  public init() {}

  /// Says what to do for the next request.
  ///
  /// - Parameter now: The time.
  /// - Returns: To use a token, to sign in, or to give up.
  public func next(at now: Double) -> Step {
    let good = token.flatMap { $0.isGood(at: now) ? $0 : nil }
    if let good, !good.isRenewable(at: now) { return .use(good.value) }
    guard let refusal, now < refusal.end else { return .signIn(fallback: good?.value) }
    return good.map { .use($0.value) } ?? .refuse(refusal.error)
  }

  /// Keeps a new token.
  ///
  /// - Parameter token: The sign-in's answer.
  public mutating func keep(_ token: Token) {
    self.token = token
    refusal = nil
  }

  /// Keeps a borrowed token, which another process left, if it is of more use than the present one.
  ///
  /// - Parameters:
  ///   - token: The other process's token.
  ///   - now: The time.
  /// - Returns: Whether it was kept.
  public mutating func adopt(_ token: Token, at now: Double) -> Bool {
    guard token.isGood(at: now) else { return false }
    if let own = self.token, own.isGood(at: now), own.expires >= token.expires { return false }
    keep(token)
    return true
  }

  /// Notes that a sign-in failed. A failure that no server answered does not delay the next one.
  ///
  /// - Parameters:
  ///   - error: The reason.
  ///   - now: The time.
  public mutating func noteFailure(_ error: EntraSyncError, at now: Double) {
    guard let httpStatus = error.httpStatus else { return }
    let lifetime: Double
    switch httpStatus {
    case 429, 500...:
      let named = error.retryAfter.map(Double.init) ?? TokenState.busyLifetime
      lifetime = max(0, min(named, TokenState.longestBusyLifetime))
    case 400..<500: lifetime = TokenState.refusalLifetime
    default: return
    }
    refusal = (error, now + lifetime)
  }

  /// The present token, if there is one.
  public var value: Secret? { token?.value }

  /// When the present token ends, if there is one.
  public var end: Double? { token?.expires }

  /// Forgets a token that Graph does not accept.
  ///
  /// - Parameter value: The token that was sent. A newer one is kept.
  public mutating func forget(_ value: Secret) {
    if token?.value === value { token = nil }
  }

  /// Forgets the present token, such as one that was issued before a consent.
  public mutating func forget() { token = nil }
}
