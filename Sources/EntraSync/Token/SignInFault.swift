/// A known reason why Entra ID refuses a sign-in, found by the number of its AADSTS code.
///
/// Source: Microsoft identity platform, "Microsoft Entra authentication and authorization error
/// codes". There is no advice for numbers that are not here.
enum SignInFault {
  case wrongSecret, expiredSecret, noCredential
  case unknownCertificate, assertionTime, assertionAudience
  case unknownApplication, disabledApplication, noConsent
  case unknownTenant, otherCloud, noTenant
  case unknownResource, badRequest
  case conditionalAccess
  case tooManySignIns, passing

  /// Finds the reason of a code; `nil` for any other code.
  ///
  /// - Parameter code: Such as 7000215.
  init?(code: Int) {
    switch code {
    case 7_000_215: self = .wrongSecret
    case 7_000_222: self = .expiredSecret
    case 7_000_218, 7_000_216: self = .noCredential
    case 700_027, 7_000_214: self = .unknownCertificate
    case 700_024: self = .assertionTime
    case 700_023, 50_027: self = .assertionAudience
    case 700_016: self = .unknownApplication
    case 7_000_112, 70_001: self = .disabledApplication
    case 7_000_229, 65_001: self = .noConsent
    case 90_002, 900_023: self = .unknownTenant
    case 90_038, 900_382, 900_383: self = .otherCloud
    case 9_001_023, 50_059, 900_021: self = .noTenant
    case 500_011, 1_002_012, 70_011, 500_014: self = .unknownResource
    case 900_144: self = .badRequest
    case 53_003: self = .conditionalAccess
    case 50_196, 90_055: self = .tooManySignIns
    case 90_033, 90_006, 90_012, 90_024, 90_090: self = .passing
    default: return nil
    }
  }

  /// The status of the error that it becomes.
  var status: Status {
    switch self {
    case .tooManySignIns: .throttled
    case .passing: .server
    case .wrongSecret, .expiredSecret, .noCredential, .unknownCertificate, .assertionTime,
      .assertionAudience, .unknownApplication, .disabledApplication, .noConsent, .unknownTenant,
      .otherCloud, .noTenant, .unknownResource, .badRequest, .conditionalAccess:
      .authentication
    }
  }

  /// What to do about it.
  ///
  /// - Parameters:
  ///   - configuration: The configuration whose keys and lines it names.
  ///   - certificate: The certificate of the client assertion, if there was one.
  /// - Returns: The reason and the remedy, for the end of a message.
  func advice(_ configuration: Configuration, certificate: Certificate?) -> String {
    let client = configuration.keyAndLine(.clientID)
    let tenant = configuration.keyAndLine(.tenantID)
    let credential = configuration.credentialKeyAndLine
    switch self {
    case .wrongSecret:
      return "the client secret is wrong; put its Value, not its ID, into \(credential)"
    case .expiredSecret:
      return "the client secret has expired; create a new one in Entra ID and put its Value, not "
        + "its ID, into \(credential)"
    case .noCredential:
      return "the credential did not arrive; check \(credential), LOGINURL and the proxy"
    case .unknownCertificate:
      let thumbprint = certificate.map { " with the thumbprint \($0.shownThumbprint)" } ?? ""
      return "Entra ID does not know the certificate; upload the one of \(credential)\(thumbprint) "
        + "to the application, under Certificates & secrets"
    case .assertionTime:
      return "Entra ID rejects the client assertion's time; set this server's clock right"
    case .assertionAudience:
      return "Entra ID rejects the client assertion's audience; check \(tenant), CLOUD and "
        + "LOGINURL"
    case .unknownApplication:
      return "the tenant has no such application; check \(client) and \(tenant)"
    case .disabledApplication:
      return "the application is disabled in the tenant; enable it in Entra ID"
    case .noConsent:
      return "the application was never given consent in this tenant; have an administrator consent"
    case .unknownTenant:
      return "there is no such tenant in this cloud; check \(tenant) and CLOUD"
    case .otherCloud: return "the tenant is in another cloud; set CLOUD"
    case .noTenant: return "no tenant is named; put the Directory (tenant) ID into \(tenant)"
    case .unknownResource:
      return
        "the tenant does not know the resource \(configuration.scope.quoted()); check GRAPHURL "
        + "and CLOUD"
    case .badRequest:
      return "a part of the request did not arrive; check LOGINURL and the proxy"
    case .conditionalAccess:
      return "Conditional Access blocks the application; exclude it or allow this server's address"
    case .tooManySignIns: return "Entra ID saw too many sign-ins; wait some minutes"
    case .passing: return "Entra ID has a passing fault; the next run will try again"
    }
  }
}

extension Configuration {
  /// The key of the credential, for a message that says what to change.
  fileprivate var credentialKeyAndLine: String {
    switch credential {
    case .secret: keyAndLine(.clientSecret)
    case .secretFile: "the file of \(keyAndLine(.clientSecretFile))"
    case .certificate: keyAndLine(.clientCertificate)
    }
  }
}
