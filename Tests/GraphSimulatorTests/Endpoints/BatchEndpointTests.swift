import Foundation
import Testing

@testable import GraphSimulator

@Suite struct BatchEndpointTests {
  private static let single = "groups/\(BuiltInGroup.single.id)"

  /// A request of a batch.
  private static func item(
    _ id: String, _ url: String, method: String = "GET", headers: [String: String] = [:],
    body: [String: [String]]? = nil
  ) -> [String: Any] {
    var item: [String: Any] = ["id": id, "method": method, "url": url]
    if !headers.isEmpty { item["headers"] = headers }
    item["body"] = body
    return item
  }

  /// A request for every endpoint; some URLs begin with a slash.
  private static var everything: [[String: Any]] {
    [
      item("members", "/\(single)/members?$select=mail"),
      item("group", "\(single)?$select=id,displayName"),
      item("users", "/users?$select=id&$filter=mail%20eq%20'ainoa.jasen@example.com'"),
      item("memberOf", "users/\(Directory.onlyPerson.id)/memberOf?$select=id"),
      item(
        "check", "/users/\(Directory.onlyPerson.id)/checkMemberGroups", method: "POST",
        headers: ["Content-Type": "application/json"], body: ["groupIds": [BuiltInGroup.main.id]]),
    ]
  }

  private static func send(
    _ items: [[String: Any]], to answering: Answering, authorization: String? = nil
  ) throws -> Answer {
    let body = try JSONSerialization.data(withJSONObject: ["requests": items])
    return try answering.post(
      "/v1.0/$batch", body: String(decoding: body, as: UTF8.self), authorization: authorization)
  }

  /// The answers of a batch by their ids.
  private static func responses(_ answer: Answer) throws -> [String: [String: Any]] {
    try #require(answer.status == 200, "\(String(decoding: answer.body, as: UTF8.self))")
    let items = try #require(try answer.object()["responses"] as? [[String: Any]])
    return Dictionary(uniqueKeysWithValues: items.map { ($0["id"] as? String ?? "", $0) })
  }

  @Test func `A batch answers each request as if it came alone, in another order`() throws {
    let answering = try Answering(members: 5)
    let authorization = "Bearer \(try answering.token())"
    let answer = try Self.send(Self.everything, to: answering, authorization: authorization)
    let responses = try #require(try answer.object()["responses"] as? [[String: Any]])
    #expect(responses.strings("id") == ["check", "memberOf", "users", "group", "members"])
    for (response, item) in zip(responses.dropFirst().reversed(), Self.everything) {
      let url = (item["url"] as? String ?? "").trimmingPrefix("/")
      let alone = try answering.get("/v1.0/\(url)", authorization: authorization)
      #expect(response["status"] as? Int == 200)
      #expect(response["body"] as? NSDictionary == (try alone.object() as NSDictionary))
      let headers = try #require(response["headers"] as? [String: String])
      #expect(headers["Content-Type"] == alone.contentType)
    }
    let groups = responses[0]["body"] as? [String: Any]
    #expect(groups?["value"] as? [String] == [BuiltInGroup.main.id])
  }

  @Test func `The journal marks the requests that came in a batch`() throws {
    let answering = try Answering(members: 5)
    _ = try Self.send(Self.everything, to: answering)
    let requests = answering.service.withState { $0.journal.requests }
    #expect(requests.filter { !$0.isBatched }.map(\.method) == ["POST", "POST"])
    #expect(requests.last?.target == "/v1.0/$batch")
    let batched = requests.filter(\.isBatched)
    #expect(batched.map(\.method) == ["GET", "GET", "GET", "GET", "POST"])
    #expect(batched.allSatisfy { $0.target.hasPrefix("/v1.0/") && $0.bearer == .good })
    #expect(batched.allSatisfy { $0.headers["authorization"] == nil })
  }

  @Test func `A request in a batch has its own headers`() throws {
    let url =
      "\(Self.single)/members/microsoft.graph.user?$count=true"
      + "&$filter=mail%20eq%20'ainoa.jasen@example.com'"
    let responses = try Self.responses(
      try Self.send(
        [
          Self.item("with", url, headers: ["ConsistencyLevel": "eventual"]),
          Self.item("without", url),
        ], to: Answering(members: 5)))
    #expect(responses["with"]?["status"] as? Int == 200)
    #expect(responses["without"]?["status"] as? Int == 400)
  }

  @Test(arguments: [
    ("throttle:1:3", "members", 429, "3"), ("throttle:1:3@single", "members", 429, "3"),
    ("throttle:1:7@check", "memberOf", 429, "7"), ("throttle:1@groups", "group", 429, "1"),
    ("unavailable:1@users", "users", 503, nil), ("not-found:1@users", "users", 404, nil),
    ("bad-gateway:1@groups", "group", 502, nil),
  ])
  func `A fault strikes only one request of a batch`(
    fault: String, id: String, status: Int, retryAfter: String?
  ) throws {
    let responses = try Self.responses(
      try Self.send(Self.everything, to: Answering(members: 5, faults: [fault])))
    #expect(responses.count == Self.everything.count)
    for (other, response) in responses {
      #expect(response["status"] as? Int == (other == id ? status : 200), "\(other)")
      let headers = response["headers"] as? [String: String]
      #expect(headers?["Retry-After"] == (other == id ? retryAfter : nil))
    }
  }

  @Test func `A batch holds a body that is not JSON as Base64`() throws {
    let responses = try Self.responses(
      try Self.send(Self.everything, to: Answering(members: 5, faults: ["bad-gateway@groups"])))
    let body = try #require(responses["group"]?["body"] as? String)
    let html = try #require(Data(base64Encoded: body))
    #expect(html.starts(with: Data("<!DOCTYPE html>".utf8)))
  }

