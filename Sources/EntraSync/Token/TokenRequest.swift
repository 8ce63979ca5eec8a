/// A request for a token by the OAuth 2.0 client credentials grant.
///
/// Source: Microsoft identity platform, "OAuth 2.0 client credentials flow"; RFC 6749, section 4.4;
/// RFC 7523, section 2.2.
public struct TokenRequest: Sendable {
  /// The URL that it is posted to.
  public let url: String
  /// The form, which holds the credential.
  public let body: Secret

  /// Creates a request with a client secret.
  ///
  /// - Parameters:
  ///   - configuration: Tenant, application and endpoints.
  ///   - secret: The client secret's value.
  ///   - challenge: The claims that Graph wants in the token, if it does.
  public init(
    _ configuration: Configuration, secret: Secret, answering challenge: ClaimsChallenge? = nil
  ) {
    self.init(configuration, challenge) { form in
      secret.withBytes { form.append("client_secret", $0) }
    }
  }

  /// Creates a request with a client assertion, which a certificate signed.
  ///
  /// - Parameters:
  ///   - configuration: Tenant, application and endpoints.
  ///   - assertion: A signed ``ClientAssertion``.
  ///   - challenge: The claims that Graph wants in the token, if it does.
  public init(
    _ configuration: Configuration, assertion: Secret, answering challenge: ClaimsChallenge? = nil
  ) {
    self.init(configuration, challenge) { form in
      form.append("client_assertion_type", ClientAssertion.type.utf8)
      assertion.withBytes { form.append("client_assertion", $0) }
    }
  }

  private init(
    _ configuration: Configuration, _ challenge: ClaimsChallenge?,
    appendCredential: (inout FormEncoding) -> Void
  ) {
    url = configuration.login.url(TokenRequest.path(tenant: configuration.tenant))
    var form = FormEncoding()
    form.append("client_id", configuration.clientID.text.utf8)
    form.append("scope", configuration.scope.utf8)
    appendCredential(&form)
    form.append("grant_type", "client_credentials".utf8)
    if let challenge { form.append("claims", challenge.claims.utf8) }
    body = Secret(form.body)
  }

  /// The token endpoint's path below LOGINURL.
  ///
  /// - Parameter tenant: A GUID or a verified domain.
  /// - Returns: A path that begins with a slash.
  static func path(tenant: String) -> String { "/\(tenant)/oauth2/v2.0/token" }
}
