import Foundation
import Testing

@testable import GraphSimulator

@Suite struct TokenEndpointTests {
  @Test func `A good sign-in gets a bearer token for 3599 seconds`() throws {
    let answering = try Answering()
    let answer = answering.post(answering.signIn)
    #expect(answer.status == 200)
    let body = try answer.object()
    #expect(body["token_type"] as? String == "Bearer")
    #expect(body["expires_in"] as? Int == 3_599)
    #expect((body["access_token"] as? String ?? "").count > 500)
  }

  @Test(arguments: [
    "https://graph.microsoft.com/.default", "http%3A%2F%2F127.0.0.1%3A1%2F.default",
  ])
  func `The token endpoint accepts the scopes of Graph and of the simulator`(scope: String) throws {
    let answering = try Answering()
    #expect(answering.post(answering.signIn.with("scope", scope)).status == 200)
  }

  @Test func `Two sign-ins get different access tokens`() throws {
    let answering = try Answering()
    #expect(try answering.token() != answering.token())
  }

  /// A change of one field in a good form (nil removes it), and the error of Entra ID.
  struct Refusal: Sendable, CustomTestStringConvertible {
    let field: String
    let value: String?
    let status: Int
    let error: String
    let code: Int
    var testDescription: String { "\(field) = \(value ?? "nothing")" }
  }

  @Test(arguments: [
    Refusal(field: "grant_type", value: nil, status: 400, error: "invalid_request", code: 900_144),
    Refusal(field: "client_id", value: nil, status: 400, error: "invalid_request", code: 900_144),
    Refusal(field: "client_id", value: "", status: 400, error: "invalid_request", code: 900_144),
    Refusal(field: "scope", value: nil, status: 400, error: "invalid_request", code: 900_144),
    Refusal(
      field: "grant_type", value: "password", status: 400, error: "unsupported_grant_type",
      code: 70_003),
    Refusal(
      field: "client_id", value: "c1000000-0000-4000-8000-000000000002", status: 400,
      error: "unauthorized_client", code: 700_016),
    Refusal(
      field: "client_secret", value: nil, status: 401, error: "invalid_client", code: 7_000_218),
    Refusal(
      field: "client_secret", value: "wrong", status: 401, error: "invalid_client",
      code: 7_000_215),
    // The right secret, but with an unescaped plus sign, which stands for a space.
    Refusal(
      field: "client_secret", value: "s%26c%3Dr+t%25~%23%3B%27", status: 401,
      error: "invalid_client", code: 7_000_215),
    Refusal(
      field: "client_assertion", value: "x.y.z", status: 400, error: "invalid_request",
      code: 900_144),
    Refusal(
      field: "scope", value: "https://graph.microsoft.com/User.Read", status: 400,
      error: "invalid_scope", code: 1_002_012),
    Refusal(
      field: "scope", value: "https://vault.azure.net/.default", status: 400,
      error: "invalid_resource", code: 500_011),
    Refusal(
      field: "scope", value: "https://graph.microsoft.com/.default+openid", status: 400,
      error: "invalid_scope", code: 70_011),
    Refusal(
      field: "client_secret", value: "100%", status: 400, error: "invalid_request",
      code: 9_002_313),
    Refusal(
      field: "client_secret", value: "a%zz", status: 400, error: "invalid_request",
      code: 9_002_313),
    Refusal(
      field: "client_secret", value: "a b", status: 400, error: "invalid_request", code: 9_002_313),
    Refusal(
      field: "client_secret", value: "%FF", status: 400, error: "invalid_request", code: 9_002_313),
    Refusal(
      field: "client_secret", value: "x&scope=y", status: 400, error: "invalid_request",
      code: 9_000_411),
  ])
  func `A sign-in with a wrong field is refused as Entra ID does`(refusal: Refusal) throws {
    let answering = try Answering()
    let answer = answering.post(answering.signIn.with(refusal.field, refusal.value))
    try answer.expect(refusal)
  }

  @Test func `The token endpoint refuses an unknown tenant`() throws {
    let answering = try Answering()
    try answering.post(answering.signIn, tenant: "nobody.example").expect(
      Refusal(field: "tenant", value: "", status: 400, error: "invalid_request", code: 90_002))
  }

  @Test(arguments: ["application/json", "text/plain", ""])
  func `The token endpoint reads a form of another content type as empty`(type: String) throws {
    let answering = try Answering()
    try answering.post(answering.signIn, contentType: type).expect(
      Refusal(field: "type", value: type, status: 400, error: "invalid_request", code: 900_144))
  }

  @Test func `The content type of a sign-in may name a character set`() throws {
    let answering = try Answering()
    let type = "Application/X-WWW-Form-URLencoded; charset=utf-8"
    #expect(answering.post(answering.signIn, contentType: type).status == 200)
  }

  @Test func `The token endpoint does not allow GET`() throws {
    let answering = try Answering()
    #expect(answering.post([:], method: "GET").status == 405)
  }
}

extension Answer {
  /// Checks a refusal's status and every field of its JSON.
  fileprivate func expect(_ refusal: TokenEndpointTests.Refusal) throws {
    let body = try object()
    #expect(status == refusal.status)
    #expect(body["error"] as? String == refusal.error)
    #expect(body["error_codes"] as? [Int] == [refusal.code])
    let trace = try #require(body["trace_id"] as? String)
    let correlation = try #require(body["correlation_id"] as? String)
    let timestamp = try #require(body["timestamp"] as? String)
    #expect(ObjectID.isValid(trace) && ObjectID.isValid(correlation))
    #expect(timestamp.wholeMatch(of: /\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ/) != nil)
    let description = try #require(body["error_description"] as? String)
    #expect(description.hasPrefix("AADSTS\(refusal.code): "))
    #expect(
      description.hasSuffix(
        "\r\nTrace ID: \(trace)\r\nCorrelation ID: \(correlation)\r\nTimestamp: \(timestamp)"))
  }
}

extension [String: String] {
  /// The form with one field changed, or removed if the value is nil.
  func with(_ field: String, _ value: String?) -> Self {
    var form = self
    form[field] = value
    return form
  }
}
