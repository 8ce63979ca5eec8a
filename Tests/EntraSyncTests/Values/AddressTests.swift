import Testing

@testable import EntraSync

@Suite struct AddressTests {
  @Test(
    "An address is read in lower case, without what stood around it",
    arguments: [
      ("user@example.com", "user@example.com"), ("User.Name@Example.COM", "user.name@example.com"),
      (" user@example.com ", "user@example.com"), ("user@example.com\n", "user@example.com"),
      ("\u{A0}user@example.com\u{2003}", "user@example.com"),
      ("SMTP:bob@example.com", "bob@example.com"), ("smtp: bob@example.com", "bob@example.com"),
      ("o'brien@example.com", "o'brien@example.com"), ("a+tag@example.com", "a+tag@example.com"),
      ("_x@example.com", "_x@example.com"), ("1@example.com", "1@example.com"),
      ("a!%&'+-/=^_~b@example.com", "a!%&'+-/=^_~b@example.com"),
      ("a@sub.sub-domain.example", "a@sub.sub-domain.example"),
      ("a@xn--bcher-kva.example", "a@xn--bcher-kva.example"),
      ("Åsa.Öberg@Bücher.example", "åsa.öberg@bücher.example"),
      ("用户@例子.公司", "用户@例子.公司"), ("иван@пример.рф", "иван@пример.рф"),
      ("e\u{301}va@example.com", "e\u{301}va@example.com"), ("a@1.2.3.4", "a@1.2.3.4"),
    ])
  func reads(value: String, address: String) throws {
    #expect(Array(try Address(value).text.utf8) == Array(address.utf8))
  }

  @Test(
    "A value that is not an address, or could become syntax, is refused with the reason",
    arguments: [
      ("", "is empty"), (" ", "is empty"), ("SMTP:", "is empty"),
      ("user", "has no @"), ("example.com", "has no @"),
      ("a@b@example.com", "has more than one @"), ("a@@example.com", "has more than one @"),
      ("a@\u{301}b@example.com", "has more than one @"), ("@a@b", "has more than one @"),
      ("@example.com", "has nothing before the @"), ("a@", "has no valid domain after the @"),
      ("a@example", "has no valid domain after the @"),
      ("a@.example", "has no valid domain after the @"),
      ("a@example.", "has no valid domain after the @"),
      ("a@a..b", "has no valid domain after the @"),
      ("a@-a.example", "has no valid domain after the @"),
      ("a@a-.example", "has no valid domain after the @"),
      ("a@a_b.example", "has no valid domain after the @"),
      ("a@a'b.example", "has no valid domain after the @"),
      ("a@\u{301}b.example", "has no valid domain after the @"),
      ("a@\u{301}", "has no valid domain after the @"),
      ("a@[127.0.0.1]", contains("[")),
      (".a@example.com", "begins with \".\""), ("-a@example.com", "begins with \"-\""),
      ("+a@example.com", "begins with \"+\""), ("!a@example.com", "begins with \"!\""),
      ("\u{301}a@example.com", "begins with \"\u{301}\" (U+0301)"),
      ("a.@example.com", "has a misplaced dot before the @"),
      ("a..b@example.com", "has a misplaced dot before the @"),
      ("a\nb@example.com", contains("a line break")),
      ("a@example.com\nb@example.com", contains("a line break")),
      ("a\r@example.com", contains("a line break")),
      ("a\r\nb@example.com", contains("a line break")),
      ("a\u{0}@example.com", "contains \"\\u{0}\", which no address in a list may hold"),
      ("a\tb@example.com", contains("a tab")), ("a b@example.com", contains("a space")),
      ("a@example.com 040123123123", contains("a space")),
      ("a@example.com * <sms> - 0", contains("a space")),
      ("a\u{A0}b@example.com", "contains \"\u{A0}\" (U+00A0), which no address in a list may hold"),
      (
        "a\u{2028}b@example.com",
        "contains \"\\u{2028}\" (U+2028), which no address in a list may hold"
      ),
      ("*@example.com", contains("*")), ("a*@example.com", contains("*")),
      ("<sms>@example.com", contains("<")), ("a@example.com>", contains(">")),
      ("<a@example.com>", contains("<")), ("\"a\"@example.com", contains("\"")),
      ("a,b@example.com", contains(",")), ("a@example.com,b@example.com", contains(",")),
      ("a;b@example.com", contains(";")), ("#a@example.com", contains("#")),
      ("anna_contoso.com#EXT#@x.onmicrosoft.com", contains("#")),
      ("a:b@example.com", contains(":")), ("SIP:a@example.com", contains(":")),
      ("X500:/o=x/cn=a", contains(":")), ("mailto:a@example.com", contains(":")),
      ("a\\b@example.com", contains("\\")), ("a|b@example.com", contains("|")),
      ("a$b@example.com", contains("$")), ("a`b@example.com", contains("`")),
      ("a{b}@example.com", contains("{")), ("(a)@example.com", contains("(")),
      ("a?b@example.com", contains("?")),
      (
        "\u{202E}moc.elpmaxe@a",
        "contains \"\\u{202e}\" (U+202E), which no address in a list may hold"
      ),
      (
        "a\u{200B}@example.com",
        "contains \"\\u{200b}\" (U+200B), which no address in a list may hold"
      ),
      (
        "a\u{200D}@example.com",
        "contains \"\\u{200d}\" (U+200D), which no address in a list may hold"
      ),
      (
        "a\u{FEFF}@example.com",
        "contains \"\\u{feff}\" (U+FEFF), which no address in a list may hold"
      ),
      ("a\u{AD}@example.com", "contains \"\\u{ad}\" (U+00AD), which no address in a list may hold"),
      (
        "a\u{3164}@example.com",
        "contains \"\u{3164}\" (U+3164), which no address in a list may hold"
      ),
      (
        "a\u{FF20}example.com",
        "contains \"\u{FF20}\" (U+FF20), which no address in a list may hold"
      ),
      (
        "a\u{FE6B}example.com",
        "contains \"\u{FE6B}\" (U+FE6B), which no address in a list may hold"
      ),
      (
        "a@example\u{3002}com",
        "contains \"\u{3002}\" (U+3002), which no address in a list may hold"
      ),
      (
        "mar\u{212A}@example.com",
        "contains \"\u{212A}\" (U+212A), which no address in a list may hold"
      ),
      (
        "\u{130}pek@example.com",
        "contains \"\u{130}\" (U+0130), which no address in a list may hold"
      ),
      ("\u{FF45}@example.com", folded("\u{FF45}", "FF45")),
      ("a\u{17F}@example.com", folded("\u{17F}", "017F")),
      ("\u{FB01}@example.com", folded("\u{FB01}", "FB01")),
      ("\u{1D41E}@example.com", folded("\u{1D41E}", "1D41E")),
      ("\u{AA}@example.com", folded("\u{AA}", "00AA")),
      ("a@example.\u{AA}b", folded("\u{AA}", "00AA")),
      ("\u{131}pek@example.com", folded("\u{131}", "0131")),
      ("ma\u{DF}@example.com", folded("\u{DF}", "00DF")),
      ("a\u{FF11}@example.com", folded("\u{FF11}", "FF11")),
      ("a\u{2461}@example.com", folded("\u{2461}", "2461")),
      ("🙂@example.com", "contains \"🙂\" (U+1F642), which no address in a list may hold"),
      (
        "a\u{E000}@example.com",
        "contains \"\\u{e000}\" (U+E000), which no address in a list may hold"
      ),
    ])
  func refuses(value: String, reason: String) {
    #expect(throws: Malformed(reason)) { try Address(value) }
  }

