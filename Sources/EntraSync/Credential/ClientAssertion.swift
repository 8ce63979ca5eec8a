/// The JSON Web Token by which an application proves that it has a certificate's private key.
///
/// It is made in two steps, since this module does no cryptography: ``signingInput`` has to be
/// signed by PS256, and ``signed(by:)`` adds the signature.
///
/// Source: Microsoft identity platform, "Certificate credentials"; RFC 7515, section 3.1; RFC 7523,
/// section 3.
public struct ClientAssertion: Sendable {
  /// How long a client assertion is valid, in seconds, as in MSAL; Entra ID allows ten minutes.
  public static let lifetime = 600
  /// The value of `client_assertion_type`.
  public static let type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

  /// Header and claims, which have to be signed.
  public let signingInput: [UInt8]

  /// Creates a client assertion without its signature.
  ///
  /// - Parameters:
  ///   - configuration: Names the application and the audience.
  ///   - certificate: The certificate whose private key will sign.
  ///   - id: A GUID that no other client assertion has.
  ///   - now: The time in seconds since 1970.
  public init(
    _ configuration: Configuration, certificate: Certificate, id: ObjectID, now: Double
  ) {
    let client = configuration.clientID.text
    let issued = Int(max(0, min(now.isNaN ? 0 : now, 1e11)))
    // No value needs an escape: they are GUIDs, numbers, and the URL of a checked endpoint.
    let header =
      #"{"alg":"PS256","typ":"JWT","x5t#S256":"\#(certificate.thumbprint.base64URL)"}"#
    let claims =
      #"{"aud":"\#(configuration.audience)","iss":"\#(client)","sub":"\#(client)","#
      + #""jti":"\#(id.text)","nbf":\#(issued),"iat":\#(issued),"#
      + #""exp":\#(issued + ClientAssertion.lifetime)}"#
    signingInput = Array("\(Array(header.utf8).base64URL).\(Array(claims.utf8).base64URL)".utf8)
  }

  /// The whole client assertion.
  ///
  /// - Parameter signature: RSASSA-PSS with SHA-256 and a salt as long as the hash, over
  ///   ``signingInput``.
  /// - Returns: Three parts with dots between. They are a secret for as long as they are valid.
  public func signed(by signature: [UInt8]) -> Secret {
    Secret(signingInput + [UInt8(ascii: ".")] + Array(signature.base64URL.utf8))
  }
}
