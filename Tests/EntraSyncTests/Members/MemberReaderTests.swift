import Testing

@testable import EntraSync

/// The result of reading one object of a page, whichever answer the page is in.
enum PersonReading: Equatable, Sendable {
  /// A member, with the values that were read.
  case member(
    Bool, mail: [String] = [], phones: [String] = [], isEnabled: Bool? = nil,
    userType: Member.UserType? = nil)
  /// A refused page, with the reason.
  case refused(String)
}

/// Lists and lookups read a user object by the same rules.
///
/// Each case is one object, given as what follows its `id`. It is read as the page of a group's
/// members, and as the page of users that answers a lookup.
@Suite struct MemberReaderTests {
  static let id = SmallTenant.anna
  static let user = ",\"@odata.type\":\"#microsoft.graph.user\""
  static let attributes = ["mail", "businessPhones"].compactMap { Attribute(named: $0) }

  /// Reads a page of a group's members from events.
  static func list(_ page: String) throws -> [Member] {
    Array(try PageReader.read(page, attributes).members)
  }

  /// Reads a page of users from a document, as in the answer to a batch.
  static func lookup(_ page: String) throws -> [Member] {
    try PeoplePage(try JSONValueTests.read(page), attributes: attributes).people
  }

  /// The reason of a refusal, without the words that name the answer.
  static func reading(_ read: () throws -> [Member]) throws -> PersonReading {
    do {
      let member = try #require(try read().first)
      #expect(member.id == ObjectID(id))
      let (mail, phones) = (attributes[0], attributes[1])
      return .member(
        member.isUser, mail: member.values(of: mail), phones: member.values(of: phones),
        isEnabled: member.account.isEnabled, userType: member.account.userType)
    } catch let error as EntraSyncError {
      #expect(error.status == .server)
      let what = error.message.split(separator: " has ", maxSplits: 1).last ?? ""
      return .refused(String(what))
    }
  }

  static func expect(_ members: String, _ reading: PersonReading) throws {
    let page = "{\"value\":[{\(members)}]}"
    #expect(try Self.reading { try Self.list(page) } == reading, "in a list")
    #expect(try Self.reading { try Self.lookup(page) } == reading, "in a lookup")
  }

  @Test(
    "List and lookup refuse the same objects with repeated keys",
    arguments: [
      (",\"mail\":\"a@b.fi\",\"mail\":\"c@d.fi\"", "mail"),
      (",\"mail\":\"a@b.fi\",\"mail\":\"a@b.fi\"", "mail"),
      (",\"mail\":null,\"mail\":\"a@b.fi\"", "mail"),
      (",\"mail\":\"a@b.fi\",\"mail\":null", "mail"),
      (",\"mail\":\"a@b.fi\",\"mail\":[]", "mail"),
      (",\"mail\":\"a@b.fi\",\"\\u006dail\":\"c@d.fi\"", "mail"),
      (",\"businessPhones\":[],\"businessPhones\":[\"1\"]", "businessPhones"),
      (",\"id\":\"\(SmallTenant.bert)\"", "id"), (",\"id\":\"\(SmallTenant.anna)\"", "id"),
      (",\"\\u0069d\":\"\(SmallTenant.bert)\"", "id"), (",\"id\":null", "id"),
      (",\"@odata.type\":\"#microsoft.graph.group\"", "@odata.type"),
      (",\"@odata.type\":\"#microsoft.graph.user\"", "@odata.type"),
      (",\"accountEnabled\":false,\"accountEnabled\":true", "accountEnabled"),
      (",\"accountEnabled\":null,\"accountEnabled\":true", "accountEnabled"),
      (",\"userType\":\"Guest\",\"userType\":\"Member\"", "userType"),
      (",\"x\":1,\"x\":2", "x"), (",\"\":1,\"\":2", ""),
      (",\"x\":{\"y\":1,\"y\":2}", "y"), (",\"x\":[{\"z\":[{\"y\":1,\"y\":2}]}]", "y"),
      // Two spellings of é that Unicode calls equal.
      (",\"\\u00e9\":1,\"e\\u0301\":2", "e\u{301}"),
    ])
  func refusesRepeatedKeys(members: String, key: String) throws {
    try Self.expect(
      "\"id\":\"\(Self.id)\"\(Self.user)\(members)", .refused("two values of \(key.quoted())"))
  }

