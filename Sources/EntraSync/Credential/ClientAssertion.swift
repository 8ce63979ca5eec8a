/// A JSON Web Token by which an application proves that it holds a certificate's private key.
///
/// It is made in two steps, since signing is not for this floor: ``signingInput`` is what has to be
/// signed by PS256, and ``signed(by:)`` adds the signature.
///
/// Source: Microsoft identity platform, "Certificate credentials"; RFC 7515, section 3.1; RFC 7523,
/// section 3.
public struct ClientAssertion: Sendable {
  /// How long an assertion may be used, in seconds, as MSAL has it; Entra ID allows ten minutes.
  public static let lifetime = 600
  /// The value of `client_assertion_type`.
  public static let type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

  /// Header and claims, which the signature is made of.
  public let signingInput: [UInt8]

  /// An assertion without its signature.
  ///
  /// - Parameters:
  ///   - configuration: The application, and whom it addresses.
  ///   - certificate: Whose private key will sign.
  ///   - id: A GUID that was not used before.
  ///   - now: The time in seconds since 1970.
  public init(
    _ configuration: Configuration, certificate: Certificate, id: ObjectID, now: Double
  ) {
    let client = configuration.clientID.text
    let issued = Int(max(0, min(now.isNaN ? 0 : now, 1e11)))
    // No value needs an escape: GUIDs, numbers, and a URL that has passed as an endpoint.
    let header =
      #"{"alg":"PS256","typ":"JWT","x5t#S256":"\#(certificate.thumbprint.base64URL)"}"#
    let claims =
      #"{"aud":"\#(configuration.audience)","iss":"\#(client)","sub":"\#(client)","#
      + #""jti":"\#(id.text)","nbf":\#(issued),"iat":\#(issued),"#
      + #""exp":\#(issued + ClientAssertion.lifetime)}"#
    signingInput = Array("\(Array(header.utf8).base64URL).\(Array(claims.utf8).base64URL)".utf8)
  }

  /// The whole assertion.
  ///
  /// - Parameter signature: RSASSA-PSS with SHA-256 and a salt as long as the hash, over
  ///   ``signingInput``.
  /// - Returns: Three parts with dots between, which must not be seen while they are good.
  public func signed(by signature: [UInt8]) -> Secret {
    Secret(signingInput + [UInt8(ascii: ".")] + Array(signature.base64URL.utf8))
  }
}
