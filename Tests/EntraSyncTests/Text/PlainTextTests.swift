import Testing

@testable import EntraSync

@Suite struct PlainTextTests {
  @Test(
    "Trimming removes every kind of white space at the ends, and nowhere else",
    arguments: [
      ("", ""), (" ", ""), ("\r\n", ""), ("a", "a"), (" a b ", "a b"), ("\u{A0}a\u{3000}", "a"),
      ("a\r\n", "a"), ("\u{85}a\u{2028}", "a"), (" \u{301}", "\u{301}"), ("\u{200B}a", "\u{200B}a"),
    ])
  func trims(text: String, trimmed: String) {
    #expect(Array(text.trimmed.utf8) == Array(trimmed.utf8))
  }
}