  @Test func `A batch holds a redirect without a body`() throws {
    let responses = try Self.responses(
      try Self.send(Self.everything, to: Answering(members: 5, faults: ["redirect@groups"])))
    let group = try #require(responses["group"])
    #expect(group["status"] as? Int == 302)
    #expect(group["body"] == nil)
    let headers = try #require(group["headers"] as? [String: String])
    #expect(headers["Location"]?.hasPrefix("https://evil.example/v1.0/groups/") == true)
  }

  @Test(arguments: [
    ("throttle:1:5@batch", 429), ("unauthorized:1@batch", 401), ("server-error:1@batch", 500),
  ])
  func `A failure @batch strikes the whole batch and none of its requests`(
    fault: String, status: Int
  ) throws {
    let answering = try Answering(members: 5, faults: [fault])
    let answer = try Self.send(Self.everything, to: answering)
    #expect(answer.status == status)
    #expect(answer.headers["Retry-After"] == (status == 429 ? "5" : nil))
    #expect(answering.service.withState { $0.journal.requests.allSatisfy { !$0.isBatched } })
    #expect(try Self.send(Self.everything, to: answering).status == 200)
  }

  @Test func `no-value removes the responses of a batch`() throws {
    let answer = try Self.send(
      Self.everything, to: Answering(members: 5, faults: ["no-value@batch"]))
    #expect(try answer.object().isEmpty)
  }

  @Test func `A batch is cut, and late, as the answers in it are`() throws {
    let answering = try Answering(members: 5, faults: ["cut-body:9@groups", "slow:70@users"])
    let answer = try Self.send(Self.everything, to: answering)
    guard case .part(let count, then: .close) = answer.delivery else {
      Issue.record("the batch is whole")
      return
    }
    let sent = String(decoding: answer.body.prefix(count), as: UTF8.self)
    #expect(sent.hasSuffix(#""body":{"@odata."#))
    #expect(answer.delay == 70)
  }

  @Test(arguments: [(1, 200), (20, 200), (21, 400)])
  func `A batch has at most 20 requests`(count: Int, status: Int) throws {
    let items = (0..<count).map { Self.item("\($0)", Self.single) }
    let answer = try Self.send(items, to: Answering(members: 5))
    #expect(answer.status == status)
    guard status != 200 else { return }
    let error = try answer.object()["error"] as? [String: Any]
    #expect(error?["code"] as? String == "MaximumValueExceeded")
    let message = try #require(error?["message"] as? String)
    #expect(message.contains("exceeds the maximum"))
  }

  /// A batch that is refused as a whole.
  struct Refusal: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let body: String
  }

  @Test(arguments: [
    Refusal(testDescription: "not JSON", body: "{"),
    Refusal(testDescription: "no list", body: "{}"),
    Refusal(testDescription: "an empty list", body: #"{"requests":[]}"#),
    Refusal(testDescription: "a request that is not an object", body: #"{"requests":["x"]}"#),
    Refusal(
      testDescription: "an id twice",
      body: #"{"requests":[{"id":"1","method":"GET","url":"/users"},"#
        + #"{"id":"1","method":"GET","url":"/users"}]}"#),
    Refusal(
      testDescription: "an id twice, in different case",
      body: #"{"requests":[{"id":"a","method":"GET","url":"/users"},"#
        + #"{"id":"A","method":"GET","url":"/users"}]}"#),
    Refusal(
      testDescription: "an id that is a number",
      body: #"{"requests":[{"id":1,"method":"GET","url":"/users"}]}"#),
    Refusal(testDescription: "no url", body: #"{"requests":[{"id":"1","method":"GET"}]}"#),
    Refusal(testDescription: "no method", body: #"{"requests":[{"id":"1","url":"/users"}]}"#),
    Refusal(
      testDescription: "a url with a host",
      body: #"{"requests":[{"id":"1","method":"GET","url":"https://graph.microsoft.com/users"}]}"#),
    Refusal(
      testDescription: "a body without its type",
      body: #"{"requests":[{"id":"1","method":"POST","url":"/users/x/checkMemberGroups","#
        + #""body":{"groupIds":[]}}]}"#),
    Refusal(
      testDescription: "dependsOn",
      body: #"{"requests":[{"id":"1","method":"GET","url":"/users","dependsOn":["2"]}]}"#),
  ])
  func `A malformed batch is refused`(refusal: Refusal) throws {
    let answering = try Answering(members: 5)
    let answer = try answering.post("/v1.0/$batch", body: refusal.body)
    #expect(answer.status == 400)
    #expect(try answer.graphCode() == "BadRequest")
    #expect(answering.service.withState { $0.journal.requests.allSatisfy { !$0.isBatched } })
  }

  @Test func `A bad path or method in a batch is refused alone`() throws {
    let responses = try Self.responses(
      try Self.send(
        [
          Self.item("nowhere", "/nowhere"), Self.item("batch", "/$batch", method: "POST"),
          Self.item("method", Self.single, method: "PATCH"), Self.item("good", Self.single),
        ], to: Answering(members: 5)))
    #expect(
      responses.mapValues { $0["status"] as? Int }
        == ["nowhere": 404, "batch": 404, "method": 405, "good": 200])
  }

  @Test func `A batch without a good token is refused`() throws {
    let answer = try Self.send(
      Self.everything, to: Answering(members: 5), authorization: "Bearer x")
    #expect(answer.status == 401)
  }
}
