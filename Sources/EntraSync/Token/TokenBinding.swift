/// What a stored token may be used for: tenant, application, endpoints and credential, as one
/// number.
///
/// It is an HMAC with SHA-256 whose key is the credential, so that a configuration with a new
/// client secret, or for another host, finds no token. Somebody who sees the number can neither
/// look the client secret up in a list of hashes nor compare those of two applications. They can
/// only guess a whole one, and Entra ID's are too long for that.
///
/// Source: RFC 2104.
public struct TokenBinding: Equatable, Sendable {
  /// The beginning of the name of each stored token's file.
  public static let namePrefix = "entrasync-token-"

  /// The number in hexadecimal digits.
  let text: String

  /// Creates a binding from the HMAC of ``message(of:)``.
  ///
  /// - Parameter code: Its 32 bytes.
  public init(_ code: [UInt8]) {
    text = code.hexadecimal
  }

  /// The name of the token's file: half of the number, which is enough to be unique.
  public var fileName: String { TokenBinding.namePrefix + text.prefix(32) }

  /// A part of the number that is enough to tell the credentials of one application apart.
  public var mark: String { String(text.prefix(8)) }

  /// What is bound apart from the credential, which is the key of the HMAC.
  ///
  /// Each part has its length in front, so that no two configurations give the same bytes.
  ///
  /// A token of the next credential is bound to the first one too, which Entra ID has refused. So
  /// whoever finds it knows that.
  ///
  /// - Parameters:
  ///   - configuration: Tenant, application and endpoints.
  ///   - refused: The credential that was refused, if one was.
  /// - Returns: The bytes to make the HMAC of.
  public static func message(
    of configuration: Configuration, after refused: CredentialRefusal? = nil
  ) -> [UInt8] {
    let parts =
      [
        "entrasync-token", configuration.tenant, configuration.clientID.text,
        configuration.login.url(TokenRequest.path(tenant: configuration.tenant)),
        configuration.graph.url(""), configuration.scope,
      ] + (refused.map { [$0.binding.text, $0.hasEnded ? "ended" : "refused"] } ?? [])
    return parts.flatMap { Array("\($0.utf8.count):\($0)".utf8) }
  }
}
