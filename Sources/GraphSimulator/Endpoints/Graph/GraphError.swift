import Foundation

/// An error that Graph answers with.
///
/// - SeeAlso: Microsoft Graph, "error responses and resource types".
struct GraphError: Error {
  /// The HTTP status.
  let status: Int
  /// The code, by which clients tell errors apart.
  let code: String
  /// The message, which is for people.
  let message: String
  /// The claims that the next token must have, if this is a claims challenge.
  var claims: String?

  /// The answer, with a new request id and the current time.
  ///
  /// - Parameter clientRequestID: The client's own request id, if it sent one.
  /// - Returns: The error's status and JSON.
  func answer(clientRequestID: String?) -> Answer {
    let requestID = ObjectID.random()
    var json = JSONText()
    write(to: &json, requestID: requestID, clientRequestID: clientRequestID ?? requestID)
    var headers = ["request-id": requestID]
    headers["WWW-Authenticate"] = claims.map(Self.challenge)
    return Answer(status: status, headers: headers, body: json.bytes)
  }

  /// The header of a claims challenge, with the parameters that Graph's has.
  private static func challenge(_ claims: String) -> String {
    "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", "
      + "client_id=\"00000003-0000-0000-c000-000000000000\", errorDescription=\"Continuous access "
      + "evaluation resulted in challenge with result: InteractionRequired, and code: "
      + "TokenCreatedWithOutdatedPolicies\", error=\"insufficient_claims\", "
      + "claims=\"\(Data(claims.utf8).base64EncodedString())\""
  }

  /// Writes the error's JSON.
  func write(to json: inout JSONText, requestID: String, clientRequestID: String) {
    json.raw("{\"error\":{")
    json.key("code")
    json.string(code)
    json.raw(",")
    json.key("message")
    json.string(message)
    json.raw(",\"innerError\":{")
    json.key("date")
    json.string(Timestamp.graph())
    json.raw(",")
    json.key("request-id")
    json.string(requestID)
    json.raw(",")
    json.key("client-request-id")
    json.string(clientRequestID)
    json.raw("}}}")
  }
}

extension GraphError {
  static func badRequest(_ message: String) -> GraphError {
    GraphError(status: 400, code: "Request_BadRequest", message: message)
  }

  static func invalidObject(_ id: String) -> GraphError {
    .badRequest("Invalid object identifier '\(id)'.")
  }

  static let methodNotAllowed = GraphError(
    status: 405, code: "Request_BadRequest",
    message: "Specified HTTP method is not allowed for the request target.")

  static let forbidden = GraphError(
    status: 403, code: "Authorization_RequestDenied",
    message: "Insufficient privileges to complete the operation.")

  static let unsupportedQuery = GraphError(
    status: 400, code: "Request_UnsupportedQuery",
    message: "The specified filter to the reference property query is currently not supported.")

  static func unknownProperty(_ name: String, type: String) -> GraphError {
    GraphError(
      status: 400, code: "BadRequest",
      message: "Parsing OData Select and Expand failed: Could not find a property named "
        + "'\(name)' on type '\(type)'.")
  }

  static let expiredPageToken = GraphError(
    status: 400, code: "Directory_ExpiredPageToken",
    message: "The specified page token value has expired and can no longer be included in your "
      + "request.")

  /// Graph's error of 2023 for a `$top` that it had accepted before.
  static func pageTooLarge(limit: Int) -> GraphError {
    .badRequest("Cannot query data for more than \(limit) users at a time.")
  }

  static func unknownResource(_ id: String) -> GraphError {
    GraphError(
      status: 404, code: "Request_ResourceNotFound",
      message: "Resource '\(id)' does not exist or one of its queried reference-property objects "
        + "are not present.")
  }

  /// The refusal of a request by its access token, or nil if the token is good.
  static func refusal(of bearer: ReceivedRequest.Bearer, claims: String? = nil) -> GraphError? {
    let message: String? =
      switch bearer {
      case .good: nil
      case .absent: "Access token is empty."
      case .expired: "Lifetime validation failed, the token is expired."
      case .challenged: Self.policy
      case .unknown: "CompactToken parsing failed with error code: 80049217"
      }
    return message.map {
      GraphError(
        status: 401, code: "InvalidAuthenticationToken", message: $0,
        claims: bearer == .challenged ? claims : nil)
    }
  }

  /// The message of a claims challenge.
  private static let policy =
    "Continuous access evaluation resulted in challenge with result: InteractionRequired and code: "
    + "TokenCreatedWithOutdatedPolicies"

  /// The error of a simulated failure.
  ///
  /// - Parameters:
  ///   - failure: The failure.
  ///   - resource: The resource that a 404 names.
  ///   - claims: The claims that a claims challenge demands.
  /// - Returns: The error.
  static func failure(
    _ failure: Fault.Failure, resource: String, claims: String? = nil
  ) -> GraphError {
    switch failure {
    case .throttle:
      GraphError(
        status: 429, code: "TooManyRequests",
        message: "Too many requests. Please retry after the time named in Retry-After.")
    case .unavailable:
      GraphError(
        status: 503, code: "ServiceUnavailable", message: "The service is unavailable.")
    case .gatewayTimeout:
      GraphError(status: 504, code: "UnknownError", message: "")
    case .badGateway, .serverError, .gone:
      GraphError(
        status: failure.status, code: "InternalServerError",
        message: "An internal server error occurred.")
    case .forbidden, .blockPage, .claimsRefused: .forbidden
    case .claimsChallenge:
      GraphError(
        status: 401, code: "InvalidAuthenticationToken", message: policy, claims: claims)
    case .unauthorized, .expiredSecret, .noFederation, .loginPage:
      GraphError(
        status: 401, code: "InvalidAuthenticationToken",
        message: "Lifetime validation failed, the token is expired.")
    case .notFound: .unknownResource(resource)
    case .expiredPageToken: .expiredPageToken
    }
  }
}
