extension SignInFault {
  /// What to do about it.
  ///
  /// - Parameters:
  ///   - configuration: The configuration whose keys and lines it names.
  ///   - certificate: The certificate of the client assertion, if there was one.
  ///   - token: What a token of another issuer says of itself, if it was the client assertion.
  /// - Returns: The reason and the remedy, for the end of a message.
  func advice(
    _ configuration: Configuration, certificate: Certificate?, token: FederatedToken? = nil
  ) -> String {
    if let advice = federationAdvice(configuration, token) { return advice }
    let client = configuration.keyAndLine(.clientID)
    let tenant = configuration.keyAndLine(.tenantID)
    let credential = configuration.credentialKeys
    let thumbprint = certificate.map { " with the thumbprint \($0.shownThumbprint)" } ?? ""
    switch self {
    case .wrongCredential:
      let fault: SignInFault =
        if case .certificate = configuration.credential { .unknownCertificate } else {
          .wrongSecret
        }
      return fault.advice(configuration, certificate: certificate)
    case .wrongSecret:
      return "the client secret is wrong; put its Value, not its ID, into \(credential)"
    case .expiredSecret:
      return "the client secret has expired; create a new one in Entra ID and put its Value, not "
        + "its ID, into \(credential)"
    case .noCredential:
      return "the credential did not arrive; check \(credential), LOGINURL and the proxy"
    case .publicClient:
      return "the application is registered as a public client, which has no credential; set "
        + "\"Allow public client flows\" to No in its registration, or check \(client)"
    case .unknownCertificate:
      return "Entra ID does not know the certificate; upload the one of \(credential)\(thumbprint) "
        + "to the application, under Certificates & secrets"
    case .expiredCertificate:
      return "the certificate\(thumbprint) is outside its time; make a new one, upload it to the "
        + "application, under Certificates & secrets, and put it into \(credential)"
    case .revokedCertificate:
      return "the certificate\(thumbprint) was revoked; make a new one, upload it to the "
        + "application, under Certificates & secrets, and put it into \(credential)"
    case .untrustedCertificate:
      return "Entra ID does not trust the certificate\(thumbprint): its subject, its issuer or its "
        + "revocation list; upload a certificate of its own to the application, under Certificates "
        + "& secrets, and put it into \(credential)"
    case .assertionTime:
      return "Entra ID rejects the client assertion's time; set this server's clock right"
    case .assertionAudience:
      guard case .certificate = configuration.credential else {
        return SignInFault.scope.advice(configuration, certificate: certificate)
      }
      return "Entra ID rejects the client assertion's audience; check \(tenant), CLOUD and "
        + "LOGINURL"
    case .assertionIdentity:
      return "Entra ID rejects the application that the client assertion names; check \(client), "
        + "LOGINURL and the proxy"
    case .assertion:
      return "Entra ID does not accept the client assertion; set this server's clock right, and "
        + "check \(tenant), CLOUD and LOGINURL"
    case .noFederation, .forbiddenFederation:
      return "Entra ID takes the client assertion for a token of another issuer; check \(client), "
        + "LOGINURL and the proxy"
    case .unknownApplication:
      return "the tenant has no such application; check \(client) and \(tenant)"
    case .disabledApplication:
      return "the application is disabled in the tenant; enable it in Entra ID"
    case .noConsent:
      return "the application was never given consent in this tenant; have an administrator consent"
    case .notAssigned:
      return
        "Microsoft Graph takes only assigned clients in this tenant; assign the application to "
        + "its enterprise application, or set \"Assignment required\" to No there"
    case .unknownTenant:
      return "there is no such tenant in this cloud; check \(tenant) and CLOUD"
    case .otherCloud: return "the tenant is in another cloud; set CLOUD"
    case .noTenant: return "no tenant is named; put the Directory (tenant) ID into \(tenant)"
    case .closedTenant:
      return "Microsoft has closed the tenant, as it does after a long time without use or without "
        + "a subscription; have its administrator restore it (https://aka.ms/TenantLifecycle), or "
        + "check \(tenant)"
    case .restrictedTenant:
      return "a proxy here restricts which tenants may be used (Restrict-Access-To-Tenants or "
        + "sec-Restrict-Tenant-Access-Policy); have its administrator allow \(tenant), or check "
        + "PROXY"
    case .tenantPolicy:
      return "a policy about access across tenants or clouds does not allow it; have an "
        + "administrator of the tenant allow the application, or check \(tenant) and CLOUD"
    case .conditionalAccess:
      return ConditionalAccess.advice(configuration)
    case .unknownResource:
      return
        "the tenant does not know the resource \(configuration.scope.quoted()); check "
        + configuration.scopeKeys
    case .disabledResource:
      return "Microsoft Graph is switched off in this tenant: a subscription has lapsed, or an "
        + "administrator has disabled it; renew the subscription, or enable the enterprise "
        + "application of \(configuration.scope.quoted())"
    case .scope:
      return "Entra ID does not accept the scope \(configuration.scope.quoted()); check "
        + configuration.scopeKeys
    case .badRequest:
      return "a part of the request did not arrive; check LOGINURL and the proxy"
    case .oldTLS:
      return "the connection reached Entra ID by a version of TLS that is too old, which this "
        + "server never uses; have the proxy that inspects TLS speak TLS 1.2 or 1.3"
    case .wrongHost:
      return "the host is not for sign-ins of this kind; remove LOGINURL, and set CLOUD"
    case .claimsPolicy:
      return "a claims policy or a signing key that the tenant has set for the application is not "
        + "usable; have an administrator correct or remove it"
    case .tooManySignIns: return "Entra ID saw too many sign-ins; wait some minutes"
    case .passing: return "Entra ID has a passing fault; the next run will try again"
    case .lasting:
      return "Entra ID has a fault of its own; if it lasts, give Microsoft's support the trace id"
    }
  }
}

