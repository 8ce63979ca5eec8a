import Testing

@testable import GraphSimulator

@Suite struct DiscoveryEndpointTests {
  @Test func `The discovery document names the tenant's endpoints`() throws {
    let answering = try Answering()
    let answer = answering.discover(tenant: answering.registration.tenant)
    #expect(answer.status == 200)
    let document = try answer.object()
    let tenant = "http://127.0.0.1:1/\(answering.registration.tenant)"
    #expect(document["token_endpoint"] as? String == "\(tenant)/oauth2/v2.0/token")
    #expect(document["authorization_endpoint"] as? String == "\(tenant)/oauth2/v2.0/authorize")
    #expect(document["issuer"] as? String == "\(tenant)/v2.0")
    #expect(document["jwks_uri"] as? String == "\(tenant)/discovery/v2.0/keys")
  }

  @Test func `The discovery document's token endpoint is a route of the simulator`() throws {
    let answering = try Answering()
    let document = try answering.discover(tenant: answering.registration.tenant).object()
    let endpoint = try #require(document["token_endpoint"] as? String)
    #expect(
      Route(path: String(endpoint.trimmingPrefix("http://127.0.0.1:1")))
        == .token(tenant: answering.registration.tenant))
  }

  @Test(arguments: ["client_secret_post", "private_key_jwt"])
  func `The discovery document allows secrets and client assertions`(method: String) throws {
    let answering = try Answering()
    let document = try answering.discover(tenant: answering.registration.tenant).object()
    let methods = document["token_endpoint_auth_methods_supported"] as? [String]
    #expect(methods?.contains(method) == true)
  }

  @Test func `The discovery document accepts a tenant in another case`() throws {
    let answering = try Answering()
    #expect(answering.discover(tenant: answering.registration.tenant.uppercased()).status == 200)
  }

  @Test func `The discovery document of an unknown tenant is refused`() throws {
    let answer = try Answering().discover(tenant: "nobody.example")
    #expect(answer.status == 400)
    #expect(try answer.object()["error_codes"] as? [Int] == [90_002])
  }

  @Test func `The discovery document does not allow POST`() throws {
    let answering = try Answering()
    #expect(answering.discover(tenant: answering.registration.tenant, method: "POST").status == 405)
  }
}

extension Answering {
  /// The answer to a request for a tenant's discovery document.
  fileprivate func discover(tenant: String, method: String = "GET") -> Answer {
    service.answer(
      Request(
        method: method, path: "/\(tenant)/v2.0/.well-known/openid-configuration", query: "",
        headers: [:], body: [], connection: 1))
  }
}
