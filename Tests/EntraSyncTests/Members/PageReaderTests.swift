import Testing

@testable import EntraSync

@Suite struct PageReaderTests {
  /// The object id of the person with this number.
  static func id(_ number: Int) -> String { MembershipQuestionTests.id(number) }

  static func reader(_ names: String...) -> PageReader {
    PageReader(attributes: names.compactMap { Attribute(named: $0) })
  }

  static func read(_ text: String, _ names: [String] = ["mail", "mobilePhone"]) throws -> PageReader
  {
    try PageReader.read(text, names.compactMap { Attribute(named: $0) })
  }

  static func values(_ reader: PageReader, _ name: String) throws -> [[String]] {
    let attribute = try #require(Attribute(named: name))
    return reader.members.map { $0.values(of: attribute) }
  }

  static func refusal(of what: String) -> EntraSyncError {
    EntraSyncError(
      .server,
      "Graph's answer is not a page of members: it has \(what)")
  }

  @Test(
    "The keys of a page may come in any order",
    arguments: [
      "{\"@odata.context\":\"c\",\"@odata.nextLink\":\"https://g/n\",\"value\":[{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"\(Self.id(1))\",\"mail\":\"a@b.fi\"}]}",
      "{\"value\":[{\"@odata.type\":\"#microsoft.graph.user\",\"mail\":\"a@b.fi\",\"id\":\"\(Self.id(1))\"}],\"@odata.nextLink\":\"https://g/n\"}",
      "{\"@odata.count\":7,\"value\":[{\"@odata.type\":\"#microsoft.graph.user\",\"mail\":\"a@b.fi\",\"x\":[{\"y\":[]}],\"id\":\"\(Self.id(1))\"}],"
        + "\"x\":{\"value\":[1],\"error\":2,\"@odata.nextLink\":3},\"@odata.nextLink\":\"https:\\/\\/g\\/n\"}",
    ])
  func readsAnyOrder(text: String) throws {
    let reader = try Self.read(text)
    #expect(reader.nextLink == "https://g/n")
    #expect(reader.members.map(\.id.text) == [Self.id(1)])
    #expect(try Self.values(reader, "mail") == [["a@b.fi"]])
  }

  @Test("A page without members is accepted")
  func readsEmptyPage() throws {
    #expect(try Self.read("{\"value\":[]}").members.isEmpty)
    #expect(try Self.read("{\"value\":[]}").nextLink == nil)
    let reader = try Self.read("{\"@odata.nextLink\":\"https://g/n\",\"value\":[]}")
    #expect(reader.nextLink == "https://g/n")
    #expect(try Self.read("{\"@odata.nextLink\":null,\"value\":[]}").nextLink == nil)
  }

