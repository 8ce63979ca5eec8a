import Testing

@testable import GraphSimulator

@Suite struct ContactEndpointTests {
  private static func contact(_ answering: Answering) throws -> Contact {
    try #require(answering.service.withState { $0.directory.contacts.first })
  }

  @Test func `A contact shows the selected properties`() throws {
    let answering = try Answering(members: 5)
    let contact = try Self.contact(answering)
    let id = contact.id.uppercased()
    let answer = try answering.get("/v1.0/contacts/\(id)?$select=id,displayName")
    #expect(answer.status == 200)
    let object = try answer.object()
    #expect(object.count == 3)
    #expect(object["id"] as? String == contact.id)
    #expect(object["displayName"] as? String == contact.displayName)
  }

  @Test func `A contact without $select shows its address`() throws {
    let answering = try Answering(members: 5)
    let contact = try Self.contact(answering)
    let object = try answering.get("/v1.0/contacts/\(contact.id)").object()
    #expect(object["mail"] as? String == contact.mail)
  }

  @Test(arguments: [
    ("\(ObjectID.random())", 404), (Directory.doubles[0].id, 404), (BuiltInGroup.main.id, 404),
  ])
  func `What is no contact is not found`(target: String, status: Int) throws {
    #expect(try Answering(members: 5).get("/v1.0/contacts/\(target)").status == status)
  }

  @Test func `A contact needs its own permission, and has no sign-in name`() throws {
    let refused = try Answering(members: 5, roles: [.groupMemberReadAll, .userReadAll])
    let contact = try Self.contact(refused)
    #expect(try refused.get("/v1.0/contacts/\(contact.id)").status == 403)
    let answering = try Answering(members: 5, faults: ["unavailable*1@user"])
    #expect(try answering.get("/v1.0/contacts/\(contact.id)").status == 503)
    let path = "/v1.0/contacts/\(contact.id)?$select=userPrincipalName"
    #expect(try answering.get(path).status == 400)
  }
}
