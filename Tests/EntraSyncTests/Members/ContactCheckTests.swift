import Testing

@testable import EntraSync

@Suite struct ContactCheckTests {
  /// Checks contacts, each with a display name or without anything.
  static func check(_ names: String?..., roles: GrantedRoles? = nil) throws {
    var check = ContactCheck()
    for name in names {
      var contact = Member(id: Sample.noID, type: "orgContact")
      if let name { contact.append(name, to: .displayName) }
      check.note(contact)
    }
    try check.finish(roles: roles)
  }

  static func refusal(_ contacts: Int) -> EntraSyncError {
    EntraSyncError(
      .permission,
      "Graph shows nothing of the \(contacts) mail contacts that CONTACTS = yes takes; give the "
        + "application OrgContact.Read.All (type Application) with admin consent")
  }

  @Test("A group without contacts needs no permission to read them")
  func acceptsNobody() throws {
    try Self.check()
    try Self.check(roles: PermissionCheckTests.roles("User.Read.All"))
  }

  @Test("One contact of which something is shown is enough")
  func acceptsOne() throws {
    try Self.check(nil, "Supplier", nil)
  }

  @Test("Contacts of which nothing is shown mean a missing permission, which the message names")
  func refuses() throws {
    #expect(throws: Self.refusal(1)) { try Self.check(nil) }
    for roles in [[], ["User.Read.All", "GroupMember.Read.All"]] {
      let granted = try GrantedRolesTests.granted(roles)
      #expect(throws: Self.refusal(3)) { try Self.check(nil, nil, nil, roles: granted) }
    }
  }

  @Test(
    "A permission to read contacts that the token names is not missing",
    arguments: ["OrgContact.Read.All", "Directory.Read.All", "Directory.ReadWrite.All"])
  func believesRoles(role: String) throws {
    try Self.check(nil, nil, roles: PermissionCheckTests.roles(role))
  }

  @Test("The display name is asked for with contacts, and once")
  func asksForName() throws {
    func attributes(_ lines: String...) throws -> [String] {
      let text = Sample.text(adding: lines)
      let configuration = try Configuration(Array(text.utf8), path: Sample.path)
      let group = try #require(configuration.groups.first)
      return MembersRequest(group: group, of: configuration).attributes.map(\.name)
    }
    let filter = "QUERYFILTER = userPrincipalName"
    #expect(try attributes(filter) == ["userPrincipalName"])
    #expect(try attributes(filter, "CONTACTS = yes") == ["userPrincipalName", "displayName"])
    #expect(
      try attributes("QUERYFILTER = mail,displayName", "CONTACTS = yes") == ["mail", "displayName"])
  }
}
