import Testing

@testable import EntraSync

@Suite struct WordTests {
  @Test(
    "A word is read in lower case, without white space around it",
    arguments: [
      ("A12345", "a12345"), (" Finance ", "finance"), ("o'neill", "o'neill"),
      ("x_y.z-1+2", "x_y.z-1+2"),
      ("Ääkkönen", "ääkkönen"), (Sample.group, Sample.group), ("fi-FI", "fi-fi"), ("東京", "東京"),
      ("Gießen", "gießen"), ("WEIẞ", "weiß"), ("Yıldız", "yıldız"),
    ])
  func reads(value: String, word: String) throws {
    #expect(try Word(value).text == word)
  }

  @Test(
    "A word that could be read as a part of the list is refused",
    arguments: [
      ("", "is empty"), ("\t", "is empty"), ("Anna Virtanen", refusal("a space")),
      ("a\nb", refusal("a line break")), ("a\tb", refusal("a tab")), ("*", refusal("\"*\"")),
      ("<reg>", refusal("\"<\"")), ("a@b", refusal("\"@\"")), ("a,b", refusal("\",\"")),
      ("#1", refusal("\"#\"")), ("a\"b", refusal("\"\"\"")), ("a/b", refusal("\"/\"")),
      ("{mail}", refusal("\"{\"")), ("a\u{0}", refusal("\"\\u{0}\"")),
      ("a\u{A0}b", refusal("\"\u{A0}\" (U+00A0)")),
      ("a\u{202E}b", refusal("\"\\u{202e}\" (U+202E)")),
      ("a\u{2028}b", refusal("\"\\u{2028}\" (U+2028)")),
    ])
  func refuses(value: String, reason: String) {
    #expect(throws: Malformed(reason)) { try Word(value) }
  }

  @Test(
    "A word with a letter that folds to an ASCII one is refused",
    arguments: ["Ａ1", "\u{212A}17", "１"])
  func refusesFolded(value: String) throws {
    let name = try #require(value.unicodeScalars.first).spokenName
    #expect(throws: Malformed("contains \(name), which could be read as another letter")) {
      try Word(value)
    }
  }

  private static func refusal(_ what: String) -> String {
    "contains \(what), which could be read as a part of the list"
  }
}
