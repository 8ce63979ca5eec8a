import Foundation

/// `GET /metadata/identity/oauth2/token` and `GET /msi/token`: tokens of a machine's identities.
///
/// The version in the query tells a virtual machine from a server with Azure Arc.
///
/// - SeeAlso: Microsoft Entra, "How to use managed identities on an Azure VM to acquire an access
///   token"; Azure, "Authenticate against Azure resources with Azure Arc-enabled servers"; Azure
///   App Service, "managed identities", REST endpoint reference.
struct IdentityEndpoint {
  /// The path of a virtual machine and of Azure Arc.
  static let metadataPath = ["metadata", "identity", "oauth2", "token"]
  /// The path of App Service.
  static let appServicePath = ["msi", "token"]
  /// For what an application's federated credential wants a token.
  static let exchange = "api://AzureADTokenExchange"
  /// The lifetime of a token in seconds.
  static let lifetime = 86_399

  /// Whether the request came to App Service's path.
  let isAppService: Bool
  /// The application, for the tenant.
  let registration: Registration
  /// What tokens can be had for.
  let resources: [String]

  /// Answers a request.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - strike: The faults that strike it.
  ///   - state: The machine and the tokens.
  /// - Returns: A token, a challenge or a refusal.
  func answer(_ request: Request, strike: Strike, state: inout SimulatorState) -> Answer {
    if let failure = strike.failure {
      let answer =
        failure.kind.title.map { Answer.html(status: failure.kind.status, $0) }
        ?? refusal(failure.kind.status, failure.kind.rawValue, "A simulated failure.")
      return answer.retrying(failure.kind, after: failure.retryAfter)
    }
    guard request.method == "GET" else {
      return Answer(status: 405, headers: ["Allow": "GET"], body: [])
    }
    let pairs = (try? PercentEncoding.pairs(request.query.utf8)) ?? []
    let query = Dictionary(pairs.map { ($0.name, $0.value) }) { first, _ in first }
    switch (isAppService, query["api-version"]) {
    case (true, "2019-08-01"):
      guard request.headers["x-identity-header"] == state.machine.header else {
        return refusal(401, "unauthorized", "The X-IDENTITY-HEADER is not valid.")
      }
    case (false, "2018-02-01"), (false, "2020-06-01"):
      guard request.headers["metadata"] == "true" else {
        return refusal(400, "bad_request_102", "Required metadata header not specified")
      }
    default: return refusal(400, "invalid_request", "The api-version is not supported.")
    }
    if query["api-version"] == "2020-06-01", !strike.distortions.contains(.noProof),
      let answer = challenge(request, strike, &state)
    {
      return answer
    }
    return grant(query, strike.distortions, &state)
  }

  /// The challenge of Azure Arc's agent; nil for a request that has answered one.
  private func challenge(
    _ request: Request, _ strike: Strike, _ state: inout SimulatorState
  ) -> Answer? {
    guard let folder = state.machine.keyFolder else {
      return refusal(404, "not_found", "There is no agent here.")
    }
    if let header = request.headers["authorization"], header.hasPrefix("Basic ") {
      let content = String(header.dropFirst("Basic ".count))
      guard let path = state.keys.removeValue(forKey: content) else {
        return refusal(401, "unauthorized", "The key is not valid.")
      }
      try? FileManager.default.removeItem(atPath: path)
      return nil
    }
    var path = "\(folder)/\(ObjectID.random()).key"
    let content = OpaqueText.random(length: 64)
    state.keys[content] = path
    try? Data(content.utf8).write(to: URL(fileURLWithPath: path))
    if strike.distortions.contains(.foreignKey) { path = "/etc/ssl/private/server.key" }
    var answer = refusal(401, "unauthorized", "Missing Basic Authorization header")
    answer.headers["WWW-Authenticate"] = "Basic realm=\(path)"
    return answer
  }

  private func grant(
    _ query: [String: String], _ distortions: [Fault.Distortion], _ state: inout SimulatorState
  ) -> Answer {
    guard let resource = query["resource"], resources.contains(resource) else {
      return isAppService
        ? refusal(500, "server_error", "An unexpected error occurred while fetching the token.")
        : refusal(400, "invalid_resource", "The resource principal was not found in the tenant.")
    }
    let machine = state.machine
    guard var identity = machine.identity(query["client_id"]) else {
      return refusal(400, "invalid_request", "Identity not found")
    }
    if distortions.contains(.otherIdentity) {
      identity = .unassigned
    }
    var lifetime = Self.lifetime
    for case .shortToken(let seconds) in distortions { lifetime = seconds }
    let isExchange = resource == Self.exchange
    let token =
      distortions.contains(.opaqueToken)
      ? OpaqueText.random(length: 1_200)
      : AccessToken(
        registration: Registration(tenant: registration.tenant, clientID: identity.clientID),
        audience: resource, roles: isExchange ? [] : state.roles, issued: .now, lifetime: lifetime,
        objectID: identity.objectID
      ).text()
    if !isExchange {
      state.tokens.add(token, until: .now + .seconds(lifetime), roles: state.roles)
    }
    var fields = [
      "client_id": identity.clientID, "resource": resource, "token_type": "Bearer",
      "access_token": token, "expires_on": "\(Int(Date.now.timeIntervalSince1970) + lifetime)",
    ]
    // App Service does not say it.
    if !isAppService { fields["expires_in"] = "\(lifetime)" }
    if distortions.contains(.noValue) { fields["access_token"] = nil }
    return Answer(status: 200, body: Self.json(fields)).distorted(distortions)
  }

  private func refusal(_ status: Int, _ name: String, _ text: String) -> Answer {
    Answer(
      status: status,
      body: Self.json(
        isAppService
          ? ["statusCode": status, "message": text] : ["error": name, "error_description": text]))
  }

  private static func json(_ fields: [String: Any]) -> [UInt8] {
    let data = try? JSONSerialization.data(
      withJSONObject: fields, options: [.sortedKeys, .withoutEscapingSlashes])
    return [UInt8](data ?? Data())
  }
}
