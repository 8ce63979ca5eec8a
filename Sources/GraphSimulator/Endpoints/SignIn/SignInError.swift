/// An error that the token endpoint answers with.
///
/// - SeeAlso: Microsoft Entra, "authentication and authorization error codes".
struct SignInError: Error {
  /// The HTTP status.
  let status: Int
  /// The `error` of OAuth 2.0.
  let error: String
  /// The number of the error, which follows `AADSTS`.
  let code: Int
  /// The text after the number in `error_description`.
  let text: String

  /// The answer, with a new trace id and the current time.
  var answer: Answer {
    let trace = ObjectID.random()
    let correlation = ObjectID.random()
    let timestamp = Timestamp.signIn()
    var json = JSONText()
    json.raw("{")
    json.key("error")
    json.string(error)
    json.raw(",")
    json.key("error_description")
    json.string(
      "AADSTS\(code): \(text)\r\nTrace ID: \(trace)\r\nCorrelation ID: \(correlation)"
        + "\r\nTimestamp: \(timestamp)")
    json.raw(",\"error_codes\":[")
    json.raw("\(code)".utf8)
    json.raw("]")
    for (name, value) in [
      ("timestamp", timestamp), ("trace_id", trace), ("correlation_id", correlation),
      ("error_uri", "https://login.microsoftonline.com/error?code=\(code)"),
    ] {
      json.raw(",")
      json.key(name)
      json.string(value)
    }
    json.raw("}")
    return Answer(status: status, headers: ["x-ms-request-id": trace], body: json.bytes)
  }
}

extension SignInError {
  static func missing(_ parameter: String) -> SignInError {
    SignInError(
      status: 400, error: "invalid_request", code: 900_144,
      text: "The request body must contain the following parameter: '\(parameter)'.")
  }

  static func duplicated(_ parameter: String) -> SignInError {
    SignInError(
      status: 400, error: "invalid_request", code: 9_000_411,
      text: "The request is not properly formatted. The parameter '\(parameter)' is duplicated.")
  }

  static let malformed = SignInError(
    status: 400, error: "invalid_request", code: 9_002_313,
    text: "Invalid request. Request is malformed or invalid.")

  static func unknownTenant(_ tenant: String) -> SignInError {
    SignInError(
      status: 400, error: "invalid_request", code: 90_002,
      text: "Tenant '\(tenant)' not found. Check to make sure you have the correct tenant ID and "
        + "are signing into the correct cloud. Check with your subscription administrator, this "
        + "may happen if there are no active subscriptions for the tenant.")
  }

  static func unsupportedGrant(_ grant: String) -> SignInError {
    SignInError(
      status: 400, error: "unsupported_grant_type", code: 70_003,
      text: "The app requested an unsupported grant type '\(grant)'.")
  }

  static func unknownClient(_ client: String, tenant: String) -> SignInError {
    SignInError(
      status: 400, error: "unauthorized_client", code: 700_016,
      text: "Application with identifier '\(client)' was not found in the directory '\(tenant)'. "
        + "This can happen if the application has not been installed by the administrator of the "
        + "tenant or consented to by any user in the tenant. You may have sent your "
        + "authentication request to the wrong tenant.")
  }

  static let noCredential = SignInError(
    status: 401, error: "invalid_client", code: 7_000_218,
    text: "The request body must contain the following parameter: 'client_assertion' or "
      + "'client_secret'.")

  static func wrongSecret(client: String) -> SignInError {
    SignInError(
      status: 401, error: "invalid_client", code: 7_000_215,
      text: "Invalid client secret provided. Ensure the secret being sent in the request is the "
        + "client secret value, not the client secret ID, for a secret added to app '\(client)'.")
  }

  static func expiredSecret(client: String) -> SignInError {
    SignInError(
      status: 401, error: "invalid_client", code: 7_000_222,
      text: "The provided client secret keys for app '\(client)' are expired. Visit the Azure "
        + "portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider "
        + "using certificate credentials for added security: https://aka.ms/certCreds.")
  }

