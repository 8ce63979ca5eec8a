/// An access token and how long it may be used.
///
/// Times are seconds on a clock that never goes back.
public struct Token: Sendable {
  /// How long before its end a token is no longer used, in seconds, as in MSAL; at most half its
  /// lifetime.
  public static let margin = 300.0
  /// The lifetime of a token whose answer does not state one, in seconds.
  public static let defaultLifetime = 3600

  /// The longest lifetime that is believed, in seconds; Entra ID's longest is a day.
  public static let longestLifetime = 90_000

  /// The token, which only Graph can read.
  public let value: Secret
  /// When its lifetime began, which is when it was asked for.
  let begin: Double
  /// Its lifetime, in seconds.
  let lifetime: Double
  /// The age from which a new token should be asked for, in seconds.
  let renewalAge: Double

  /// When it ends.
  public var expires: Double { begin + lifetime }

  /// Reads the answer of the token endpoint.
  ///
  /// - Parameters:
  ///   - answer: The JSON document of a 200.
  ///   - now: The time at which the request was sent.
  /// - Throws: `.server` if it holds no usable token.
  public init(_ answer: JSONValue?, now: Double) throws(EntraSyncError) {
    guard let answer, let text = answer["access_token"]?.text, Token.isWellFormed(text.utf8) else {
      throw EntraSyncError(
        .server, "the sign-in's answer holds no access token; is LOGINURL right?")
    }
    guard answer["token_type"]?.text?.lowercased() == "bearer" else {
      throw EntraSyncError(.server, "the sign-in's answer holds a token that is not a Bearer token")
    }
    let said = answer["expires_in"]?.integer ?? Token.defaultLifetime
    self.init(
      value: Secret(text.utf8), begin: now,
      lifetime: Double(max(0, min(said, Token.longestLifetime))),
      renewalAge: answer["refresh_in"]?.integer.map { Double(min($0, Token.longestLifetime)) })
  }

  /// Creates a token from its parts.
  ///
  /// - Parameters:
  ///   - value: The token.
  ///   - begin: When it was asked for.
  ///   - lifetime: Its lifetime, in seconds.
  ///   - renewalAge: The age from which the server wants a new one to be asked for, if it says so.
  init(value: Secret, begin: Double, lifetime: Double, renewalAge: Double?) {
    self.value = value
    self.begin = begin
    self.lifetime = lifetime
    let usable = lifetime - min(Token.margin, lifetime / 2)
    // A token with a lifetime of a day states a renewal long before its end. It is never renewed
    // before half its lifetime, so that no answer can make every request sign in.
    self.renewalAge = renewalAge.map { min(usable, max($0, lifetime / 2)) } ?? usable
  }

  /// Whether bytes can be a token: visible ASCII, as a header may hold.
  static func isWellFormed(_ bytes: some Collection<UInt8>) -> Bool {
    !bytes.isEmpty && bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F }
  }

  /// Whether it can still be used for a request.
  ///
  /// - Parameter now: The time.
  /// - Returns: `false` from ``margin`` seconds before its end on.
  public func isGood(at now: Double) -> Bool {
    now < expires - min(Token.margin, lifetime / 2)
  }

  /// Whether a new token should be asked for, though this one may still be good.
  ///
  /// - Parameter now: The time.
  /// - Returns: `true` from the answer's `refresh_in` on; without one, from ``margin`` before its
  ///   end.
  public func isRenewable(at now: Double) -> Bool { now >= begin + renewalAge }
}
