import Testing

@testable import EntraSync

@Suite struct GrantedRolesTests {
  static func roles(_ claims: String) throws -> GrantedRoles? {
    GrantedRoles(try JSONValueTests.read(claims))
  }

  static func granted(_ roles: [String]) throws -> GrantedRoles {
    let list = roles.map(\.jsonString).joined(separator: ",")
    return try #require(try Self.roles("{\"aud\":\"x\",\"roles\":[\(list)]}"))
  }

  @Test(
    "A check names the missing permissions, and accepts broader ones instead",
    arguments: [
      (["GroupMember.Read.All", "User.Read.All"], []),
      (["User.Read.All"], ["GroupMember.Read.All"]),
      (["GroupMember.Read.All"], ["User.Read.All"]),
      ([], ["GroupMember.Read.All", "User.Read.All"]),
      (["Directory.Read.All"], []), (["Directory.ReadWrite.All"], []),
      (["Group.Read.All", "User.ReadWrite.All"], []),
      (["Group.ReadWrite.All"], ["User.Read.All"]),
      (["GroupMember.ReadWrite.All"], ["User.Read.All"]),
      (["User.ReadBasic.All", "GroupMember.Read.All"], ["User.Read.All"]),
      (["user.read.all", "Mail.Read"], ["GroupMember.Read.All", "User.Read.All"]),
    ])
  func names(roles: [String], missing: [String]) throws {
    let granted = try Self.granted(roles)
    #expect(granted.missing == missing)
    let step = granted.step(for: try Sample.configuration())
    #expect(step.outcome == (missing.isEmpty ? .passed : .doubtful))
    #expect(step.subject == .permissions)
  }

  @Test(
    "A check's step about permissions says what to do",
    arguments: [
      (
        [],
        "the token does not name GroupMember.Read.All and User.Read.All; give the application both "
          + "(type Application) with admin consent, and wait a few minutes"
      ),
      (
        ["User.Read.All"],
        "the token does not name GroupMember.Read.All; give the application it (type Application) "
          + "with admin consent, and wait a few minutes"
      ),
      (
        ["User.Read.All", "Group.Read.All"], "the application has Group.Read.All, User.Read.All"
      ),
    ])
  func tells(roles: [String], text: String) throws {
    #expect(try Self.granted(roles).step(for: try Sample.configuration()).text == text)
  }

  @Test("CONTACTS = yes needs the permission to read contacts")
  func needsContacts() throws {
    let granted = try Self.granted(["GroupMember.Read.All", "User.Read.All"])
    let with = try Sample.configuration(adding: "CONTACTS = yes")
    #expect(
      granted.step(for: with).text
        == "the token does not name OrgContact.Read.All; give the application it (type Application) "
        + "with admin consent, and wait a few minutes")
    #expect(granted.step(for: try Sample.configuration()).outcome == .passed)
    for role in ["OrgContact.Read.All", "Directory.Read.All"] {
      let granted = try Self.granted(["GroupMember.Read.All", "User.Read.All", role])
      #expect(granted.step(for: with).outcome == .passed)
    }
  }

  @Test(
    "A token without readable claims says nothing about permissions",
    arguments: ["null", "[]", "\"x\"", "{}", "{\"roles\":[\"User.Read.All\"]}"])
  func needsClaims(claims: String) throws {
    #expect(try Self.roles(claims) == nil)
    #expect(GrantedRoles(nil) == nil)
  }

  @Test(
    "Roles that are not a list of texts count as no permission",
    arguments: ["null", "\"User.Read.All\"", "{}", "[1,null,[\"User.Read.All\"]]"])
  func survivesOthers(roles: String) throws {
    #expect(try Self.roles("{\"aud\":\"x\",\"roles\":\(roles)}")?.roles == [])
  }

  @Test("A permission's name cannot forge a line of a check")
  func staysOnLine() throws {
    let step = try Self.granted(["Directory.Read.All", "x\nok"])
      .step(for: try Sample.configuration())
    #expect(step.text == "the application has Directory.Read.All, x\\u{a}ok")
  }
}
