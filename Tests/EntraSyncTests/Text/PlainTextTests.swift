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

  @Test(
    "A word can be shown if it has only letters, hyphens and underscores, and is short",
    arguments: [
      ("", false), ("a", true), ("GROUP_ID", true), ("query-filter", true), ("a b", false),
      ("a1", false), ("a~", false), ("\u{E4}", false),
      (String(repeating: "a", count: 24), true), (String(repeating: "a", count: 25), false),
    ])
  func showsPlainWords(text: String, isPlain: Bool) {
    #expect(text.isPlainWord == isPlain)
  }
}