  static let unknownAssertionKey = SignInError(
    status: 401, error: "invalid_client", code: 700_027,
    text: "The certificate with identifier used to sign the client assertion is not registered on "
      + "application. [Reason - The key was not found.]")

  static let wrongAssertionSignature = SignInError(
    status: 401, error: "invalid_client", code: 700_027,
    text: "Client assertion contains an invalid signature. [Reason - The key was found, but use of "
      + "the key to verify the signature failed.]")

  static let malformedAssertion = SignInError(
    status: 401, error: "invalid_client", code: 50_027,
    text: "JWT token is invalid or malformed.")

  static let otherAssertionSubject = SignInError(
    status: 401, error: "invalid_client", code: 50_048,
    text: "Subject must match the issuer claim in the client assertion.")

  static let otherAssertionIssuer = SignInError(
    status: 401, error: "invalid_client", code: 700_021,
    text: "Client assertion application identifier doesn't match 'client_id' parameter.")

  static let otherAssertionAudience = SignInError(
    status: 401, error: "invalid_client", code: 700_023,
    text: "Client assertion audience claim does not match Realm issuer.")

  static let assertionTime = SignInError(
    status: 401, error: "invalid_client", code: 700_024,
    text: "Client assertion is not within its valid time range.")

  static func noFederation(_ code: Int, _ name: String, _ value: String) -> SignInError {
    SignInError(
      status: 401, error: "invalid_client", code: code,
      text: "No matching federated identity record found for presented assertion \(name) "
        + "'\(value)'. Check your federated identity credential Subject, Audience and Issuer "
        + "against the presented assertion.")
  }

  static func invalidScope(_ scope: String) -> SignInError {
    SignInError(
      status: 400, error: "invalid_scope", code: 70_011,
      text: "The provided request must include a 'scope' input parameter. The provided value for "
        + "the input parameter 'scope' is not valid. The scope \(scope) is not valid.")
  }

  static func scopeWithoutDefault(_ scope: String) -> SignInError {
    SignInError(
      status: 400, error: "invalid_scope", code: 1_002_012,
      text: "The provided value for scope \(scope) is not valid. Client credential flows must have "
        + "a scope value with /.default suffixed to the resource identifier (application ID URI).")
  }

  static func unknownResource(_ resource: String, tenant: String) -> SignInError {
    SignInError(
      status: 400, error: "invalid_resource", code: 500_011,
      text: "The resource principal named \(resource) was not found in the tenant named \(tenant). "
        + "This can happen if the application has not been installed by the administrator of the "
        + "tenant or consented to by any user in the tenant. You might have sent your "
        + "authentication request to the wrong tenant.")
  }

  /// The error of a simulated failure.
  static func failure(_ failure: Fault.Failure, registration: Registration) -> SignInError {
    switch failure {
    case .noFederation:
      noFederation(700_213, "subject", FederatedCredential.cluster.subject)
    case .throttle:
      SignInError(
        status: 429, error: "temporarily_unavailable", code: 90_055,
        text: "The tenant is throttled: there are too many requests.")
    case .unavailable, .gatewayTimeout, .badGateway, .serverError, .expiredPageToken, .blockPage,
      .loginPage, .claimsChallenge, .gone:
      SignInError(
        status: failure.status, error: "temporarily_unavailable", code: 90_033,
        text: "A transient error has occurred. Please try again.")
    case .forbidden, .claimsRefused:
      SignInError(
        status: 400, error: "invalid_grant", code: 53_003,
        text: "Access has been blocked by Conditional Access policies. The access policy does not "
          + "allow token issuance.")
    case .unauthorized: wrongSecret(client: registration.clientID)
    case .notFound: unknownClient(registration.clientID, tenant: registration.tenant)
    case .expiredSecret: expiredSecret(client: registration.clientID)
    }
  }
}
