/// An access token and how long it may be used.
///
/// Times are seconds on a clock that never goes back.
public struct Token: Sendable {
  /// How long before its end a token is no longer used, in seconds, as MSAL does; half its life at
  /// the most.
  public static let margin = 300.0
  /// What a token's life is taken to be where the answer does not say, in seconds.
  public static let defaultLifetime = 3600

  /// The token, which is opaque to everybody but Graph.
  public let value: Secret
  /// When it ends.
  public let expires: Double
  /// From when on it is no longer used.
  private let end: Double
  /// From when on a new one is better.
  private let renewal: Double

  /// Reads the answer of the token endpoint.
  ///
  /// - Parameters:
  ///   - answer: The JSON document of a 200.
  ///   - now: The time at which the request was sent.
  /// - Throws: `.server` when it is no token.
  public init(_ answer: JSONValue?, now: Double) throws(EntraSyncError) {
    guard let answer, let text = answer["access_token"]?.text, !text.isEmpty,
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else {
      throw EntraSyncError(
        .server, "the sign-in's answer holds no access token; is LOGINURL right?")
    }
    guard answer["token_type"]?.text?.lowercased() == "bearer" else {
      throw EntraSyncError(.server, "the sign-in's answer holds a token that is no Bearer token")
    }
    value = Secret(text.utf8)
    let said = answer["expires_in"]?.integer ?? Token.defaultLifetime
    let lifetime = Double(max(0, min(said, 90_000)))
    expires = now + lifetime
    let end = expires - min(Token.margin, lifetime / 2)
    self.end = end
    // A token that lives for a day says when to look for a new one, long before its end; never
    // before half its life, so that no answer can make every request sign in.
    let renewalAge = answer["refresh_in"]?.integer.map { Double(min($0, 90_000)) }
    renewal = renewalAge.map { min(end, now + max($0, lifetime / 2)) } ?? end
  }

  /// Whether it can still be used for a request.
  ///
  /// - Parameter now: The time.
  /// - Returns: `false` from ``margin`` seconds before its end on.
  public func isGood(at now: Double) -> Bool { now < end }

  /// Whether a new token should be asked for, though this one may still be good.
  ///
  /// - Parameter now: The time.
  /// - Returns: `true` from the answer's `refresh_in` on, and where there was none, from its end.
  public func isRenewable(at now: Double) -> Bool { now >= renewal }
}
