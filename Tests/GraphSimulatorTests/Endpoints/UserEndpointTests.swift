import Testing

@testable import GraphSimulator

@Suite struct UserEndpointTests {
  private static let person = Directory.doubles[0]

  @Test(arguments: [person.id.uppercased(), "Double1@doubles.example"])
  func `A user shows the selected properties`(name: String) throws {
    let answer = try Answering(members: 5)
      .get("/v1.0/users/\(name)?$select=id,displayName,userPrincipalName")
    #expect(answer.status == 200)
    let object = try answer.object()
    #expect(object.count == 4)
    #expect(object["id"] as? String == Self.person.id)
    #expect(object["displayName"] as? String == "Double 1")
    #expect(object["userPrincipalName"] as? String == "double1@doubles.example")
    #expect(
      object["@odata.context"] as? String
        == "http://127.0.0.1:1/v1.0/$metadata#users(id,displayName,userPrincipalName)/$entity")
  }

  @Test(arguments: [
    (ObjectID.random(), 404), (BuiltInGroup.main.id, 404), ("nobody@example.com", 404),
    ("\(person.id)?$select=visibility", 400), ("\(person.id)?$top=1", 400), (person.id, 200),
  ])
  func `A request for an unknown user or option is refused`(target: String, status: Int) throws {
    #expect(try Answering(members: 5).get("/v1.0/users/\(target)").status == status)
  }

  @Test func `A fault @user does not strike requests for users`() throws {
    let answering = try Answering(members: 5, faults: ["unavailable@user"])
    #expect(try answering.get("/v1.0/users/\(Self.person.id)").status == 503)
    #expect(try answering.get("/v1.0/users").status == 200)
  }
}
