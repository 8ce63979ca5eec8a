import Foundation

/// A federated credential of the application: whose tokens it takes in place of a secret.
///
/// - SeeAlso: Microsoft Entra, "Workload identity federation".
public struct FederatedCredential: Sendable, Equatable {
  /// Who issues the tokens.
  public var issuer: String
  /// Whom they are about.
  public var subject: String
  /// For whom they are.
  public var audience: String

  /// Creates a credential from its parts.
  public init(
    issuer: String, subject: String, audience: String = "api://AzureADTokenExchange"
  ) {
    self.issuer = issuer
    self.subject = subject
    self.audience = audience
  }

  /// That of a service account in a cluster.
  public static let cluster = FederatedCredential(
    issuer: "https://issuer.example.com/cluster",
    subject: "system:serviceaccount:lists:entrasync")

  /// The credential for the identity that is assigned to the machine.
  ///
  /// - Parameter tenant: The tenant that issues its tokens.
  /// - Returns: The credential.
  public static func assigned(in tenant: String) -> FederatedCredential {
    FederatedCredential(
      issuer: "https://sts.windows.net/\(tenant)/", subject: Machine.Identity.assigned.objectID)
  }

  /// Makes a token that fits. Its signature is random, since nobody verifies it.
  ///
  /// - Parameters:
  ///   - lifetime: For how many seconds it is valid from now on.
  ///   - now: The current time.
  /// - Returns: Three parts with dots between.
  public func token(lifetime: Double = 3600, now: Date = .now) -> String {
    let issued = now.timeIntervalSince1970.rounded(.down)
    let claims: [String: Any] = [
      "iss": issuer, "sub": subject, "aud": [audience], "iat": issued, "nbf": issued,
      "exp": issued + lifetime,
    ]
    let parts = [["alg": "RS256", "typ": "JWT", "kid": "simulated"], claims].map { part in
      let json = try? JSONSerialization.data(
        withJSONObject: part, options: [.sortedKeys, .withoutEscapingSlashes])
      return Base64URL.encode(json ?? Data())
    }
    return "\(parts[0]).\(parts[1]).\(OpaqueText.random(length: 86))"
  }
}

/// Checks a token of another issuer, which stands for the application.
struct FederatedCredentialCheck {
  /// The credentials that the application has.
  let credentials: [FederatedCredential]
  /// The current time.
  var now = Date.now

  /// Whether a client assertion is a token of another issuer, and not the application's own.
  static func isFederated(_ text: String) -> Bool {
    ClientAssertion(text)?.text("iss")?.hasPrefix("https://") ?? false
  }

  /// Checks a token.
  ///
  /// - Parameters:
  ///   - text: The value of `client_assertion`.
  ///   - type: The value of `client_assertion_type`.
  /// - Throws: Entra ID's error for a token that it does not accept.
  func check(_ text: String, type: String?) throws(SignInError) {
    guard let type else { throw .missing("client_assertion_type") }
    guard type == ClientAssertionCheck.type, let token = ClientAssertion(text),
      let issuer = token.text("iss"), let subject = token.text("sub"),
      let audience = token.text("aud") ?? (token.claims["aud"] as? [String])?.first
    else { throw .malformedAssertion }
    guard token.algorithm == "RS256" else { throw .wrongAssertionSignature }
    let issuers = credentials.filter { $0.issuer == issuer }
    guard !issuers.isEmpty else { throw .noFederation(700_211, "issuer", issuer) }
    let subjects = issuers.filter { $0.subject == subject }
    guard !subjects.isEmpty else { throw .noFederation(700_213, "subject", subject) }
    guard subjects.contains(where: { $0.audience == audience }) else {
      throw .noFederation(700_212, "audience", audience)
    }
    let now = now.timeIntervalSince1970
    guard let end = token.time("exp"), end > now - ClientAssertionCheck.leeway else {
      throw .assertionTime
    }
  }
}
