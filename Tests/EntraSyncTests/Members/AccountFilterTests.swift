import Testing

@testable import EntraSync

@Suite struct AccountFilterTests {
  /// The ids of three people.
  static let ids = (1...3).compactMap { ObjectID("00000000-0000-4000-8000-00000000000\($0)") }

  static func member(_ number: Int, isEnabled: Bool?, userType: String?) -> Member {
    var member = Member(id: ids[number - 1], type: "user")
    member.account.isEnabled = isEnabled
    member.account.userType = userType
    return member
  }

  @Test(
    "People are admitted as ACCOUNTS and USERTYPE say",
    arguments: [
      ("all", "all", nil, nil, true), ("all", "all", false, "Guest", true),
      ("enabled", "all", true, nil, true), ("enabled", "all", false, nil, false),
      ("all", "member", nil, "Member", true), ("all", "member", nil, nil, true),
      ("all", "member", nil, "Guest", false), ("all", "member", nil, "guest", false),
      ("all", "guest", nil, "Guest", true), ("all", "guest", nil, "Member", false),
      ("all", "guest", nil, nil, false), ("enabled", "guest", true, "Guest", true),
      ("enabled", "guest", false, "Guest", false), ("enabled", "member", true, "Guest", false),
    ] as [(String, String, Bool?, String?, Bool)])
  func admits(
    accounts: String, userType: String, isEnabled: Bool?, type: String?, isAdmitted: Bool
  ) throws {
    let configuration = try Sample.configuration(
      adding: "ACCOUNTS = \(accounts)", "USERTYPE = \(userType)")
    let filter = AccountFilter(configuration, excluded: [])
    #expect(try filter.admits(Self.member(1, isEnabled: isEnabled, userType: type)) == isAdmitted)
  }

  @Test(
    "USERTYPE = member takes members of another tenant, and USERTYPE = internal leaves them out",
    arguments: [
      ("own@example.com", nil, "Member", true), ("own@example.com", nil, nil, true),
      ("own@example.com", "LocalAccount", "Member", true),
      ("own@example.com", "EmailVerified", "Member", true),
      ("own@example.com", nil, "Guest", false),
      ("bob_partner.com#EXT#@example.onmicrosoft.com", nil, "Member", false),
      ("bob_partner.com#ext#@example.onmicrosoft.com", nil, nil, false),
      ("bob_partner.com#EXT#", "Invitation", "Member", false),
      // The sign-in name of an external account can be changed.
      ("bob@example.com", "Invitation", "Member", false),
      ("bob@example.com", "SelfServiceSignUp", "Member", false),
      ("ext@example.com", nil, "Member", true), ("a#extra#@example.com", nil, "Member", true),
    ] as [(String, String?, String?, Bool)])
  func admitsInternal(
    name: String, creation: String?, type: String?, isInternal: Bool
  ) throws {
    var member = Self.member(1, isEnabled: nil, userType: type)
    member.append(name, to: .signInName)
    member.account.creationType = creation
    for (userType, isAdmitted) in [
      ("internal", isInternal), ("member", type != "Guest"), ("all", true),
      ("guest", type == "Guest"),
    ] {
      let configuration = try Sample.configuration(adding: "USERTYPE = \(userType)")
      let filter = AccountFilter(configuration, excluded: [])
      #expect(try filter.admits(member) == isAdmitted, "\(userType)")
    }
  }

  @Test("USERTYPE = internal fails for a member whose sign-in name is not shown")
  func refusesUnknownName() throws {
    let filter = AccountFilter(try Sample.configuration(adding: "USERTYPE = internal"), excluded: [])
    #expect(
      throws: EntraSyncError(
        .permission,
        "Graph does not show userPrincipalName, which USERTYPE = internal needs; give the "
          + "application User.Read.All (type Application) with admin consent")
    ) { try filter.admits(Self.member(1, isEnabled: nil, userType: "Member")) }
    #expect(try !filter.admits(Self.member(2, isEnabled: nil, userType: "Guest")))
  }

  @Test("Members of an excluded group are left out, whatever else they are")
  func excludes() throws {
    let filter = AccountFilter(try Sample.configuration(), excluded: [Self.ids[0], Self.ids[2]])
    #expect(try !filter.admits(Self.member(1, isEnabled: true, userType: "Member")))
    #expect(try filter.admits(Self.member(2, isEnabled: true, userType: "Member")))
    #expect(try !filter.admits(Self.member(3, isEnabled: nil, userType: nil)))
  }

  @Test("An account that Graph does not show is a missing permission, not a disabled account")
  func refusesUnknown() throws {
    let filter = AccountFilter(try Sample.configuration(adding: "ACCOUNTS = enabled"), excluded: [])
    #expect(
      throws: EntraSyncError(
        .permission,
        "Graph does not show accountEnabled, which ACCOUNTS = enabled needs; give the application "
          + "User.Read.All (type Application) with admin consent")
    ) { try filter.admits(Self.member(1, isEnabled: nil, userType: nil)) }
  }
}
