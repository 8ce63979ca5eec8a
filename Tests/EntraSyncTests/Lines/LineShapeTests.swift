import Testing

@testable import EntraSync

@Suite struct LineShapeTests {
  static let anna = [("mail", "Anna.Virtanen@Example.com"), ("mobilePhone", "040 123 123 123")]

  @Test(
    "The gateway's four lists and custom templates give exactly the expected bytes",
    arguments: [
      (nil, "mail", "anna.virtanen@example.com"),
      (nil, "mail,mobilePhone", "anna.virtanen@example.com 040123123123"),
      ("{mail}", "mail,mobilePhone", "anna.virtanen@example.com"),
      ("{mail} {mobilePhone}", "mail,mobilePhone", "anna.virtanen@example.com 040123123123"),
      ("* {mail} <reg> - 0", "mail", "* anna.virtanen@example.com <reg> - 0"),
      ("{mail} * <sms> - 0", "mail", "anna.virtanen@example.com * <sms> - 0"),
      ("{address}:{phone}", "mail,mobilePhone", "anna.virtanen@example.com:040123123123"),
      (
        "{ADDRESS} {Phone}", "mail|otherMails,mobilePhone", "anna.virtanen@example.com 040123123123"
      ),
      ("{MAIL}", "mail", "anna.virtanen@example.com"),
      ("{mobilePhone}{{{mail}}}", "mail,mobilePhone", "040123123123{anna.virtanen@example.com}"),
      ("{mail} {mail}", "mail", "anna.virtanen@example.com anna.virtanen@example.com"),
    ] as [(String?, String, String)])
  func writes(template: String?, filter: String, line: String) throws {
    let written = try WrittenLines(template, filter, Self.anna)
    #expect(written.lines == [line])
    #expect(written.skips.isEmpty)
  }