  @Test(
    "List and lookup admit a key that other objects have too",
    arguments: [
      ",\"x\":{\"id\":\"1\",\"mail\":\"no@b.fi\",\"@odata.type\":\"y\"}",
      ",\"x\":{\"y\":{\"y\":1}},\"y\":{\"x\":[{\"y\":1},{\"y\":1}]}", ",\"ID\":1,\"Mail\":2",
    ])
  func admitsKeysOfOtherObjects(members: String) throws {
    try Self.expect(
      "\"id\":\"\(Self.id)\"\(Self.user)\(members),\"mail\":\"a@b.fi\"",
      .member(true, mail: ["a@b.fi"]))
  }

  @Test(
    "List and lookup read the same id, in any case, and refuse an id that is not a GUID",
    arguments: [
      ("\"id\":\"\(SmallTenant.anna)\"", .member(true)),
      ("\"id\":\"\(SmallTenant.anna.uppercased())\"", .member(true)),
      ("\"\\u0069d\":\"\(SmallTenant.anna)\"", .member(true)),
      ("\"x\":1", .refused("a member without its id and type")),
      ("\"ID\":\"\(SmallTenant.anna)\"", .refused("a member without its id and type")),
      ("\"id\":null", .refused("a member without its id and type")),
      ("\"id\":7", .refused("a member without its id and type")),
      ("\"id\":true", .refused("a member without its id and type")),
      ("\"id\":[\"\(SmallTenant.anna)\"]", .refused("a member without its id and type")),
      ("\"id\":{\"id\":\"\(SmallTenant.anna)\"}", .refused("a member without its id and type")),
      ("\"id\":\"\"", .refused("a member whose id is no GUID")),
      ("\"id\":\"1\"", .refused("a member whose id is no GUID")),
      ("\"id\":\"me\"", .refused("a member whose id is no GUID")),
      ("\"id\":\"../groups\"", .refused("a member whose id is no GUID")),
      ("\"id\":\"{\(SmallTenant.anna)}\"", .refused("a member whose id is no GUID")),
      ("\"id\":\" \(SmallTenant.anna)\"", .refused("a member whose id is no GUID")),
    ] as [(String, PersonReading)])
  func readsID(members: String, reading: PersonReading) throws {
    try Self.expect("\(members)\(Self.user)", reading)
  }

  @Test(
    "List and lookup agree which types are people",
    arguments: [
      ("\"#microsoft.graph.user\"", .member(true)),
      ("\"#microsoft.graph.agentUser\"", .member(true)),
      ("\"user\"", .member(true)),
      ("\"#microsoft.graph.group\"", .member(false)),
      ("\"#microsoft.graph.device\"", .member(false)),
      ("\"#microsoft.graph.orgContact\"", .member(false)),
      ("\"#microsoft.graph.servicePrincipal\"", .member(false)),
      ("\"#microsoft.graph.User\"", .member(false)), ("\"#evil.user\"", .member(false)),
      ("\"#microsoft.graph.superuser\"", .member(false)),
      ("\"\"", .refused("a member without its id and type")),
      ("\"#microsoft.graph.\"", .refused("a member without its id and type")),
      ("null", .refused("a member without its id and type")),
      ("1", .refused("a member without its id and type")),
      ("[\"#microsoft.graph.user\"]", .refused("a member without its id and type")),
    ] as [(String, PersonReading)])
  func readsType(type: String, reading: PersonReading) throws {
    try Self.expect("\"id\":\"\(Self.id)\",\"@odata.type\":\(type)", reading)
    try Self.expect("\"@odata.type\":\(type),\"id\":\"\(Self.id)\"", reading)
  }

