/// What is known of a token: whether there is a good one, and whether a new one may be asked for.
///
/// Times are seconds on a clock that never goes back.
///
/// Source: MSAL, whose token cache and throttling of refused requests these are.
public struct TokenState: Sendable {
  /// What to do about the token of the next request.
  public enum Step {
    /// Use this one.
    case use(Secret)
    /// Sign in; where that fails, this older token is still good.
    case signIn(fallback: Secret?)
    /// Ask nothing: the sign-in was refused a moment ago, and would be again.
    case refuse(EntraSyncError)
  }

  /// For how long a refused sign-in is not repeated, in seconds.
  public static let refusalLifetime = 60.0
  /// For how long a sign-in that the server was too busy for is not repeated, in seconds, where the
  /// server names no time.
  public static let busyLifetime = 5.0
  /// The longest time that a server may name, in seconds.
  public static let longestBusyLifetime = 3600.0

  private var token: Token?
  private var refusal: (error: EntraSyncError, end: Double)?

  /// Nothing known.
  public init() {}

  /// What to do now.
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

  /// Takes a token that another process has left, where it is of more use than what there is.
  ///
  /// - Parameters:
  ///   - token: The other process's token.
  ///   - now: The time.
  /// - Returns: Whether it is this one's token from now on.
  public mutating func adopt(_ token: Token, at now: Double) -> Bool {
    guard token.isGood(at: now) else { return false }
    if let own = self.token, own.isGood(at: now), own.expires >= token.expires { return false }
    keep(token)
    return true
  }

  /// Notes that a sign-in failed. What no server said is not held against the next one.
  ///
  /// - Parameters:
  ///   - error: Why.
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

  /// The token that is used; `nil` without one.
  public var value: Secret? { token?.value }

  /// When the token that is used ends; `nil` without one.
  public var end: Double? { token?.expires }

  /// Forgets a token that Graph does not accept.
  ///
  /// - Parameter value: The token that was sent; another one, which came since, is kept.
  public mutating func forget(_ value: Secret) {
    if token?.value === value { token = nil }
  }

  /// Forgets whatever token there is, such as one that was issued before a consent.
  public mutating func forget() { token = nil }
}
