import Testing

@testable import EntraSync

@Suite struct PeoplePageTests {
  static let attributes = ["mail", "otherMails", "mobilePhone"].compactMap { Attribute(named: $0) }

  static func page(_ members: String) throws -> PeoplePage {
    let text = "{\"value\":[{\"id\":\"\(SmallTenant.anna)\"\(members)}]}"
    return try PeoplePage(try JSONValueTests.read(text), attributes: attributes)
  }

  @Test(
    "Only the requested attributes of a person are kept",
    arguments: [
      ("", []), (",\"mail\":null", []), (",\"mail\":\"A@B.fi\"", [("mail", "A@B.fi")]),
      (",\"otherMails\":[]", []), (",\"displayName\":\"Anna\",\"x\":{}", []),
      (
        ",\"otherMails\":[\"a@b.fi\",null,\"c@d.fi\"],\"mobilePhone\":\"040\"",
        [("otherMails", "a@b.fi"), ("otherMails", "c@d.fi"), ("mobilePhone", "040")]
      ),
    ] as [(String, [(String, String)])])
  func reads(members: String, values: [(String, String)]) throws {
    let page = try Self.page(members)
    #expect(page.people == [Sample.member(values, id: SmallTenant.anna)])
    #expect(page.nextLink == nil)
  }

  @Test(
    "An account property that is null is unknown",
    arguments: [
      (",\"accountEnabled\":true,\"userType\":\"Guest\"", true, .guest),
      (",\"accountEnabled\":false,\"userType\":null", false, nil),
      (",\"accountEnabled\":null", nil, nil), ("", nil, nil),
    ] as [(String, Bool?, Member.UserType?)])
  func readsAccount(members: String, isEnabled: Bool?, userType: Member.UserType?) throws {
    let account = try #require(try Self.page(members).people.first).account
    #expect(account.isEnabled == isEnabled)
    #expect(account.userType == userType)
  }

  @Test(
    "A person without an id, or with an attribute of the wrong type, is refused",
    arguments: [
      ("{\"value\":[{\"id\":\"\(SmallTenant.anna)\",\"mail\":1}]}", "no text in \"mail\""),
      ("{\"value\":[{\"id\":\"\(SmallTenant.anna)\",\"mail\":{}}]}", "no text in \"mail\""),
      ("{\"value\":[{\"id\":\"\(SmallTenant.anna)\",\"mail\":[1]}]}", "no text in \"mail\""),
      ("{\"value\":[{\"mail\":\"a@b.fi\"}]}", "a member without its id and type"),
      ("{\"value\":[{\"id\":\"me\",\"mail\":\"a@b.fi\"}]}", "a member whose id is no GUID"),
      ("{\"value\":[{\"id\":\"../groups\"}]}", "a member whose id is no GUID"),
      ("{\"value\":[null]}", "a member that is no object"),
      ("{\"value\":\"x\"}", "no array in \"value\""),
    ])
  func refuses(answer: String, what: String) throws {
    let document = try JSONValueTests.read(answer)
    #expect(throws: PeoplePage.unexpected(what)) {
      try PeoplePage(document, attributes: Self.attributes)
    }
  }
}
