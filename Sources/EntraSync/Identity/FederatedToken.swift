/// What a token of another issuer says of itself, by which Entra ID finds the federated credential
/// of an application.
///
/// Source: Microsoft Entra, "Workload identity federation"; RFC 7519, section 4.1.
public struct FederatedToken: Equatable, Sendable {
  /// The longest of the three texts, in characters.
  private static let longest = 600
  /// For how long after its end Entra ID may still take a token, in seconds.
  static let leeway = 300.0

  /// Who issued it.
  let issuer: String?
  /// Whom it is about.
  let subject: String?
  /// For whom it is.
  let audience: String?
  /// When it ends, in seconds since 1970.
  let ends: Double?

  /// Reads the claims of a token; `nil` for a token without any.
  ///
  /// - Parameter claims: The document that is the token's middle part.
  public init?(_ claims: JSONValue?) {
    guard let claims, case .object = claims else { return nil }
    issuer = claims["iss"]?.text
    subject = claims["sub"]?.text
    audience = claims["aud"]?.text ?? claims["aud"]?.first?.text
    // A date may have a fraction.
    let end: Double? = if case .number(let text) = claims["exp"] { Double(text) } else { nil }
    ends = end
  }

  /// What has to be entered in Entra ID, letter by letter.
  var names: String {
    func shown(_ name: String, _ value: String?) -> String {
      "\(name) \(value.map { $0.quoted(limit: FederatedToken.longest) } ?? "that is missing")"
    }
    return "the \(shown("issuer", issuer)), the \(shown("subject", subject)) and the "
      + shown("audience", audience)
  }

  /// Checks that a token from a file can be used for a sign-in.
  ///
  /// - Parameters:
  ///   - now: The time in seconds since 1970.
  ///   - configuration: Whose key and line the message names.
  /// - Throws: `.configuration` for a token that has ended.
  public func check(at now: Double, of configuration: Configuration) throws(EntraSyncError) {
    guard let ends, now >= ends + FederatedToken.leeway else { return }
    throw EntraSyncError(
      .configuration,
      "the token in the file of \(configuration.keyAndLine(.federatedTokenFile)) ended on "
        + "\(CalendarTime.text(ends)); see to it that whatever writes the file renews it, and set "
        + "this server's clock right")
  }
}