  @Test("A page with a second array of members is refused, whatever came before it")
  func refusesSecondArray() {
    #expect(throws: Self.refusal(of: "two values of \"value\"")) {
      try Self.reader("mail").receive([
        .beginObject, .key("value"), .beginArray, .endArray, .beginArray,
      ])
    }
  }

  @Test("A page link is known before the page has ended")
  func tellsNextLinkEarly() throws {
    let reader = Self.reader("mail")
    let steps = JSONText.steps(
      of:
        "{\"@odata.nextLink\":\"https://g/n\",\"value\":[{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"\(Self.id(1))\"}]}"
    )
    try reader.receive(Array(steps.prefix(3)))
    #expect(reader.nextLink == "https://g/n")
    #expect(throws: EntraSyncError.self) { try reader.finish() }
  }

  @Test("Unrequested values of a page are ignored, however deeply nested")
  func passesOverUnknown() throws {
    let deep = String(repeating: "[{\"a\":", count: 30) + "1" + String(repeating: "}]", count: 30)
    let reader = try Self.read(
      "{\"x\":\(deep),\"value\":[{\"@odata.type\":\"#microsoft.graph.user\",\"y\":\(deep),\"id\":\"\(Self.id(1))\",\"z\":{\"mail\":\"no@x.fi\",\"id\":\"\(Self.id(9))\"},"
        + "\"displayName\":\"Anna\",\"mail\":\"a@b.fi\",\"n\":1.5e3,\"t\":true}]}")
    #expect(reader.members.map(\.id.text) == [Self.id(1)])
    #expect(try Self.values(reader, "mail") == [["a@b.fi"]])
    #expect(try Self.values(reader, "displayName") == [[]])
  }

  @Test("A null or missing attribute has no values, and an array has several")
  func readsValues() throws {
    let reader = try Self.read(
      "{\"value\":[{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"\(Self.id(1))\",\"mail\":null},{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"\(Self.id(2))\"},"
        + "{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"\(Self.id(3))\",\"mail\":\"\",\"businessPhones\":[\"1\",null,\"2\"]},"
        + "{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"\(Self.id(4))\",\"businessPhones\":[]}]}",
      ["mail", "businessPhones"])
    #expect(try Self.values(reader, "mail") == [[], [], [""], []])
    #expect(try Self.values(reader, "businessPhones") == [[], [], ["1", "2"], []])
  }

  @Test("Escapes and all scripts are read as text")
  func readsEscapes() throws {
    let reader = try Self.read(
      "{\"value\":[{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"\(Self.id(1))\",\"mail\":\"\\u00e5sa\\u0000\\n\\\"\\\\\\/\\ud83d\\ude42@b.fi\"}]}"
    )
    #expect(try Self.values(reader, "mail") == [["åsa\u{0}\n\"\\/🙂@b.fi"]])
  }

  @Test("A page reader distinguishes members of every type")
  func readsTypes() throws {
    let reader = try Self.read(
      "{\"value\":[{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"\(Self.id(1))\"},"
        + "{\"@odata.type\":\"#microsoft.graph.group\",\"id\":\"\(Self.id(2))\"},"
        + "{\"id\" :\"\(Self.id(3))\",\"@odata.type\":\"#microsoft.graph.orgContact\"},"
        + "{\"@odata.type\":\"user\",\"id\":\"\(Self.id(5))\"},{\"@odata.type\":\"#evil.user\",\"id\":\"\(Self.id(6))\"}]}"
    )
    #expect(reader.members.map(\.type) == ["user", "group", "orgContact", "user", "#evil.user"])
    #expect(reader.members.map(\.isUser) == [true, false, false, true, false])
  }

  @Test("Account properties are read, and one that is null or missing is unknown")
  func readsAccount() throws {
    let reader = try Self.read(
      "{\"value\":[{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"\(Self.id(1))\",\"accountEnabled\":true,\"userType\":\"Guest\"},"
        + "{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"\(Self.id(2))\",\"accountEnabled\":false,\"userType\":null},"
        + "{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"\(Self.id(3))\",\"accountEnabled\":null},{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"\(Self.id(4))\"}]}"
    )
    #expect(reader.members.map(\.account.isEnabled) == [true, false, nil, nil])
    #expect(reader.members.map(\.account.userType) == [.guest, nil, nil, nil])
  }

  @Test("An id is read for the report, and is an attribute if the filter names it")
  func readsIDTwice() throws {
    let text =
      "{\"value\":[{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"\(Self.id(11))\",\"mail\":\"a@b.fi\"}]}"
    let both = try Self.read(text, ["mail", "id"])
    #expect(both.members.map(\.id.text) == [Self.id(11)])
    #expect(try Self.values(both, "id") == [[Self.id(11)]])
    #expect(try Self.values(Self.read(text), "id") == [[]])
  }

  @Test(
    "A malformed page of members is refused with what it has instead",
    arguments: [
      ("[]", "no object"), ("null", "no object"), ("\"x\"", "no object"),
      ("{\"error\":{\"code\":\"x\"}}", "an error in the middle of the page"),
      (
        "{\"value\":[{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"\(Self.id(1))\"}],\"error\":{\"code\":\"InternalServerError\"}}",
        "an error in the middle of the page"
      ),
      (
        "{\"value\":[{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"\(Self.id(1))\"},{\"error\":{\"code\":\"InternalServerError\"}}]}",
        "an error in the middle of the page"
      ),
      ("{\"value\":{}}", "no array in \"value\""), ("{\"value\":null}", "no array in \"value\""),
      ("{\"value\":\"x\"}", "no array in \"value\""),
      ("{\"value\":[],\"value\":[]}", "two values of \"value\""),
      ("{\"value\":[{}]}", "a member without its id and type"),
      (
        "{\"value\":[{\"mail\":\"a@b.fi\",\"@odata.type\":\"u\"}]}",
        "a member without its id and type"
      ),
      ("{\"value\":[{\"id\" :\"\(Self.id(1))\"}]}", "a member without its id and type"),
      ("{\"value\":[{\"id\" : null,\"@odata.type\":\"u\"}]}", "a member without its id and type"),
      ("{\"value\":[null]}", "a member that is no object"),
      ("{\"value\":[\"a@b.fi\"]}", "a member that is no object"),
      ("{\"value\":[[]]}", "a member that is no object"),
      (
        "{\"@odata.nextLink\":\"a\",\"@odata.nextLink\":\"b\",\"value\":[]}",
        "two values of \"@odata.nextLink\""
      ),
      ("{\"@odata.nextLink\":5,\"value\":[]}", "a nextLink that is no text"),
      ("{\"@odata.nextLink\":{},\"value\":[]}", "a nextLink that is no text"),
      (
        "{\"value\":[{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"\(Self.id(1))\",\"mail\":5}]}",
        "no text in \"mail\""
      ),
      (
        "{\"value\":[{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"\(Self.id(1))\",\"mail\":{\"a\":1}}]}",
        "no text in \"mail\""
      ),
      (
        "{\"value\":[{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"\(Self.id(1))\",\"mail\":true}]}",
        "no text in \"mail\""
      ),
      (
        "{\"value\":[{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"\(Self.id(1))\",\"mail\":[\"a\",[\"b\"]]}]}",
        "no text in \"mail\""
      ),
      (
        "{\"value\":[{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"\(Self.id(1))\",\"mail\":[{}]}]}",
        "no text in \"mail\""
      ),
      (
        "{\"value\":[{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"\(Self.id(1))\",\"mail\":\"a@b.fi\",\"mail\":\"c@d.fi\"}]}",
        "two values of \"mail\""
      ),
      (
        "{\"value\":[{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"\(Self.id(1))\",\"mail\":\"a@b.fi\",\"mail\":[\"c@d.fi\"]}]}",
        "two values of \"mail\""
      ),
      (
        "{\"value\":[{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"\(Self.id(1))\",\"id\":\"\(Self.id(2))\"}]}",
        "two values of \"id\""
      ),
      (
        "{\"value\":[{\"@odata.type\":\"#microsoft.graph.group\",\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"\(Self.id(1))\"}]}",
        "two values of \"@odata.type\""
      ),
      (
        "{\"value\":[{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"\(Self.id(1))\",\"accountEnabled\":false,\"accountEnabled\":true}]}",
        "two values of \"accountEnabled\""
      ),
      (
        "{\"value\":[{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"\(Self.id(1))\",\"userType\":\"Guest\",\"userType\":\"Member\"}]}",
        "two values of \"userType\""
      ),
    ])
  func refuses(text: String, what: String) {
    #expect(throws: Self.refusal(of: what)) { try Self.read(text) }
  }

  /// A page of this many members, with what stands before `value`.
  static func page(of count: Int, after start: String) -> String {
    let members = (0..<count).map {
      "{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"\(id($0))\"}"
    }
    return "{\(start)\"value\":[\(members.joined(separator: ","))]}"
  }

  @Test(
    "A null page link ends the pages only beside fewer members than were asked for",
    arguments: [(0, true), (2, true), (3, false), (4, false)])
  func readsNullLink(count: Int, isLegal: Bool) throws {
    for start in ["\"@odata.nextLink\":null,", "\"y\":1,"] {
      for isLate in [false, true] {
        let page = Self.page(of: count, after: isLate ? "" : start)
        let text = isLate ? page.dropLast() + "," + start.dropLast() + "}" : page[...]
        if isLegal || start.contains("y") {
          let reader = try PageReader.read(String(text), [], pageSize: 3)
          #expect(reader.nextLink == nil)
          #expect(reader.members.count == count)
        } else {
          #expect(throws: Self.refusal(of: "a nextLink that is null beside a full page")) {
            try PageReader.read(String(text), [], pageSize: 3)
          }
        }
      }
    }
  }

  @Test(
    "The page link is found in a page that has not been read, wherever it stands",
    arguments: [
      ("{\"@odata.nextLink\":\"https://g/n\",\"value\":[{\"a\":[1]}]}", "https://g/n"),
      (
        "{\"value\":[{\"@odata.nextLink\":\"no\"},[],{}],\"x\":{\"@odata.nextLink\":\"no\"},"
          + "\"n\":-1,\"d\":1.5,\"t\":true,\"@odata.nextLink\":\"https://g/n\"}", "https://g/n"
      ),
      ("{\"value\":[],\"@odata.\\u006eextLink\":\"https://g/n\",\"x\":1}", "https://g/n"),
      ("{\"value\":[]}", nil), ("{}", nil), ("[\"@odata.nextLink\",\"no\"]", nil), ("1", nil),
      ("{\"@odata.nextLink\":null}", nil), ("{\"@odata.nextLink\":\"\"}", nil),
      ("{\"@odata.nextLink\":[\"no\"]}", nil), ("{\"@odata.nextlink\":\"no\"}", nil),
      ("{\"@odata.nextLink\":\"a\",\"@odata.nextLink\":\"b\"}", nil),
    ] as [(String, String?)])
  func findsLink(page: String, link: String?) {
    let found = TapeWriter.withTape(of: JSONText.steps(of: page)) { PageReader.link(of: $0) }
    #expect(found == link)
  }

  @Test("A page link of more than a megabyte is not followed")
  func boundsLink() {
    for (count, isFound) in [(JSONTape.longest, true), (JSONTape.longest + 1, false)] {
      let steps: [JSONStep] = [
        .beginObject, .key("@odata.nextLink"), .string(String(repeating: "a", count: count)),
        .endObject,
      ]
      #expect((TapeWriter.withTape(of: steps) { PageReader.link(of: $0) } != nil) == isFound)
    }
  }

  @Test("A page without its list, or cut off, is refused")
  func refusesUnfinished() throws {
    let message = "Graph's answer has no list of members (\"value\")"
    for text in ["{}", "{\"x\":1}", "{\"@odata.nextLink\":\"https://g/n\"}"] {
      #expect(throws: EntraSyncError(.server, message)) { try Self.read(text) }
    }
    let steps = JSONText.steps(
      of:
        "{\"value\":[{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"\(Self.id(1))\",\"mail\":\"a@b.fi\"}]}"
    )
    for count in 0..<steps.count {
      let reader = Self.reader("mail")
      try reader.receive(Array(steps.prefix(count)))
      #expect(throws: EntraSyncError(.server, message)) { try reader.finish() }
    }
  }

  @Test("Text after a page is refused")
  func refusesTail() throws {
    let reader = try Self.read("{\"value\":[]}")
    #expect(throws: Self.refusal(of: "something after its end")) {
      try reader.receive(.beginObject)
    }
  }
}
