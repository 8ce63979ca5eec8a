import Testing

@testable import GraphSimulator

@Suite struct GroupEndpointTests {
  @Test(arguments: BuiltInGroup.allCases)
  func `A group shows its name`(group: BuiltInGroup) throws {
    let answer = try Answering(members: 5)
      .get("/v1.0/groups/\(group.id.uppercased())?$select=id,displayName")
    #expect(answer.status == 200)
    let object = try answer.object()
    #expect(object["id"] as? String == group.id)
    #expect(object["displayName"] as? String == group.displayName)
    #expect(object.count == 3)
    #expect(
      object["@odata.context"] as? String
        == "http://127.0.0.1:1/v1.0/$metadata#groups(id,displayName)/$entity")
  }

  @Test(arguments: [
    ("\(ObjectID.random())", 404), ("x", 400), ("\(BuiltInGroup.main.id)?$select=mobilePhone", 400),
    ("\(BuiltInGroup.main.id)?$top=1", 400), ("\(BuiltInGroup.main.id)?$select=id&$select=id", 400),
    ("\(BuiltInGroup.main.id)", 200),
  ])
  func `A request for an unknown group or option is refused`(target: String, status: Int) throws {
    #expect(try Answering(members: 5).get("/v1.0/groups/\(target)").status == status)
  }

  @Test func `A fault @groups does not strike the members of groups`() throws {
    let answering = try Answering(members: 5, faults: ["unavailable@groups"])
    #expect(try answering.get("/v1.0/groups/\(BuiltInGroup.main.id)").status == 503)
    #expect(try answering.get("/v1.0/groups/\(BuiltInGroup.main.id)/members").status == 200)
  }
}
