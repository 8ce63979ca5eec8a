import Foundation

/// Whether a client assertion proves that the application is who it says.
///
/// - SeeAlso: Microsoft identity platform, "Certificate credentials".
struct ClientAssertionCheck {
  /// The only type of assertion.
  static let type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
  /// By how much a client's clock may be wrong, in seconds.
  static let leeway = 300.0

  /// Who may sign in.
  let registration: Registration
  /// The names of the token endpoint.
  let audiences: [String]
  /// The time.
  var now = Date.now

  /// Checks an assertion.
  ///
  /// - Parameters:
  ///   - text: The value of `client_assertion`.
  ///   - type: The value of `client_assertion_type`.
  /// - Throws: What Entra ID answers to one that is wrong.
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
