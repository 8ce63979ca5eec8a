/// `GET /{tenant}/v2.0/.well-known/openid-configuration`: the URLs of a tenant's endpoints.
///
/// Microsoft's own libraries read this document before they sign in.
/// - SeeAlso: OpenID Connect Discovery 1.0, section 4; Microsoft identity platform, "OpenID
///   Connect".
struct DiscoveryEndpoint {
  /// The application, whose tenant is known.
  let registration: Registration
  /// The scheme and host of the simulator, where all endpoints are.
  let origin: String

  /// The answer to a request.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - tenant: The first part of its path, decoded.
  /// - Returns: The document, or a refusal if the tenant is unknown.
  func answer(_ request: Request, tenant: String) -> Answer {
    guard request.method == "GET" else {
      return Answer(status: 405, headers: ["Allow": "GET"], body: [])
    }
    guard tenant.lowercased() == registration.tenant.lowercased() else {
      return SignInError.unknownTenant(tenant).answer
    }
    return Answer(
      status: 200, headers: ["Cache-Control": "max-age=86400, private"], body: document)
  }

  private var document: [UInt8] {
    let tenant = "\(origin)/\(registration.tenant)"
    var json = JSONText()
    let fields: [(name: String, value: AttributeValue)] = [
      ("token_endpoint", .text("\(tenant)/oauth2/v2.0/token")),
      (
        "token_endpoint_auth_methods_supported",
        .texts(["client_secret_post", "private_key_jwt", "client_secret_basic"])
      ),
      ("jwks_uri", .text("\(tenant)/discovery/v2.0/keys")),
      ("response_modes_supported", .texts(["query", "fragment", "form_post"])),
      ("subject_types_supported", .texts(["pairwise"])),
      ("id_token_signing_alg_values_supported", .texts(["RS256"])),
      (
        "response_types_supported",
        .texts(["code", "id_token", "code id_token", "id_token token"])
      ),
      ("scopes_supported", .texts(["openid", "profile", "email", "offline_access"])),
      ("issuer", .text("\(tenant)/v2.0")),
      ("request_uri_parameter_supported", .flag(false)),
      ("userinfo_endpoint", .text("\(origin)/oidc/userinfo")),
      ("authorization_endpoint", .text("\(tenant)/oauth2/v2.0/authorize")),
      ("device_authorization_endpoint", .text("\(tenant)/oauth2/v2.0/devicecode")),
      ("end_session_endpoint", .text("\(tenant)/oauth2/v2.0/logout")),
      ("tenant_region_scope", .text("EU")),
      ("cloud_instance_name", .text("microsoftonline.com")),
      ("msgraph_host", .text("graph.microsoft.com")),
    ]
    json.raw("{")
    for (index, field) in fields.enumerated() {
      if index > 0 { json.raw(",") }
      json.key(field.name)
      json.value(field.value)
    }
    json.raw("}")
    return json.bytes
  }
}
