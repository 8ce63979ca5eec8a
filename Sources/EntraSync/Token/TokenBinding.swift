/// What a stored token belongs to: tenant, application, endpoints and credential, as one number.
///
/// It is an HMAC with SHA-256 whose key is the credential, so that a secret that was rotated, or a
/// configuration for another host, finds no token. It lets nobody who sees it compare the secret
/// with a list of hashes, or two applications' secrets with each other; a secret can be tried
/// against it only whole, and those that Entra ID makes are too long for that.
///
/// Source: RFC 2104.
public struct TokenBinding: Equatable, Sendable {
  /// What the name of each stored token's file begins with.
  public static let namePrefix = "entrasync-token-"

  /// The number in hexadecimal digits.
  let text: String

  /// Takes over what the floor that knows HMAC has made of ``message(of:)``.
  ///
  /// - Parameter code: The 32 bytes.
  public init(_ code: [UInt8]) {
    text = code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// The name of the token's file: half of the number, which no other binding shares by chance.
  public var fileName: String { TokenBinding.namePrefix + text.prefix(32) }

  /// What is bound, beside the credential.
  ///
  /// Each part has its length in front, so that no two configurations give the same bytes.
  ///
  /// - Parameter configuration: Tenant, application and endpoints.
  /// - Returns: The bytes to make the HMAC of.
  public static func message(of configuration: Configuration) -> [UInt8] {
    let parts = [
      "entrasync-token", configuration.tenant, configuration.clientID.text,
      configuration.login.url(TokenRequest.path(tenant: configuration.tenant)),
      configuration.graph.url(""), configuration.scope,
    ]
    return parts.flatMap { Array("\($0.utf8.count):\($0)".utf8) }
  }
}
