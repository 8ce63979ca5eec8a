import Testing

@testable import EntraSync

@Suite struct PhoneNumberTests {
  @Test(
    "A telephone number as people type it becomes digits, with + where it had one",
    arguments: [
      ("040123123123", "040123123123"), ("040 123 123 123", "040123123123"),
      ("040-123 4567", "0401234567"), ("040.123.4567", "0401234567"),
      ("(040) 123 4567", "0401234567"), ("(040)1234567", "0401234567"),
      ("040/1234567", "0401234567"), ("040 / 123 4567", "0401234567"),
      ("+358401234567", "+358401234567"), ("+358 40 123 4567", "+358401234567"),
      ("+ 358 40 1234567", "+358401234567"), ("+358-40-123-4567", "+358401234567"),
      ("+358 (0)40-123 4567", "+358401234567"), ("+358 (0) 40 123 4567", "+358401234567"),
      ("+358(0)401234567", "+358401234567"), ("+44 (0)20 7946 0018", "+442079460018"),
      ("+49 171/1234567", "+491711234567"), ("+1 (425) 555-0100", "+14255550100"),
      ("+1 4251234567", "+14251234567"), ("(425) 555-0100", "4255550100"),
      ("555/123-4567", "5551234567"), ("0035840 1234567", "00358401234567"),
      ("00358 (0)40 123 4567", "00358401234567"), ("(00358) 40 1234567", "00358401234567"),
      ("(+358) 40 1234567", "+358401234567"), ("(+358) (0)40 1234567", "+358401234567"),
      ("(0)40 123 4567", "0401234567"), ("tel:+358401234567", "+358401234567"),
      ("TEL: 040 1234567", "0401234567"), ("  040 1234567 \n", "0401234567"),
      ("040\u{A0}123\u{202F}45\u{2009}67", "0401234567"), ("040\t123 4567", "0401234567"),
      ("040\u{2011}123\u{2013}4567", "0401234567"), ("+1 (425) 555\u{2212}0100", "+14255550100"),
      ("040\u{AD}1234567", "0401234567"),
      ("\u{202A}0401234567\u{202C}", "0401234567"), ("040\u{200B}1234567", "0401234567"),
      ("12345", "12345"), ("+12345", "+12345"),
      ("123456789012345", "123456789012345"), ("+123456789012345", "+123456789012345"),
      ("00123456789012345", "00123456789012345"), ("+3580401234567", "+3580401234567"),
      ("+39 06 1234567", "+39061234567"),
    ])
  func reads(typed: String, number: String) throws {
    #expect(try PhoneNumber(typed).text == number)
  }