  @Test(
    "A template's name that the query filter lacks is refused with what to change",
    arguments: [
      (
        "{mobilePhone}", "mail",
        "the line template names {mobilePhone}, which QUERYFILTER (mail) lacks; set it to "
          + "mail,mobilePhone or change the template"
      ),
      (
        "{phone}", "mail",
        "the line template names {phone}, which QUERYFILTER (mail) lacks; set it to "
          + "mail,mobilePhone or change the template"
      ),
      (
        "{PHONE}", "mail|otherMails,displayName",
        "the line template names {PHONE}, which QUERYFILTER (mail|otherMails,displayName) lacks; set "
          + "it to mail|otherMails,displayName,mobilePhone or change the template"
      ),
      (
        "{name}", "mail",
        "the line template names {name}, which is no attribute; write one of QUERYFILTER (mail)"
      ),
      (
        "{a{b}", "mail",
        "the line template names {a{b}, which is no attribute; write one of QUERYFILTER (mail)"
      ),
    ])
  func refusesMissing(template: String, filter: String, message: String) throws {
    let template = try LineTemplate(template)
    let filter = try QueryFilter(filter)
    #expect(throws: EntraSyncError(.invalidArgument, message)) {
      try LineShape(template, filter, by: ValueRules())
    }
  }

  @Test("A person without a needed attribute gets no line, and the reason names the attribute")
  func skipsMissing() throws {
    let noPhone = try WrittenLines(nil, "mail,mobilePhone", [("mail", "a@b.fi")])
    #expect(noPhone.lines.isEmpty)
    #expect(noPhone.skips == ["has no mobilePhone"])
    let nothing = try WrittenLines(nil, "mail|userPrincipalName,mobilePhone", [])
    #expect(nothing.lines.isEmpty)
    #expect(nothing.skips == ["has no mail|userPrincipalName"])
  }

  @Test("Values with different bytes that Unicode calls equal are separate lines")
  func comparesBytes() throws {
    let values = ["\u{E5}sa@b.fi", "a\u{30A}sa@b.fi", "\u{C5}sa@b.fi"]
    let written = try WrittenLines(nil, "otherMails", values.map { ("otherMails", $0) })
    #expect(written.lines.map { Array($0.utf8) } == values.prefix(2).map { Array($0.utf8) })
  }

  @Test("An attribute that the template does not name is not needed")
  func ignoresUnneeded() throws {
    let written = try WrittenLines(
      "{mail}", "mail,mobilePhone", [("mail", "a@b.fi"), ("mobilePhone", "x")])
    #expect(written.lines == ["a@b.fi"])
    #expect(written.skips.isEmpty)
  }

  @Test("A malformed value gives no line, and the reason names, quotes and explains it")
  func explainsSkips() throws {
    let written = try WrittenLines(
      nil, "mail,mobilePhone", [("mail", "a@b.fi"), ("mobilePhone", "12 34 567 x5")])
    #expect(written.lines.isEmpty)
    #expect(
      written.skips
        == ["mobilePhone \"12 34 567 x5\" has an extension, which cannot receive a text message"])
    let forged = try WrittenLines(nil, "mail", [("mail", "a@b.fi\n* c@d.fi <reg> - 0")])
    #expect(forged.lines.isEmpty)
    #expect(
      forged.skips == [
        "mail \"a@b.fi\\u{a}* c@d.fi <reg> - 0\" contains a line break, which no address in a list "
          + "may hold"
      ])
  }

  @Test("An attribute with several values gives one line for each different value")
  func writesArrays() throws {
    let values = [
      ("mail", "a@b.fi"), ("businessPhones", "040 1111111"), ("businessPhones", "040-2222222"),
      ("businessPhones", "0401111111"), ("businessPhones", "n/a"),
    ]
    let written = try WrittenLines(nil, "mail,businessPhones", values)
    #expect(written.lines == ["a@b.fi 0401111111", "a@b.fi 0402222222"])
    #expect(
      written.skips == ["businessPhones \"n/a\" contains \"n\", which no telephone number has"])
  }

  @Test("Two attributes with several values give a line for every pair")
  func writesPairs() throws {
    let values = [
      ("otherMails", "a@b.fi"), ("otherMails", "c@d.fi"), ("businessPhones", "11111"),
      ("businessPhones", "22222"),
    ]
    let written = try WrittenLines("{address};{phone}", "otherMails,businessPhones", values)
    #expect(written.lines == ["a@b.fi;11111", "a@b.fi;22222", "c@d.fi;11111", "c@d.fi;22222"])
  }

  @Test("A person with more than 1000 combinations of values gets no line and one reason")
  func boundsCombinations() throws {
    let mails = (0..<40).map { ("otherMails", "a\($0)@b.fi") }
    let phones = (0..<26).map { ("businessPhones", "\(10_000 + $0)") }
    let many = try WrittenLines(nil, "otherMails,businessPhones", mails + phones)
    #expect(many.lines.isEmpty)
    #expect(many.skips == ["has more than 1000 combinations of values"])
    let most = try WrittenLines(nil, "otherMails,businessPhones", mails + phones.prefix(25))
    #expect(most.lines.count == 1000)
    #expect(most.skips.isEmpty)
    let hostile = try WrittenLines(
      nil, "otherMails", (0..<100_000).map { ("otherMails", "a\($0)@b.fi") })
    #expect(hostile.lines.isEmpty)
    #expect(hostile.skips == ["has more than 1000 values of otherMails"])
  }

  @Test(
    "An address comes from the first alternative with a usable value",
    arguments: [
      ([("mail", "a@b.fi"), ("userPrincipalName", "u@b.fi")], ["a@b.fi"], 0),
      ([("userPrincipalName", "u@b.fi")], ["u@b.fi"], 0),
      ([("mail", ""), ("userPrincipalName", "u@b.fi")], ["u@b.fi"], 0),
      ([("mail", "not an address"), ("userPrincipalName", "u@b.fi")], ["u@b.fi"], 1),
      ([("userPrincipalName", "a_b.com#EXT#@x.onmicrosoft.com")], [], 1),
      ([("mail", "x"), ("userPrincipalName", "a_b.com#EXT#@x.onmicrosoft.com")], [], 2),
      ([], [], 1),
    ] as [([(String, String)], [String], Int)])
  func fallsBack(values: [(String, String)], lines: [String], skips: Int) throws {
    let written = try WrittenLines("{address}", "mail|userPrincipalName", values)
    #expect(written.lines == lines)
    #expect(written.skips.count == skips)
  }

  @Test("A guest's sign-in name is never used as an address")
  func neverUsesGuestNames() throws {
    let written = try WrittenLines(
      nil, "mail|userPrincipalName", [("userPrincipalName", "a_b.com#EXT#@x.onmicrosoft.com")])
    #expect(written.lines.isEmpty)
    #expect(
      written.skips == [
        "userPrincipalName \"a_b.com#EXT#@x.onmicrosoft.com\" is a guest's sign-in name and not an address"
      ])
  }
}
