import Testing

@testable import EntraSync

@Suite struct ShellWordTests {
  @Test(
    "A quoted path is one word to a shell, and is not an option to a command",
    arguments: [
      ("/server/list.txt", "/server/list.txt"), ("", "''"), ("a b", "'a b'"),
      ("it's", #"'it'\''s'"#), ("$(x)", "'$(x)'"), ("-l.txt", "./-l.txt"),
      ("-a b", "'./-a b'"),
    ])
  func isOneWord(path: String, word: String) {
    #expect(path.shellWord == word)
  }
}

@Suite struct ODataTextTests {
  @Test(
    "An OData literal stands in single quotes, and each quote in it is doubled",
    arguments: [
      ("", "''"), ("anna@example.com", "'anna@example.com'"), ("o'neil@b.fi", "'o''neil@b.fi'"),
      ("'", "''''"), ("''", "''''''"), ("' or true or '", "''' or true or '''"), ("\"", "'\"'"),
      ("*", "'*'"), ("a%27b", "'a%27b'"), ("ä🙂", "'ä🙂'"),
    ])
  func quotes(text: String, literal: String) {
    #expect(text.odataLiteral == literal)
  }

  @Test(
    "An OData literal's quote is doubled even where a combining mark follows it",
    arguments: ["o'\u{301}neil", "'\u{200D}", "a'\u{FE0F}b", "'\u{20DD}"])
  func quotesByScalars(text: String) {
    let quotes = text.utf8.count { $0 == UInt8(ascii: "'") }
    #expect(text.odataLiteral.utf8.count { $0 == UInt8(ascii: "'") } == 2 * quotes + 2)
  }
}

@Suite struct JSONQuotingTests {
  @Test(
    "A JSON string's quotes, backslashes and control characters are escaped",
    arguments: [
      ("", "\"\""), ("a", "\"a\""), ("a\"b", "\"a\\\"b\""), ("\\", "\"\\\\\""),
      ("\n", "\"\\u000a\""), ("\u{0}\u{1F}", "\"\\u0000\\u001f\""), ("/'ä🙂", "\"/'ä🙂\""),
      ("\u{7F}", "\"\u{7F}\""), ("\"\u{301}", "\"\\\"\u{301}\""),
    ])
  func quotes(text: String, json: String) {
    #expect(Array(text.jsonString.utf8) == Array(json.utf8))
  }

  @Test("A JSON string is read back by Foundation, for every character")
  func isReadBack() throws {
    let scalars = (Array(0...0x17F) + [0x301, 0x2028, 0x2029, 0xFEFF, 0x1F642]).compactMap {
      Unicode.Scalar($0 as UInt32)
    }
    for scalar in scalars {
      let text = "x" + String(scalar) + "\u{301}y"
      #expect(try JSONValueTests.read(text.jsonString) == .string(text))
    }
  }
}