  @Test(
    "A telephone number that could mean two things, or is none, is refused with the reason",
    arguments: [
      ("", "is empty"), ("  ", "is empty"), ("tel:", "is empty"),
      ("n/a", "contains \"n\", which no telephone number has"),
      ("ei ole", "contains \"e\", which no telephone number has"),
      ("none", "contains \"n\", which no telephone number has"),
      ("1234", "has fewer than 5 digits"), ("+1234", "has fewer than 5 digits"),
      ("001234", "has fewer than 5 digits"), ("-", "has fewer than 5 digits"),
      ("+", "has fewer than 5 digits"), ("()", "has fewer than 5 digits"),
      ("1234567890123456", "has more digits than a telephone number can have"),
      ("+1234567890123456", "has more digits than a telephone number can have"),
      ("001234567890123456", "has more digits than a telephone number can have"),
      ("040 1234567 x12", "has an extension, which cannot receive a text message"),
      ("040 1234567X12", "has an extension, which cannot receive a text message"),
      ("+358401234567;ext=12", "has an extension, which cannot receive a text message"),
      ("040 1234567 ext. 12", "contains \"e\", which no telephone number has"),
      ("040 1234567 #12", "contains \"#\", which no telephone number has"),
      ("*100#", "contains \"*\", which no telephone number has"),
      ("* <sms> 0401234567", "contains \"*\", which no telephone number has"),
      ("040+1234567", "has a + that is not at its beginning"),
      ("++358401234567", "has a + that is not at its beginning"),
      ("(040) +358 40 123", "has a + that is not at its beginning"),
      ("040 1234567+", "has a + that is not at its beginning"),
      ("+0401234567", "has a country code that begins with 0"),
      ("+(0)401234567", "has a country code that begins with 0"),
      ("+ 0 401234567", "has a country code that begins with 0"),
      ("00 0401234567", "has a country code that begins with 0"),
      ("00(0)401234567", "has a country code that begins with 0"),
      ("040 1234567, 050 1234567", "seems to be two numbers"),
      ("0401234567/0501234567", "seems to be two numbers"),
      ("0401234567 / 050", "seems to be two numbers"),
      ("040 1234567 / 050 7654321", "seems to be two numbers"),
      ("12 34", "has fewer than 5 digits"),
      ("12345/67890", "seems to be two numbers"), ("040/123/4567", "seems to be two numbers"),
      ("0401234567/", "seems to be two numbers"), ("0401234/567", "seems to be two numbers"),
      (
        "+358 (040) 1234567",
        "has a national prefix in its brackets, so that it can be read in two ways"
      ),
      (
        "+358 (09)1234567",
        "has a national prefix in its brackets, so that it can be read in two ways"
      ),
      (
        "358 (0)40 1234567",
        "has a national prefix in its brackets, so that it can be read in two ways"
      ),
      (
        "0(0)401234567",
        "has a national prefix in its brackets, so that it can be read in two ways"
      ),
      (
        "040 (012) 34567",
        "has a national prefix in its brackets, so that it can be read in two ways"
      ),
      ("(040 1234567", "has a bracket that is not closed"),
      ("((040) 1234567", "contains \"(\", which no telephone number has"),
      ("040) 1234567", "has a closing bracket without an opening one"),
      ("040 1234567\n050 1234567", "contains a line break, which no telephone number has"),
      ("040 1234567\r", nil),
      ("040\u{0}1234567", "contains \"\\u{0}\", which no telephone number has"),
      ("\u{202E}0401234567", "contains \"\\u{202e}\" (U+202E), which no telephone number has"),
      ("\u{FF10}401234567", "contains \"\u{FF10}\" (U+FF10), which no telephone number has"),
      ("\u{660}401234567", "contains \"\u{660}\" (U+0660), which no telephone number has"),
      ("0401234567 Matti", "contains \"M\", which no telephone number has"),
      ("040 123 456O", "contains \"O\", which no telephone number has"),
      ("0401234567:1", "contains \":\", which no telephone number has"),
      ("<sms>", "contains \"<\", which no telephone number has"),
      ("'0401234567", "contains \"'\", which no telephone number has"),
      ("0401234567\u{301}", "contains \"\u{301}\" (U+0301), which no telephone number has"),
    ] as [(String, String?)])
  func refuses(typed: String, reason: String?) throws {
    guard let reason else {
      // White space at the ends is no part of a number, line breaks included.
      #expect(try PhoneNumber(typed).text == "0401234567")
      return
    }
    #expect(throws: Malformed(reason)) { try PhoneNumber(typed) }
  }

  @Test(
    "Whatever is typed, a telephone number is digits with at most one +, and reads as itself again")
  func holdsItsPromise() {
    var random = SplitMix(seed: 1)
    let pieces: [String] = [
      "0", "00", "1", "40", "358", "1234", "56789", "123 4567", "(040)", "+", "(", ")", "(0)", "-",
      " ", "/", ".", "x", "#", "*",
      "tel:", "\u{A0}", "\n", "\u{660}", "\u{2013}", ",", "é", "\u{301}",
    ]
    var accepted = 0
    for _ in 0..<30_000 {
      let typed = (0..<Int.random(in: 0...9, using: &random))
        .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      guard let number = try? PhoneNumber(typed).text else { continue }
      accepted += 1
      let digits = number.utf8.drop { $0 == UInt8(ascii: "+") }
      #expect(digits.allSatisfy(\.isDigit) && number.utf8.count - digits.count <= 1, "\(typed)")
      #expect((5...17).contains(digits.count), "\(typed)")
      #expect((try? PhoneNumber(number).text) == number, "\(typed)")
    }
    #expect(accepted > 500)
  }
}
