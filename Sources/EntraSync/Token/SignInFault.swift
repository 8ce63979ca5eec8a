/// A known reason why Entra ID refuses a sign-in, found by the number of its AADSTS code.
///
/// There is advice for every code that the client credentials grant can meet, and for those that it
/// meets only where something changes the request on its way. Codes of users, browsers, devices and
/// SAML are not here.
enum SignInFault: CaseIterable {
  case wrongCredential, wrongSecret, expiredSecret, noCredential, publicClient
  case unknownCertificate, expiredCertificate, revokedCertificate, untrustedCertificate
  case assertionTime, assertionAudience, assertionIdentity, assertion
  case noFederation, forbiddenFederation
  case unknownApplication, disabledApplication, noConsent, notAssigned
  case unknownTenant, otherCloud, noTenant, closedTenant
  case restrictedTenant, tenantPolicy, conditionalAccess
  case unknownResource, disabledResource, scope
  case badRequest, oldTLS, wrongHost, claimsPolicy
  case tooManySignIns, passing, lasting

  /// Finds the reason of a code; `nil` for a code without advice.
  ///
  /// - Parameters:
  ///   - code: Such as 7000215.
  ///   - description: What Entra ID says about it. It counts only where one code stands for two
  ///     reasons.
  init?(code: Int, description: String = "") {
    guard let fault = SignInFault.faults[code] else { return nil }
    self =
      switch fault {
      case .unknownCertificate, .wrongCredential:
        SignInFault.isExpired(description) ? .expiredCertificate : fault
      case .unknownApplication where code == 70_001:
        SignInFault.words(of: description).contains("disabled") ? .disabledApplication : fault
      default: fault
      }
  }

  /// Whether the reason in a description is that a key has expired: `[Reason - The key used is
  /// expired., Thumbprint of key …]`.
  private static func isExpired(_ description: String) -> Bool {
    words(of: description).drop { $0 != "reason" }.prefix(6).contains("expired")
  }

  private static func words(of description: String) -> [Substring] {
    description.prefix(4096).lowercased().split { !$0.isLetter }
  }

  private static let faults = Dictionary(
    allCases.flatMap { fault in fault.codes.map { ($0, fault) } }, uniquingKeysWith: { $1 })

  /// Whether another code beside it says more.
  var isGeneral: Bool { self == .wrongCredential }

  /// Whether it may be over in a moment: a federated credential that was added minutes ago is not
  /// known to all of Entra ID's servers.
  ///
  /// Source: Microsoft Entra, "Important considerations and restrictions for federated identity
  /// credentials".
  var mayBeNew: Bool { self == .noFederation }

  /// Whether it lies in a client secret or a certificate, so that another one may be accepted.
  var blamesCredential: Bool {
    switch self {
    case .wrongCredential, .wrongSecret, .expiredSecret, .unknownCertificate, .expiredCertificate,
      .revokedCertificate, .untrustedCertificate:
      true
    case .noCredential, .publicClient, .assertionTime, .assertionAudience, .assertionIdentity,
      .assertion, .noFederation, .forbiddenFederation, .unknownApplication, .disabledApplication,
      .noConsent, .notAssigned, .unknownTenant, .otherCloud, .noTenant, .closedTenant,
      .restrictedTenant, .tenantPolicy, .conditionalAccess, .unknownResource, .disabledResource,
      .scope, .badRequest, .oldTLS, .wrongHost, .claimsPolicy, .tooManySignIns, .passing, .lasting:
      false
    }
  }

  /// The status of the error that it becomes.
  var status: Status {
    switch self {
    case .tooManySignIns: .throttled
    case .passing, .lasting: .server
    case .wrongCredential, .wrongSecret, .expiredSecret, .noCredential, .publicClient,
      .unknownCertificate, .expiredCertificate, .revokedCertificate, .untrustedCertificate,
      .assertionTime, .assertionAudience, .assertionIdentity, .assertion, .noFederation,
      .forbiddenFederation, .unknownApplication, .disabledApplication, .noConsent, .notAssigned,
      .unknownTenant, .otherCloud, .noTenant,
      .closedTenant, .restrictedTenant, .tenantPolicy, .conditionalAccess, .unknownResource,
      .disabledResource, .scope, .badRequest, .oldTLS, .wrongHost, .claimsPolicy:
      .authentication
    }
  }
}
