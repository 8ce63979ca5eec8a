import Testing

@testable import EntraSync

@Suite struct ODataTextTests {
  @Test(
    "A text stands in single quotes, and each quote in it is doubled",
    arguments: [
      ("", "''"), ("anna@example.com", "'anna@example.com'"), ("o'neil@b.fi", "'o''neil@b.fi'"),
      ("'", "''''"), ("''", "''''''"), ("' or true or '", "''' or true or '''"), ("\"", "'\"'"),
      ("*", "'*'"), ("a%27b", "'a%27b'"), ("ä🙂", "'ä🙂'"),
    ])
  func quotes(text: String, literal: String) {
    #expect(text.odataLiteral == literal)
  }

  @Test(
    "A quote is doubled also where it is one character with what comes after it",
    arguments: ["o'\u{301}neil", "'\u{200D}", "a'\u{FE0F}b", "'\u{20DD}"])
  func quotesByScalars(text: String) {
    let quotes = text.utf8.count { $0 == UInt8(ascii: "'") }
    #expect(text.odataLiteral.utf8.count { $0 == UInt8(ascii: "'") } == 2 * quotes + 2)
  }
}
