import Testing

@testable import EntraSync

@Suite struct AccountFilterTests {
  /// The ids of three people.
  static let ids = (1...3).compactMap { ObjectID("00000000-0000-4000-8000-00000000000\($0)") }

  static func member(_ number: Int, isEnabled: Bool?, userType: String?) -> Member {
    var member = Member(id: ids[number - 1], type: "user")
    member.account.isEnabled = isEnabled
    member.account.userType = userType.map(Member.UserType.init)
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
    let admission = filter.admission(
      of: Self.member(1, isEnabled: isEnabled, userType: type))
    #expect(admission == (isAdmitted ? .admitted : .leftOut))
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
    member.account.creation = creation.map(Member.Creation.init)
    for (userType, isAdmitted) in [
      ("internal", isInternal), ("member", type != "Guest"), ("all", true),
      ("guest", type == "Guest"),
    ] {
      let configuration = try Sample.configuration(adding: "USERTYPE = \(userType)")
      let filter = AccountFilter(configuration, excluded: [])
      #expect(
        filter.admission(of: member) == (isAdmitted ? .admitted : .leftOut), "\(userType)")
    }
  }

  @Test("A person whose sign-in name is not shown is left out and named by USERTYPE = internal")
  func namesUnknownName() throws {
    let filter = AccountFilter(
      try Sample.configuration(adding: "USERTYPE = internal"), excluded: [])
    #expect(
      filter.admission(of: Self.member(1, isEnabled: nil, userType: "Member"))
        == .unclear("has no userPrincipalName, which USERTYPE = internal needs"))
    #expect(filter.admission(of: Self.member(2, isEnabled: nil, userType: "Guest")) == .leftOut)
  }

  @Test("Members of an excluded group are left out, whatever else they are")
  func excludes() throws {
    let filter = AccountFilter(try Sample.configuration(), excluded: [Self.ids[0], Self.ids[2]])
    let admissions = [
      Self.member(1, isEnabled: true, userType: "Member"),
      Self.member(2, isEnabled: true, userType: "Member"),
      Self.member(3, isEnabled: nil, userType: nil),
    ].map { filter.admission(of: $0) }
    #expect(admissions == [.leftOut, .admitted, .leftOut])
  }

  @Test("A person whose accountEnabled is null is left out and named, unless USERTYPE decides")
  func namesUnknown() throws {
    let filter = AccountFilter(
      try Sample.configuration(adding: "ACCOUNTS = enabled", "USERTYPE = member"), excluded: [])
    #expect(
      filter.admission(of: Self.member(1, isEnabled: nil, userType: "Member"))
        == .unclear("has no accountEnabled, which ACCOUNTS = enabled needs"))
    #expect(filter.admission(of: Self.member(1, isEnabled: nil, userType: "Guest")) == .leftOut)
  }
}
