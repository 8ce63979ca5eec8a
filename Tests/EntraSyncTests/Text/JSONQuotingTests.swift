import Testing

@testable import EntraSync

@Suite struct JSONQuotingTests {
  @Test(
    "What would end or change a string is escaped",
    arguments: [
      ("", "\"\""), ("a", "\"a\""), ("a\"b", "\"a\\\"b\""), ("\\", "\"\\\\\""),
      ("\n", "\"\\u000a\""), ("\u{0}\u{1F}", "\"\\u0000\\u001f\""), ("/'ä🙂", "\"/'ä🙂\""),
      ("\u{7F}", "\"\u{7F}\""), ("\"\u{301}", "\"\\\"\u{301}\""),
    ])
  func quotes(text: String, json: String) {
    #expect(Array(text.jsonString.utf8) == Array(json.utf8))
  }

  @Test("Another reader gets every character back")
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