  /// A group's members are objects of any type, and Graph names the type of each. `/users` gives
  /// only users, and names only a derived type.
  @Test("An object without a type is refused in a list, and is a user in a lookup")
  func readsUntyped() throws {
    let page = "{\"value\":[{\"id\":\"\(Self.id)\"}]}"
    #expect(
      try Self.reading { try Self.list(page) } == .refused("a member without its id and type"))
    #expect(try Self.reading { try Self.lookup(page) } == .member(true))
  }

  @Test(
    "List and lookup read the same values of attributes",
    arguments: [
      ("", .member(true)), (",\"mail\":null", .member(true)),
      (",\"businessPhones\":null", .member(true)), (",\"businessPhones\":[]", .member(true)),
      (",\"mail\":\"\"", .member(true, mail: [""])),
      (",\"\\u006dail\":\"A@B.fi\"", .member(true, mail: ["A@B.fi"])),
      (",\"Mail\":\"a@b.fi\"", .member(true)),
      (",\"businessPhones\":[\"1\",null,\"2\"]", .member(true, phones: ["1", "2"])),
      (",\"mail\":[\"a@b.fi\",\"c@d.fi\"]", .refused("no text in \"mail\"")),
      (",\"mail\":[\"a@b.fi\"]", .refused("no text in \"mail\"")),
      (",\"mail\":[]", .refused("no text in \"mail\"")),
      (",\"businessPhones\":\"1\"", .refused("no array in \"businessPhones\"")),
      (",\"businessPhones\":\"\"", .refused("no array in \"businessPhones\"")),
      (",\"businessPhones\":1", .refused("no array in \"businessPhones\"")),
      (",\"businessPhones\":{}", .refused("no array in \"businessPhones\"")),
      (",\"mail\":1", .refused("no text in \"mail\"")),
      (",\"mail\":true", .refused("no text in \"mail\"")),
      (",\"mail\":{}", .refused("no text in \"mail\"")),
      (",\"businessPhones\":[1]", .refused("no text in \"businessPhones\"")),
      (",\"businessPhones\":[\"1\",true]", .refused("no text in \"businessPhones\"")),
      (",\"businessPhones\":[[\"1\"]]", .refused("no text in \"businessPhones\"")),
      (",\"businessPhones\":[{}]", .refused("no text in \"businessPhones\"")),
      (",\"mail\":\"\\u00e5@b.fi\"", .member(true, mail: ["\u{E5}@b.fi"])),
      (",\"mail\":\"a\\u030a@b.fi\"", .member(true, mail: ["a\u{30A}@b.fi"])),
    ] as [(String, PersonReading)])
  func readsValues(members: String, reading: PersonReading) throws {
    try Self.expect("\"id\":\"\(Self.id)\"\(Self.user)\(members)", reading)
  }

  /// Keys beside `value` that could be a link to more members.
  static let links = [
    "@odata.nextlink", "@odata.NextLink", "@ODATA.NEXTLINK", "@oData.nextLink", "odata.nextLink",
    "@nextLink", "nextLink", "nextlink", "NextLink", "value@odata.nextLink", "value@nextLink",
    "@odata.next", "@odata.next_link", "__next", "next", "nextPageLink", "$skiptoken", "skipToken",
    "@odata.deltaLink", "@deltaLink", "link", " @odata.nextLink", "@odata.nextLin\u{212A}",
  ]

  @Test("List and lookup refuse a page with another key that could be a link", arguments: links)
  func refusesOtherLinks(key: String) throws {
    for value in ["\"https://g/n\"", "null", "\"\"", "{}", "[\"https://g/n\"]", "7"] {
      for page in [
        "{\"\(key)\":\(value),\"value\":[]}", "{\"value\":[],\"\(key)\":\(value)}",
        "{\"@odata.nextLink\":\"https://g/1\",\"\(key)\":\(value),\"value\":[]}",
      ] {
        let reading = PersonReading.refused("\(key.quoted()), which could be a nextLink")
        #expect(try Self.reading { try Self.list(page) } == reading, "in a list")
        #expect(try Self.reading { try Self.lookup(page) } == reading, "in a lookup")
      }
    }
  }

  @Test(
    "List and lookup pass over keys that are no link",
    arguments: [
      "\"@odata.context\":\"https://g/v1.0/$metadata#users\"", "\"@odata.count\":7",
      "\"@microsoft.graph.tips\":\"x\"", "\"x\":{\"@odata.nextlink\":\"https://g/n\"}",
      "\"x\":[{\"@nextLink\":1}]",
    ])
  func passesOverOtherKeys(member: String) throws {
    let page = "{\(member),\"value\":[{\"id\":\"\(Self.id)\"\(Self.user)}]}"
    #expect(try Self.reading { try Self.list(page) } == .member(true), "in a list")
    #expect(try Self.reading { try Self.lookup(page) } == .member(true), "in a lookup")
  }

  static let ownAttributes = [
    "mail", "extensionAttribute3", "extensionAttribute1",
    "extension_0123456789abcdef0123456789abcdef_smsNumber",
  ].compactMap { Attribute(named: $0) }

  @Test(
    "List and lookup read the attributes of Exchange and directory extensions",
    arguments: [
      (",\"onPremisesExtensionAttributes\":null", [[], [], []]),
      (",\"onPremisesExtensionAttributes\":{}", [[], [], []]),
      (
        ",\"onPremisesExtensionAttributes\":{\"extensionAttribute1\":\"a\","
          + "\"extensionAttribute2\":\"b\",\"extensionAttribute3\":\"040\"}", [["040"], ["a"], []]
      ),
      (
        ",\"onPremisesExtensionAttributes\":{\"extensionAttribute3\":null,\"mail\":\"no@b.fi\"}",
        [[], [], []]
      ),
      // The attribute stands in the object and nowhere else.
      (",\"extensionAttribute3\":\"040\"", [[], [], []]),
      (
        ",\"extension_0123456789abcdef0123456789abcdef_smsNumber\":\"041\"", [[], [], ["041"]]
      ),
    ])
  func readsOwnAttributes(members: String, expected: [[String]]) throws {
    let page = "{\"value\":[{\"id\":\"\(Self.id)\"\(Self.user)\(members),\"mail\":\"a@b.fi\"}]}"
    let reader = try PageReader.read(page, Self.ownAttributes)
    let people = try PeoplePage(
      try JSONValueTests.read(page), attributes: Self.ownAttributes
    ).people
    for member in [try #require(reader.members.first), try #require(people.first)] {
      #expect(Self.ownAttributes.map { member.values(of: $0) } == [["a@b.fi"]] + expected)
    }
  }

  @Test(
    "List and lookup refuse attributes of Exchange of the wrong form",
    arguments: [
      ("[]", "no object in \"onPremisesExtensionAttributes\""),
      ("\"x\"", "no object in \"onPremisesExtensionAttributes\""),
      ("{\"extensionAttribute3\":3}", "no text in \"extensionAttribute3\""),
      ("{\"extensionAttribute3\":[\"040\"]}", "no text in \"extensionAttribute3\""),
      (
        "{\"extensionAttribute3\":\"1\",\"extensionAttribute3\":\"2\"}",
        "two values of \"extensionAttribute3\""
      ),
    ])
  func refusesOwnAttributes(value: String, what: String) throws {
    #expect(throws: PageReaderTests.refusal(of: what)) {
      try PageReader.read(
        "{\"value\":[{\"id\":\"\(Self.id)\"\(Self.user),"
          + "\"onPremisesExtensionAttributes\":\(value)}]}", Self.ownAttributes)
    }
  }

  /// Reads the telephone numbers of an object of a type.
  static func phones(_ type: String, _ value: String) throws -> [[String]] {
    let names = ["mobilePhone", "businessPhones", "faxNumber"].compactMap { Attribute(named: $0) }
    let reader = try PageReader.read(
      "{\"value\":[{\"phones\":\(value),\"id\":\"\(id)\","
        + "\"@odata.type\":\"#microsoft.graph.\(type)\"}]}", names)
    let member = try #require(reader.members.first)
    return names.map { member.values(of: $0) }
  }

  @Test("The telephone numbers of a contact take their places by their types")
  func readsContactPhones() throws {
    let phones =
      "[{\"type\":\"business\",\"number\":\"09 1\",\"x\":null},{\"number\":\"040 1\","
      + "\"type\":\"mobile\"},{\"number\":null,\"type\":\"businessFax\"},"
      + "{\"number\":\"1\",\"type\":\"pager\"},{\"number\":\"2\"}]"
    #expect(try Self.phones("orgContact", phones) == [["040 1"], ["09 1"], []])
    #expect(try Self.phones("user", phones) == [[], [], []])
    #expect(try Self.phones("orgContact", "[]") == [[], [], []])
    #expect(try Self.phones("orgContact", "null") == [[], [], []])
    for value in ["{}", "\"040\"", "[1]", "[[]]", "[{\"number\":1}]", "[{\"type\":[]}]"] {
      #expect(throws: EntraSyncError.self, "\(value)") { try Self.phones("orgContact", value) }
    }
  }

  @Test("List and lookup keep the bytes of a value, whatever Unicode calls equal")
  func keepsBytes() throws {
    let page = "{\"value\":[{\"id\":\"\(Self.id)\"\(Self.user),\"mail\":\"a\\u030a@b.fi\"}]}"
    for members in [try Self.list(page), try Self.lookup(page)] {
      let mail = try #require(members.first?.values(of: Self.attributes[0]).first)
      #expect(Array(mail.utf8) == Array("a\u{30A}@b.fi".utf8))
    }
  }

  @Test("A user with nothing unusual is read the short way, and each other member the long way")
  func takesShortWay() throws {
    func isShort(_ member: String, _ names: [String]) throws -> Bool {
      let attributes = names.compactMap { Attribute(named: $0) }
      return try TapeWriter.withTape(of: JSONText.steps(of: "{\(member)}")) { tape in
        var reader = MemberReader(attributes: attributes, impliedType: nil)
        var cursor = JSONCursor(tape)
        _ = try cursor.next()
        guard let record = reader.read(&cursor) else { return false }
        #expect(record.id == ObjectID(Self.id))
        #expect(try cursor.next() == nil, "the whole object is read")
        return true
      }
    }
    let start = "\"id\":\"\(Self.id)\"\(Self.user)"
    let value = { "\"\(String(repeating: "a", count: $0))\"" }
    for names in [["mail", "businessPhones"], ["mail", "id", "businessPhones"], []] {
      #expect(try isShort(start, names))
      #expect(try isShort(start + ",\"accountEnabled\":true,\"userType\":\"Guest\"", names))
      #expect(try isShort(start + ",\"creationType\":null", names))
      for long in ["userType", "creationType"] {
        #expect(try isShort(start + ",\"\(long)\":\(value(1024))", names))
        #expect(try !isShort(start + ",\"\(long)\":\(value(1025))", names))
      }
      #expect(try isShort(start + ",\"mail\":\(value(1024))", names) == !names.isEmpty)
      for other in [
        "\"x\":1", "\"accountEnabled\":1", "\"userType\":2", "\"mail\":\(value(1025))",
        "\"mail\":[]", "\"businessPhones\":\"1\"", "\"error\":{}", "\"\\u0000id\":\"1\"",
        "\"id\":\"\(Self.id)\"", "\"Mail\":\"a@b.fi\"", "\"mails\":\"a@b.fi\"",
      ] {
        #expect(try !isShort(start + "," + other, names), "\(other)")
      }
    }
    #expect(try isShort(start + ",\"businessPhones\":[\"1\",null]", ["businessPhones"]))
    #expect(try !isShort(start + ",\"businessPhones\":[[]]", ["businessPhones"]))
    #expect(try !isShort("\"id\":\"1\"\(Self.user)", []))
    #expect(try !isShort("\"id\":\"\(Self.id)\",\"@odata.type\":\"#microsoft.graph.group\"", []))
    #expect(try !isShort("\"id\":\"\(Self.id)\"", []))
  }

  static let neither = "neither true nor false in \"accountEnabled\""

  @Test(
    "List and lookup refuse a member one of whose lists goes on elsewhere",
    arguments: [
      "businessPhones@odata.nextLink", "proxyAddresses@odata.nextLink", "x@nextLink",
      "businessPhones@ODATA.NEXTLINK",
    ])
  func refusesContinuedValues(key: String) throws {
    try Self.expect(
      "\"id\":\"\(Self.id)\"\(Self.user),\"\(key)\":\"https://g/n\"",
      .refused("\(key.quoted()), a link to more values of a member"))
  }

  @Test(
    "List and lookup read the same properties of an account",
    arguments: [
      (
        ",\"accountEnabled\":true,\"userType\":\"Guest\"",
        .member(true, isEnabled: true, userType: .guest)
      ),
      (",\"accountEnabled\":false,\"userType\":null", .member(true, isEnabled: false)),
      (",\"accountEnabled\":null", .member(true)),
      (",\"accountEnabled\":\"true\"", .refused(neither)),
      (",\"accountEnabled\":1", .refused(neither)), (",\"accountEnabled\":{}", .refused(neither)),
      (",\"accountEnabled\":[true]", .refused(neither)),
      (",\"userType\":1", .refused("no text in \"userType\"")),
      (",\"userType\":[\"Member\"]", .refused("no text in \"userType\"")),
      (",\"userType\":{\"userType\":\"Guest\"}", .refused("no text in \"userType\"")),
    ] as [(String, PersonReading)])
  func readsAccount(members: String, reading: PersonReading) throws {
    try Self.expect("\"id\":\"\(Self.id)\"\(Self.user)\(members)", reading)
  }

  @Test(
    "List and lookup refuse an object with an error in it",
    arguments: [",\"error\":{\"code\":\"x\"}", ",\"error\":null", ",\"error\":[]"])
  func refusesError(members: String) throws {
    try Self.expect(
      "\"id\":\"\(Self.id)\"\(Self.user)\(members)",
      .refused("an error in the middle of the page"))
  }

  @Test("List and lookup ignore unrequested values, however deeply nested")
  func passesOverUnknown() throws {
    let deep = String(repeating: "[{\"a\":", count: 20) + "1" + String(repeating: "}]", count: 20)
    try Self.expect(
      "\"x\":\(deep),\"id\":\"\(Self.id)\"\(Self.user),\"y\":\(deep),\"mail\":\"a@b.fi\","
        + "\"n\":1.5e3,\"t\":true,\"z\":null",
      .member(true, mail: ["a@b.fi"]))
  }

  @Test(
    "List and lookup refuse the same malformed pages",
    arguments: [
      ("[]", "no object"), ("null", "no object"), ("\"x\"", "no object"), ("1", "no object"),
      ("{\"value\":{}}", "no array in \"value\""), ("{\"value\":null}", "no array in \"value\""),
      ("{\"value\":\"x\"}", "no array in \"value\""),
      ("{\"value\":[],\"value\":[]}", "two values of \"value\""),
      ("{\"value\":[],\"x\":1,\"x\":1}", "two values of \"x\""),
      ("{\"value\":[],\"x\":[{\"y\":1,\"y\":1}]}", "two values of \"y\""),
      ("{\"value\":[null]}", "a member that is no object"),
      ("{\"value\":[\"a@b.fi\"]}", "a member that is no object"),
      ("{\"value\":[[]]}", "a member that is no object"),
      (
        "{\"@odata.nextLink\":\"a\",\"@odata.nextLink\":\"b\",\"value\":[]}",
        "two values of \"@odata.nextLink\""
      ),
      (
        "{\"@odata.nextLink\":null,\"@odata.nextLink\":\"b\",\"value\":[]}",
        "two values of \"@odata.nextLink\""
      ),
      ("{\"@odata.nextLink\":5,\"value\":[]}", "a nextLink that is no text"),
      ("{\"@odata.nextLink\":{},\"value\":[]}", "a nextLink that is no text"),
      ("{\"@odata.nextLink\":[\"https://g/n\"],\"value\":[]}", "a nextLink that is no text"),
      ("{\"@odata.nextLink\":\"\",\"value\":[]}", "an empty nextLink"),
      ("{\"value\":[],\"error\":null}", "an error in the middle of the page"),
      ("{\"value\":[],\"error\":{\"code\":\"x\"}}", "an error in the middle of the page"),
    ])
  func refusesPage(page: String, what: String) throws {
    #expect(try Self.reading { try Self.list(page) } == .refused(what), "in a list")
    #expect(try Self.reading { try Self.lookup(page) } == .refused(what), "in a lookup")
  }
}
