import Foundation

/// `POST /{tenant}/oauth2/v2.0/token`: client credentials with a secret, a certificate or a
/// federated credential.
///
/// - SeeAlso: Microsoft identity platform, "OAuth 2.0 client credentials flow".
struct TokenEndpoint {
  /// The application that may sign in.
  let registration: Registration
  /// The schemes and hosts that a scope may begin with.
  let resources: [String]
  /// The roles that an administrator has granted to the application.
  let roles: [Role]
  /// The schemes and hosts that the `aud` claim of a client assertion may have.
  let authorities: [String]
  /// The client secrets that the application has.
  let secrets: [ClientSecret]
  /// The federated credentials that the application has.
  var federations: [FederatedCredential] = []

  /// The lifetime of a token in seconds.
  static let lifetime = 3_599

  /// The names of the form's fields; empty if the form is malformed.
  static func fieldNames(_ body: [UInt8]) -> [String] {
    ((try? PercentEncoding.pairs(body)) ?? []).map(\.name)
  }

  /// Answers a request.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - tenant: The first part of its path, decoded.
  ///   - strike: The faults that strike the request.
  ///   - tokens: The issued tokens, to which a new token is added.
  /// - Returns: A token or a refusal.
  func answer(
    _ request: Request, tenant: String, strike: Strike, tokens: inout IssuedTokens
  ) -> Answer {
    guard request.method == "POST" else {
      return Answer(status: 405, headers: ["Allow": "POST"], body: [])
    }
    if let failure = strike.failure {
      return failed(failure.kind).retrying(failure.kind, after: failure.retryAfter)
    }
    do throws(SignInError) {
      let resource = try check(request, tenant: tenant)
      let claims = try form(request)["claims"]
      guard claims.map(Self.isObject) ?? true else { throw .malformed }
      return grant(resource, claims: claims, strike.distortions, tokens: &tokens)
    } catch {
      return error.answer
    }
  }

  private static func isObject(_ json: String) -> Bool {
    (try? JSONSerialization.jsonObject(with: Data(json.utf8))) is [String: Any]
  }

  private func failed(_ failure: Fault.Failure) -> Answer {
    if let title = failure.title { return .html(status: failure.status, title) }
    return SignInError.failure(failure, registration: registration).answer
  }

  /// Checks a sign-in, and returns the resource that its scope names.
  private func check(_ request: Request, tenant: String) throws(SignInError) -> String {
    guard tenant.lowercased() == registration.tenant.lowercased() else {
      throw .unknownTenant(tenant)
    }
    let form = try form(request)
    func required(_ name: String) throws(SignInError) -> String {
      guard let value = form[name], !value.isEmpty else { throw .missing(name) }
      return value
    }

    let grant = try required("grant_type")
    guard grant == "client_credentials" else { throw .unsupportedGrant(grant) }
    let client = try required("client_id")
    let scope = try required("scope")
    guard client.lowercased() == registration.clientID.lowercased() else {
      throw .unknownClient(client, tenant: tenant)
    }
    let resource = try self.resource(of: scope)
    if let assertion = form["client_assertion"], FederatedCredentialCheck.isFederated(assertion) {
      try FederatedCredentialCheck(credentials: federations)
        .check(assertion, type: form["client_assertion_type"])
      return resource
    }
    if let assertion = form["client_assertion"] {
      let audiences = authorities.map { "\($0)/\(tenant)/oauth2/v2.0/token" }
      try ClientAssertionCheck(registration: registration, audiences: audiences)
        .check(assertion, type: form["client_assertion_type"])
      return resource
    }
    guard let secret = form["client_secret"], !secret.isEmpty else { throw .noCredential }
    let known = secrets.filter { Array(secret.utf8) == Array($0.value.utf8) }
    guard !known.isEmpty else { throw .wrongSecret(client: registration.clientID) }
    guard known.contains(where: { $0.isValid(at: .now) }) else {
      throw .expiredSecret(client: registration.clientID)
    }
    return resource
  }

  /// Reads the form's fields; a body of another type counts as empty, as it does at Microsoft.
  private func form(_ request: Request) throws(SignInError) -> [String: String] {
    let type = request.headers["content-type"] ?? ""
    let essence = type.prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace }
    guard essence == "application/x-www-form-urlencoded" else { throw .missing("grant_type") }
    var form: [String: String] = [:]
    do {
      for (name, value) in try PercentEncoding.pairs(request.body) {
        guard form.updateValue(value, forKey: name) == nil else {
          throw SignInError.duplicated(name)
        }
      }
    } catch let error as SignInError {
      throw error
    } catch {
      throw .malformed
    }
    return form
  }

  private func resource(of scope: String) throws(SignInError) -> String {
    guard !scope.contains(" ") else { throw .invalidScope(scope) }
    let suffix = "/.default"
    guard scope.hasSuffix(suffix) else { throw .scopeWithoutDefault(scope) }
    let resource = String(scope.dropLast(suffix.count))
    guard resources.contains(resource) else {
      throw .unknownResource(resource, tenant: registration.tenant)
    }
    return resource
  }

  private func grant(
    _ resource: String, claims: String?, _ distortions: [Fault.Distortion],
    tokens: inout IssuedTokens
  ) -> Answer {
    var lifetime = Self.lifetime
    for case .shortToken(let seconds) in distortions { lifetime = seconds }
    var length = 0
    for case .longToken(let bytes) in distortions { length = min(bytes, 100_000) }
    let quote = distortions.contains(.textExpiry) ? "\"" : ""
    var json = JSONText()
    json.raw("{\"token_type\":\"Bearer\"")
    for name in ["expires_in", "ext_expires_in"] {
      json.raw(",")
      json.key(name)
      json.raw("\(quote)\(lifetime)\(quote)".utf8)
    }
    if !distortions.contains(.noValue) {
      json.raw(",\"access_token\":")
      let token =
        distortions.contains(.opaqueToken)
        ? OpaqueText.random(length: 1_200)
        : AccessToken(
          registration: registration, audience: resource, roles: roles, issued: .now,
          lifetime: lifetime
        ).text(atLeast: length)
      tokens.add(token, until: .now + .seconds(lifetime), roles: roles, claims: claims)
      json.string(token)
    }
    if distortions.contains(.badUTF8) {
      json.raw(",\"note\":\"".utf8)
      json.raw([0x61, 0xC3, 0x28, 0xFF, 0x22])
    }
    if distortions.contains(.loneSurrogate) { json.raw(",\"note\":\"\\ud800\"") }
    if distortions.contains(.falseSurrogatePair) { json.raw(",\"note\":\"\\ud800\\u0041\"") }
    json.raw("}")
    return Answer(status: 200, headers: ["Cache-Control": "no-store"], body: json.bytes)
      .distorted(distortions)
  }
}
