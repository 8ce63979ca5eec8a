/// A request for a token by the OAuth 2.0 client credentials grant.
///
/// Source: Microsoft identity platform, "OAuth 2.0 client credentials flow"; RFC 6749, section 4.4.
public struct TokenRequest: Sendable {
  /// Where it is posted.
  public let url: String
  /// The form, which holds the credential.
  public let body: Secret

  /// A request that proves the application by a client secret.
  ///
  /// - Parameters:
  ///   - configuration: Tenant, application and endpoints.
  ///   - secret: The client secret's value.
  public init(_ configuration: Configuration, secret: Secret) {
    url = configuration.login.url("/\(configuration.tenant)/oauth2/v2.0/token")
    var form = FormEncoding()
    form.append("client_id", configuration.clientID.text.utf8)
    form.append("scope", configuration.scope.utf8)
    secret.withBytes { form.append("client_secret", $0) }
    form.append("grant_type", "client_credentials".utf8)
    body = Secret(form.body)
  }
}
