import Testing

@testable import GraphSimulator

@Suite struct JournalTests {
  @Test func `The journal records what a request asked for and its status`() throws {
    let answering = try Answering()
    let target = "/v1.0/groups/\(BuiltInGroup.main.id)/members?$select=mail"
    _ = try answering.get(target, headers: ["consistencylevel": "eventual"])
    _ = try answering.get(target, authorization: "Bearer x")
    let requests = answering.service.withState { $0.journal.requests }
    #expect(requests.map(\.method) == ["POST", "GET", "GET"])
    #expect(requests.map(\.status) == [200, 200, 401])
    #expect(requests.map(\.bearer) == [.absent, .good, .unknown])
    #expect(requests[1].target == target)
    #expect(requests[1].headers["consistencylevel"] == "eventual")
    #expect(
      Set(requests[0].formFields) == ["client_id", "client_secret", "grant_type", "scope"])
  }

  @Test func `The journal records neither secrets nor tokens`() throws {
    let answering = try Answering()
    let token = try answering.token()
    _ = try answering.get("/v1.0/groups/x/members", authorization: "Bearer \(token)")
    _ = answering.service.answer(
      Request(
        method: "GET", path: "/\(answering.registration.tenant)/oauth2/v2.0/token",
        query: "client_secret=s%26c", headers: ["cookie": "client_secret=s%26c"], body: [],
        connection: 1))
    var text = ""
    dump(answering.service.withState { $0.journal.requests }, to: &text)
    #expect(text.contains("client_secret"))
    for secret in [token, "s&c", "s%26c"] { #expect(!text.contains(secret)) }
  }

  @Test func `The journal forgets the oldest of very many requests`() {
    var journal = Journal()
    for number in 0..<(2 * Journal.capacity + 5) {
      journal.append(
        ReceivedRequest(
          method: "GET", target: "/\(number)", headers: [:], bearer: .absent, formFields: [],
          status: 200, connection: 1, received: .now))
    }
    #expect(journal.requests.count == Journal.capacity + 5)
    #expect(journal.requests.last?.target == "/\(2 * Journal.capacity + 4)")
  }
}