extension SignInFault {
  /// What to do about it, where the client assertion is a token of another issuer; `nil` for any
  /// other credential, and for a reason that has nothing to do with it.
  private func federationAdvice(
    _ configuration: Configuration, _ token: FederatedToken?
  ) -> String? {
    let subject: String
    switch configuration.credential {
    case .federatedToken:
      subject = "the token in the file of \(configuration.keyAndLine(.federatedTokenFile))"
    case .federatedIdentity:
      let key = configuration.keyAndLine(.managedIdentity)
      subject = "the token of the managed identity of \(key)"
    case .secret, .secretFile, .certificate, .managedIdentity: return nil
    }
    let client = configuration.keyAndLine(.clientID)
    let credentials: [SignInFault] = [
      .wrongCredential, .unknownCertificate, .expiredCertificate, .revokedCertificate,
      .untrustedCertificate, .assertion, .assertionIdentity,
    ]
    switch self {
    case .noFederation, .assertionAudience:
      let names = token.map { ": it has \($0.names)" } ?? ""
      return "the application of \(client) has no federated credential for \(subject)\(names); add "
        + "one with exactly these, under Certificates & secrets, or wait some minutes if it was "
        + "added just now"
    case .forbiddenFederation:
      return
        "Entra ID takes no tokens of this kind for \(subject); use those of a managed identity "
        + "in the application's own tenant, or of another issuer than Entra ID"
    case .assertionTime:
      return "\(subject) is outside its time; see to it that it is renewed, and set this server's "
        + "clock right"
    case _ where credentials.contains(self):
      return "Entra ID cannot verify \(subject)"
        + (token.map { ": it has \($0.names)" } ?? "")
        + "; its issuer must be reachable from the Internet, and sign with RS256"
    default: return nil
    }
  }
}

extension Configuration {
  /// The key of the credential, for a message that says what to change.
  public var credentialKeys: String {
    switch credential {
    case .secret: keyAndLine(.clientSecret)
    case .secretFile: "the file of \(keyAndLine(.clientSecretFile))"
    case .certificate: keyAndLine(.clientCertificate)
    case .federatedToken: "the file of \(keyAndLine(.federatedTokenFile))"
    case .managedIdentity, .federatedIdentity: keyAndLine(.managedIdentity)
    }
  }
}
