import Testing

@testable import EntraSync

@Suite struct LineTemplateTests {
  @Test(
    "A template consists of text and attributes in their order",
    arguments: [
      ("{mail}", [.attribute("mail")]),
      ("{mail} {mobilePhone}", [.attribute("mail"), .text(" "), .attribute("mobilePhone")]),
      ("* {mail} <reg> - 0", [.text("* "), .attribute("mail"), .text(" <reg> - 0")]),
      ("{mail} * <sms> - 0", [.attribute("mail"), .text(" * <sms> - 0")]),
      ("{ mail }", [.attribute("mail")]),
      ("{a}{b}", [.attribute("a"), .attribute("b")]),
      ("{{{mail}}}", [.text("{"), .attribute("mail"), .text("}")]),
      ("{{x}} {mail}", [.text("{x} "), .attribute("mail")]),
      ("}}{mail}{{", [.text("}"), .attribute("mail"), .text("{")]),
      ("ä {mail}", [.text("ä "), .attribute("mail")]),
    ] as [(String, [LineTemplate.Part])])
  func reads(text: String, parts: [LineTemplate.Part]) throws {
    #expect(try LineTemplate(text).parts == parts)
  }

  @Test(
    "A malformed template is refused with what to write instead",
    arguments: [
      ("", "names no attribute, such as {mail}, so that all lines would be the same"),
      ("mail", "names no attribute, such as {mail}, so that all lines would be the same"),
      ("{{mail}}", "names no attribute, such as {mail}, so that all lines would be the same"),
      ("{mail", "has a { without its }; write {{ for a brace"),
      ("{mail} {", "has a { without its }; write {{ for a brace"),
      ("mail}", "has a } without its {; write }} for a brace"),
      ("{mail}}", "has a } without its {; write }} for a brace"),
      ("{}", "has no name between its braces"), ("{ }", "has no name between its braces"),
    ])
  func refuses(text: String, reason: String) {
    #expect(throws: EntraSyncError(.invalidArgument, "line template \"\(text)\" \(reason)")) {
      try LineTemplate(text)
    }
  }

  @Test(
    "A template with a line break or an invisible character is refused",
    arguments: [
      "{mail}\n", "\r{mail}", "{mail}\u{0}", "{mail}\tx", "{mail}\u{2028}", "{mail}\u{202E}x",
    ])
  func refusesInvisible(text: String) {
    #expect(
      throws: EntraSyncError(
        .invalidArgument,
        "line template \(text.quoted()) contains a line break or another invisible character")
    ) { try LineTemplate(text) }
  }

  @Test("The default template has no parts of its own")
  func hasDefault() {
    #expect(LineTemplate.attributes.parts == nil)
  }
}
