import Foundation

/// Checks the client assertion of an application.
///
/// - SeeAlso: Microsoft identity platform, "Certificate credentials".
struct ClientAssertionCheck {
  /// The only accepted `client_assertion_type`.
  static let type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
  /// The accepted error of a client's clock, in seconds.
  static let leeway = 300.0

  /// The application that may sign in.
  let registration: Registration
  /// The accepted `aud` claims: the URLs of the token endpoint.
  let audiences: [String]
  /// The current time.
  var now = Date.now

  /// Checks an assertion.
  ///
  /// - Parameters:
  ///   - text: The value of `client_assertion`.
  ///   - type: The value of `client_assertion_type`.
  /// - Throws: Entra ID's error for an assertion that it does not accept.
  func check(_ text: String, type: String?) throws(SignInError) {
    guard let type else { throw .missing("client_assertion_type") }
    guard type == Self.type, let assertion = ClientAssertion(text) else {
      throw .malformedAssertion
    }
    guard assertion.text("iss") == assertion.text("sub") else { throw .otherAssertionSubject }
    guard assertion.text("iss")?.lowercased() == registration.clientID.lowercased() else {
      throw .otherAssertionIssuer
    }
    guard let audience = assertion.text("aud"), audiences.contains(audience) else {
      throw .otherAssertionAudience
    }
    guard assertion.text("jti")?.isEmpty == false else { throw .malformedAssertion }
    try checkTime(assertion)
    guard let certificate = registration.certificate.flatMap(RegisteredCertificate.init(pem:)),
      assertion.thumbprint == certificate.thumbprint
        || assertion.oldThumbprint == certificate.oldThumbprint
    else { throw .unknownAssertionKey }
    guard
      certificate.verifies(
        assertion.signature, of: assertion.signingInput, by: assertion.algorithm)
    else { throw .wrongAssertionSignature }
  }

  private func checkTime(_ assertion: ClientAssertion) throws(SignInError) {
    let now = now.timeIntervalSince1970
    guard let end = assertion.time("exp"), end > now - Self.leeway,
      (assertion.time("nbf") ?? now) < now + Self.leeway
    else { throw .assertionTime }
  }
}
