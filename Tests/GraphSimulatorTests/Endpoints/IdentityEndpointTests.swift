import Foundation
import Testing

@testable import GraphSimulator

@Suite struct IdentityEndpointTests {
  private static let resource = "resource=https%3A%2F%2Fgraph.microsoft.com"
  private static let machine =
    "/metadata/identity/oauth2/token?api-version=2018-02-01&\(resource)"
  private static let arc = "/metadata/identity/oauth2/token?api-version=2020-06-01&\(resource)"
  private static let appService = "/msi/token?api-version=2019-08-01&\(resource)"

  private static func get(
    _ answering: Answering, _ target: String, _ headers: [String: String] = ["metadata": "true"]
  ) throws -> Answer {
    let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
    return answering.service.answer(
      Request(
        method: "GET", path: parts[0], query: parts[1], headers: headers, body: [], connection: 1))
  }

  @Test func `A virtual machine's token is good for Graph, and its numbers are texts`() throws {
    let answering = try Answering()
    let answer = try Self.get(answering, Self.machine).object()
    #expect(answer["expires_in"] as? String == "86399")
    #expect(answer["client_id"] as? String == Machine.Identity.system.clientID)
    let token = try #require(answer["access_token"] as? String)
    #expect(try answering.get("/v1.0/users?$top=1", authorization: "Bearer \(token)").status == 200)
  }

  @Test(arguments: [
    (machine, ["metadata": "True"], 400, "bad_request_102"),
    (machine, [:], 400, "bad_request_102"),
    (machine + "&client_id=x", ["metadata": "true"], 400, "invalid_request"),
    ("/metadata/identity/oauth2/token?api-version=1", ["metadata": "true"], 400, "invalid_request"),
    (
      "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=x", ["metadata": "true"],
      400, "invalid_resource"
    ),
    (arc, ["metadata": "true"], 404, "not_found"),
  ])
  func `A request that is not as it must be is refused`(
    target: String, headers: [String: String], status: Int, error: String
  ) throws {
    let answer = try Self.get(Answering(), target, headers)
    #expect(answer.status == status)
    #expect(try answer.object()["error"] as? String == error)
  }

  @Test func `App Service wants its header, which no journal keeps`() throws {
    let answering = try Answering()
    #expect(try Self.get(answering, Self.appService).status == 401)
    let header = Machine().header
    let answer = try Self.get(answering, Self.appService, ["x-identity-header": header])
    #expect(answer.status == 200)
    #expect(try answer.object()["expires_in"] == nil)
    #expect(try answer.object()["expires_on"] is String)
    let requests = answering.service.withState { $0.journal.requests }
    #expect(requests.allSatisfy { $0.headers["x-identity-header"] == nil })
  }

  @Test func `A key of Azure Arc opens once`() throws {
    let answering = try Answering()
    let folder = FileManager.default.temporaryDirectory.appending(path: "arc-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    answering.service.withState { $0.machine.keyFolder = folder.path }
    let challenge = try Self.get(answering, Self.arc)
    #expect(challenge.status == 401)
    let header = try #require(challenge.headers["WWW-Authenticate"])
    #expect(header.hasPrefix("Basic realm=\(folder.path)/") && header.hasSuffix(".key"))
    let key = try String(
      contentsOfFile: String(header.dropFirst("Basic realm=".count)), encoding: .utf8)
    let proof = ["metadata": "true", "authorization": "Basic \(key)"]
    #expect(try Self.get(answering, Self.arc, proof).status == 200)
    #expect(try Self.get(answering, Self.arc, proof).status == 401)
  }

  @Test func `The only assigned identity comes in place of the machine's own`() throws {
    let answering = try Answering()
    answering.service.withState { $0.machine.system = nil }
    let answer = try Self.get(answering, Self.machine).object()
    #expect(answer["client_id"] as? String == Machine.Identity.assigned.clientID)
    answering.service.withState { $0.machine.assigned = [] }
    #expect(try Self.get(answering, Self.machine).status == 400)
  }

  @Test(arguments: [
    (FederatedCredential.cluster, 200, 0),
    (FederatedCredential(issuer: "https://x.example", subject: "x"), 401, 700_211),
    (FederatedCredential(issuer: FederatedCredential.cluster.issuer, subject: "x"), 401, 700_213),
    (
      FederatedCredential(
        issuer: FederatedCredential.cluster.issuer, subject: FederatedCredential.cluster.subject,
        audience: "x"), 401, 700_212
    ),
  ])
  func `A token of another issuer is compared with the federated credentials`(
    token: FederatedCredential, status: Int, code: Int
  ) throws {
    let answering = try Answering()
    answering.service.withState { $0.federations = [.cluster] }
    var form = answering.signIn
    form["client_secret"] = nil
    form["client_assertion_type"] = ClientAssertionCheck.type.replacing(":", with: "%3A")
    form["client_assertion"] = token.token()
    let answer = answering.post(form)
    #expect(answer.status == status)
    if code > 0 { #expect(try answer.object()["error_codes"] as? [Int] == [code]) }
    form["client_assertion"] = token.token(lifetime: -301)
    if code == 0 {
      #expect(try answering.post(form).object()["error_codes"] as? [Int] == [700_024])
    }
  }
}