  private static func contains(_ what: String) -> String {
    let name = what.hasPrefix("a ") ? what : "\"\(what)\""
    return "contains \(name), which no address in a list may hold"
  }

  private static func folded(_ letter: String, _ code: String) -> String {
    "contains \"\(letter)\" (U+\(code)), which no address in a list may hold"
  }

  @Test("An address has the lengths that RFC 5321 allows, in bytes")
  func boundsLength() throws {
    let local = String(repeating: "a", count: 64)
    let label = String(repeating: "b", count: 63)
    #expect(try Address("\(local)@\(label).example").text.utf8.count == 136)
    #expect(throws: Malformed("has more than 64 bytes before the @")) {
      try Address("a\(local)@b.example")
    }
    #expect(throws: Malformed("has more than 64 bytes before the @")) {
      try Address(String(repeating: "å", count: 33) + "@b.example")
    }
    #expect(throws: Malformed("has no valid domain after the @")) {
      try Address("a@b\(label).example")
    }
    let long = "a@" + Array(repeating: label, count: 3).joined(separator: ".")
    #expect(try Address(long + "." + String(repeating: "c", count: 60)).text.utf8.count == 254)
    #expect(throws: Malformed("is longer than 254 bytes")) {
      try Address(long + "." + String(repeating: "c", count: 61))
    }
    #expect(throws: Malformed("is longer than 254 bytes")) {
      try Address(String(repeating: "a", count: 288) + "@example.com")
    }
  }

  @Test(
    "Whatever the directory holds, an address has one @, no syntax, and reads as itself again")
  func holdsItsPromise() {
    var random = SplitMix(seed: 2)
    let pieces: [String] = [
      "a", "b", "b.c", "@", "@x.fi", "x@example.com", "example.com", "d", ".", "-", "_", "'",
      "\u{301}", "\n", " ", "*", "<", "#",
      "\u{200D}", "\u{212A}", "Å", "\u{FF45}", "\u{AA}", "\u{130}", "SMTP:", "\u{FF20}", "\u{85}",
      "\"", ",",
    ]
    var accepted = 0
    for _ in 0..<30_000 {
      let value = (0..<Int.random(in: 0...7, using: &random))
        .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      guard let address = try? Address(value).text else { continue }
      accepted += 1
      #expect(address.utf8.filter { $0 == UInt8(ascii: "@") }.count == 1, "\(value)")
      #expect(address.unicodeScalars.allSatisfy { !" \t\n\r*<>\"#,;:".unicodeScalars.contains($0) })
      #expect(address.singleLine == address)
      #expect((try? Address(address).text) == address, "\(value)")
    }
    #expect(accepted > 300)
  }
}
