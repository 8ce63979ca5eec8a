import Testing

@testable import EntraSync

@Suite struct PrintableTests {
  @Test(
    "What could break, forge or hide a line of output is made visible",
    arguments: [
      ("", ""), ("plain text", "plain text"), ("a\nb", "a\\u{a}b"), ("a\r\nb", "a\\u{d}\\u{a}b"),
      ("\u{0}", "\\u{0}"), ("\t", "\\u{9}"), ("\u{1B}[2J", "\\u{1b}[2J"), ("\u{7F}", "\\u{7f}"),
      ("\u{85}", "\\u{85}"), ("\u{2028}\u{2029}", "\\u{2028}\\u{2029}"),
      ("\u{202E}cod", "\\u{202e}cod"), ("a\u{200B}b", "a\\u{200b}b"), ("\u{FEFF}x", "\\u{feff}x"),
      ("\u{E000}", "\\u{e000}"), ("\u{10FFFF}", "\\u{10ffff}"), ("\u{AD}", "\\u{ad}"),
      ("Åsa Öberg", "Åsa Öberg"), ("日本", "日本"), ("e\u{301}", "e\u{301}"), ("🙂", "🙂"),
    ])
  func isOnOneLine(text: String, shown: String) {
    #expect(Array(text.singleLine.unicodeScalars) == Array(shown.unicodeScalars))
  }

  @Test("Every scalar below U+3000 comes out printable")
  func isAlwaysPrintable() {
    for value in 0..<UInt32(0x3000) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let shown = String(Character(scalar)).singleLine
      for part in shown.unicodeScalars {
        #expect(part.value >= 0x20 && !(0x7F...0x9F).contains(part.value))
        #expect(
          ![.lineSeparator, .paragraphSeparator, .format].contains(part.properties.generalCategory))
      }
    }
  }

  @Test("Quoted text is cut at its limit")
  func cutsLongText() {
    #expect("abc".quoted() == "\"abc\"")
    #expect(
      String(repeating: "a", count: 80).quoted() == "\"" + String(repeating: "a", count: 80) + "\"")
    #expect(
      String(repeating: "a", count: 81).quoted() == "\"" + String(repeating: "a", count: 80) + "…\""
    )
    #expect("abcdef".quoted(limit: 3) == "\"abc…\"")
    #expect("a\nb".quoted() == "\"a\\u{a}b\"")
  }

  @Test("Quoted text is cut inside a letter with ten thousand accents")
  func cutsCombiningMarks() {
    let text = "a" + String(repeating: "\u{301}", count: 10_000)
    #expect(text.quoted().unicodeScalars.count == 83)
  }
}
