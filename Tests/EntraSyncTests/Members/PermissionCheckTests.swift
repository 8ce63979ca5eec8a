import Testing

@testable import EntraSync

@Suite struct PermissionCheckTests {
  /// Checks people against a filter whose fields a line all needs.
  @discardableResult
  static func check(
    _ filter: String, _ people: [[(String, String)]], userTypes: [String?] = [],
    areEnabled: [Bool?] = [], adding lines: [String] = [], roles: GrantedRoles? = nil
  ) throws -> [String] {
    let text = Sample.text(adding: ["QUERYFILTER = \(filter)"] + lines)
    let configuration = try Configuration(Array(text.utf8), path: Sample.path)
    var check = PermissionCheck(configuration.queryFilter.fields, of: configuration)
    for (index, values) in people.enumerated() {
      var member = Sample.member(values)
      member.account.userType =
        userTypes.indices.contains(index) ? userTypes[index].map(Member.UserType.init) : nil
      member.account.isEnabled = areEnabled.indices.contains(index) ? areEnabled[index] : nil
      check.note(member)
    }
    return try check.finish(roles: roles)
  }

  static func refusal(_ name: String, _ people: Int) -> EntraSyncError {
    EntraSyncError(
      .permission,
      "Graph shows no \(name) for any of the \(people) people, so the application most likely lacks a "
        + "permission; give it User.Read.All (type Application), and Member.Read.Hidden where the "
        + "group hides its members, with admin consent")
  }

  static let mail = [("mail", "a@b.fi")]

  @Test("A group without people needs no permission")
  func acceptsNobody() throws {
    try Self.check("mail,mobilePhone", [], adding: ["USERTYPE = guest"])
  }

  @Test("One address is enough to show that addresses can be read")
  func acceptsOneAddress() throws {
    try Self.check("mail", [[], [], Self.mail, []])
    try Self.check("mail", [[("mail", "not an address")]])
    try Self.check("mail|userPrincipalName", [[("userPrincipalName", "a@b.fi")]])
  }

  @Test("People without any address mean a missing permission, which the message names")
  func refusesNoAddress() {
    #expect(throws: Self.refusal("mail", 3)) { try Self.check("mail", [[], [], []]) }
    #expect(throws: Self.refusal("mail|otherMails", 1)) {
      try Self.check("mail|otherMails,mobilePhone", [[("mobilePhone", "040123456")]])
    }
  }

  @Test(
    "Many people without a telephone number mean a missing permission, a few do not",
    arguments: [1, 9, 10, 500])
  func weighsMissingPhones(count: Int) throws {
    let people = Array(repeating: Self.mail, count: count)
    if count < PermissionCheck.fewPeople {
      try Self.check("mail,mobilePhone", people)
    } else {
      #expect(throws: Self.refusal("mobilePhone", count)) {
        try Self.check("mail,mobilePhone", people)
      }
    }
    try Self.check("mail,mobilePhone", people + [[("mobilePhone", "x")]])
  }

  @Test("A field that no line needs may be missing from everybody")
  func ignoresUnneeded() throws {
    let configuration = try Sample.configuration(adding: "QUERYFILTER = mail,mobilePhone")
    var check = PermissionCheck([], of: configuration)
    for _ in 0..<20 { check.note(Sample.member(Self.mail)) }
    #expect(try check.finish(roles: nil) == [])
  }

  @Test("An address is expected of somebody even where no line needs it")
  func expectsAddress() throws {
    let configuration = try Sample.configuration(adding: "QUERYFILTER = mail,mobilePhone")
    let phone = configuration.queryFilter.fields.filter { $0.description == "mobilePhone" }
    #expect(phone.count == 1)
    var check = PermissionCheck(phone, of: configuration)
    for _ in 0..<2 { check.note(Sample.member([("mobilePhone", "040123456")])) }
    #expect(throws: Self.refusal("mail", 2)) { try check.finish(roles: nil) }
  }

  @Test("USERTYPE needs the type of at least one person")
  func refusesNoUserType() throws {
    let lines = ["USERTYPE = member"]
    #expect(throws: Self.refusal("userType", 2)) {
      try Self.check("mail", [Self.mail, Self.mail], adding: lines)
    }
    try Self.check("mail", [Self.mail, Self.mail], userTypes: [nil, "Guest"], adding: lines)
    try Self.check("mail", [Self.mail, Self.mail])
  }

  @Test("ACCOUNTS = enabled needs accountEnabled of at least one person")
  func refusesNoAccounts() throws {
    let lines = ["ACCOUNTS = enabled"]
    let people = [Self.mail, Self.mail]
    #expect(throws: Self.refusal("accountEnabled", 2)) {
      try Self.check("mail", people, adding: lines)
    }
    #expect(try Self.check("mail", people, areEnabled: [nil, false], adding: lines) == [])
  }

  /// A token with some permissions.
  static func roles(_ roles: String...) -> GrantedRoles? {
    GrantedRoles(.object(["aud": .string("x"), "roles": .array(roles.map { .string($0) })]))
  }

  @Test(
    "A permission that the token names is not missing: then nobody has a value",
    arguments: ["User.Read.All", "Directory.Read.All", "User.ReadWrite.All"])
  func believesRoles(role: String) throws {
    let people = Array(repeating: Self.mail, count: 12)
    let warnings = try Self.check("mail,mobilePhone", people, roles: Self.roles(role))
    #expect(
      warnings == [
        "none of the 12 people in the groups has a value of mobilePhone; fill it in for them in "
          + "Entra ID, or change QUERYFILTER"
      ])
    #expect(throws: Self.refusal("mobilePhone", 12)) {
      try Self.check("mail,mobilePhone", people, roles: Self.roles("GroupMember.Read.All"))
    }
    #expect(throws: Self.refusal("mobilePhone", 12)) {
      try Self.check("mail,mobilePhone", people, roles: Self.roles())
    }
  }
}
