import Testing

@testable import GraphSimulator

@Suite struct MembershipTests {
  private static let single = Directory.onlyPerson.id

  private static func ids(_ groups: [BuiltInGroup]) -> [String] { groups.map(\.id) }

  @Test(arguments: [
    ([BuiltInGroup.single], [BuiltInGroup.single]), ([.main], [.main]),
    ([.empty, .main, .nested, .single], [.main, .single]), ([.nested, .inner], []), ([], []),
  ])
  func `checkMemberGroups names direct and transitive groups of a user`(
    asked: [BuiltInGroup], found: [BuiltInGroup]
  ) throws {
    let answer = try Answering(members: 5).check(Self.single, Self.ids(asked))
    #expect(answer.status == 200)
    let object = try answer.object()
    #expect(object["value"] as? [String] == Self.ids(found))
    #expect(
      object["@odata.context"] as? String
        == "http://127.0.0.1:1/v1.0/$metadata#Collection(Edm.String)")
  }

  @Test func `checkMemberGroups ends in a cycle of groups`() throws {
    let answering = try Answering(members: 5)
    let inner = answering.service.withState { $0.directory.people.id(30) }
    let answer = try answering.check(inner, Self.ids(BuiltInGroup.allCases))
    #expect(
      try answer.object()["value"] as? [String] == Self.ids([.main, .nested, .inner]))
  }

  @Test func `checkMemberGroups leaves out an unknown group`() throws {
    let answer = try Answering(members: 5)
      .check(Self.single.uppercased(), [ObjectID.random(), BuiltInGroup.main.id.uppercased()])
    #expect(try answer.object()["value"] as? [String] == [BuiltInGroup.main.id])
  }

  @Test(arguments: [
    #"{"groupIds":["\#(BuiltInGroup.main.id)","x"]}"#, #"{"groupIds":[""]}"#, #"{"groupIds":"x"}"#,
    #"{"groupIds":[1]}"#, "{}", "[]", "", "{", #"{"groupIds":[],"more":1}"#,
  ])
  func `checkMemberGroups refuses a malformed body`(body: String) throws {
    let answer = try Answering(members: 5)
      .post("/v1.0/users/\(Self.single)/checkMemberGroups", body: body)
    #expect(answer.status == 400)
  }

  @Test(arguments: [(20, 200), (21, 400)])
  func `checkMemberGroups accepts at most 20 groups`(count: Int, status: Int) throws {
    let ids = (0..<count).map { _ in ObjectID.random() }
    #expect(try Answering(members: 5).check(Self.single, ids).status == status)
  }

  @Test func `checkMemberGroups refuses a body of another content type`() throws {
    let answer = try Answering(members: 5).post(
      "/v1.0/users/\(Self.single)/checkMemberGroups", body: #"{"groupIds":[]}"#, type: "text/plain")
    #expect(answer.status == 400)
  }

  @Test(arguments: ["", "/microsoft.graph.group"])
  func `memberOf lists only direct groups`(cast: String) throws {
    let answering = try Answering(members: 5)
    let person = answering.service.withState { $0.directory.people.id(40) }
    let answer = try answering.get("/v1.0/users/\(person)/memberOf\(cast)?$select=id&$top=999")
    #expect(answer.status == 200)
    let groups = try [answer.object()].members
    #expect(groups.strings("id") == Self.ids([.main, .nested]))
    let types = Array(repeating: "#microsoft.graph.group", count: cast.isEmpty ? 2 : 0)
    #expect(groups.strings("@odata.type") == types)
    #expect(groups.allSatisfy { $0.keys.allSatisfy { ["id", "@odata.type"].contains($0) } })
  }

  @Test func `memberOf answers in pages`() throws {
    let answering = try Answering(members: 5)
    let person = answering.service.withState { $0.directory.people.id(40) }
    let first = try answering.get("/v1.0/users/\(person)/memberOf?$top=1").object()
    let link = try #require(first["@odata.nextLink"] as? String)
    let second = try answering.get(String(link.trimmingPrefix("http://127.0.0.1:1"))).object()
    #expect([first, second].members.strings("displayName") == ["Mail senders", "Sales"])
    #expect(second["@odata.nextLink"] == nil)
  }

  @Test(arguments: ["$select=mobilePhone", "$filter=mail+eq+'x'", "$top=1000"])
  func `memberOf refuses an unsupported query`(query: String) throws {
    let target = "/v1.0/users/\(Self.single)/memberOf/microsoft.graph.group?\(query)"
    #expect(try Answering(members: 5).get(target).status == 400)
  }

  @Test(arguments: [ObjectID.random(), "nobody@example.com", BuiltInGroup.main.id])
  func `checkMemberGroups and memberOf of an unknown user get 404`(id: String) throws {
    let answering = try Answering(members: 5)
    for answer in [
      try answering.check(id, [BuiltInGroup.main.id]),
      try answering.get("/v1.0/users/\(id)/memberOf"),
    ] {
      #expect(answer.status == 404)
      #expect(try answer.graphCode() == "Request_ResourceNotFound")
    }
  }

  @Test func `checkMemberGroups accepts a sign-in name`() throws {
    let name = Directory.onlyPerson.userPrincipalName.uppercased()
    let answer = try Answering(members: 5).check(name, [BuiltInGroup.single.id])
    #expect(try answer.object()["value"] as? [String] == [BuiltInGroup.single.id])
  }

  @Test func `checkMemberGroups refuses GET and memberOf refuses POST`() throws {
    let answering = try Answering(members: 5)
    #expect(try answering.get("/v1.0/users/\(Self.single)/checkMemberGroups").status == 405)
    #expect(try answering.post("/v1.0/users/\(Self.single)/memberOf", body: "{}").status == 405)
  }

  @Test(arguments: [
    ("no-value@check", nil as [String]?), ("empty-answer@check", []),
    ("throttle:1@check", nil), ("not-found@check", nil),
  ])
  func `A fault @check strikes checkMemberGroups`(fault: String, value: [String]?) throws {
    let answer = try Answering(members: 5, faults: [fault])
      .check(Self.single, [BuiltInGroup.single.id])
    #expect(try answer.object()["value"] as? [String] == value)
  }

  @Test func `member-not-object and value-not-array strike checkMemberGroups`() throws {
    let number = try Answering(members: 5, faults: ["member-not-object@check"])
      .check(Self.single, [BuiltInGroup.single.id])
    #expect(try number.object()["value"] as? [Int] == [42])
    let object = try Answering(members: 5, faults: ["value-not-array@check"])
      .check(Self.single, [BuiltInGroup.single.id])
    #expect(try object.object()["value"] is [String: Any])
  }
}
