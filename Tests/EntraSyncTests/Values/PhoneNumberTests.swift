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
      ("00123456789012345", "00123456789012345"), ("040123/4567", "0401234567"),
      ("0176-1234567", "01761234567"), ("98765-43210", "9876543210"),
      ("+91 98765-43210", "+919876543210"), ("+49-176-0123456", "+491760123456"),
      ("040-123-0567", "0401230567"), ("+49 89 1234567-12", "+4989123456712"),
      ("123456-65432", "12345665432"), ("040123-0456789", "0401230456789"),
      ("0401234-04567", "040123404567"), ("+4917/0123456", "+49170123456"),
      ("00358-40-123-4567", "00358401234567"), ("+44-20-7946-0018", "+442079460018"),
      ("1-425-555-0100", "14255550100"), ("01-23-45-06-07", "0123450607"),
      ("8-916-123-45-67", "89161234567"), ("+86-138-0013-8000", "+8613800138000"),
    ])
  func reads(typed: String, number: String) throws {
    #expect(try PhoneNumber(typed).text == number)
  }

  @Test(
    "A 0 after a country code stays where it belongs to the number, also in brackets",
    arguments: [
      ("+39 06 1234567", "+39061234567"), ("+39 (0)6 1234567", "+39061234567"),
      ("+39 (06) 1234567", "+39061234567"), ("0039 (0)6 1234567", "0039061234567"),
      ("+378 0549 123456", "+3780549123456"), ("+378 (0)549 123456", "+3780549123456"),
      ("+379 06 69812345", "+3790669812345"), ("+379 (0)6 69812345", "+3790669812345"),
      ("+225 07 07 12 34 56", "+2250707123456"), ("+225 (0)7 07 12 34 56", "+2250707123456"),
      ("+242 06 123 4567", "+242061234567"), ("+242 (0)6 123 4567", "+242061234567"),
      ("+241 06 12 34 56", "+24106123456"), ("+229 01 40 12 34 56", "+2290140123456"),
      ("+47 02800", "+4702800"), ("+47 (0)2800", "+4702800"),
      // Where no number has the 0, it is what is left out abroad.
      ("+39 (0)347 1234567", "+393471234567"), ("+47 (0)912 34 567", "+4791234567"),
      ("+34 (0)612 345 678", "+34612345678"), ("+1 (0)425 555 0100", "+14255550100"),
      ("+7 (0)912 345 67 89", "+79123456789"), ("+36 (0)20 123 4567", "+36201234567"),
    ])
  func keepsOwnZero(typed: String, number: String) throws {
    #expect(try PhoneNumber(typed).text == number)
  }

  @Test(
    "A national prefix that is kept after a country code is refused",
    arguments: [
      ("+44 07700 900123", "0", 44), ("+490176 1234567", "0", 49), ("0049 0176 1234567", "0", 49),
      ("+358(0)0401234567", "0", 358), ("+44(0)07700 900123", "0", 44),
      ("+44 (0) 07700 900123", "0", 44), ("+358 040 1234567", "0", 358),
      ("+3580401234567", "0", 358), ("(+44) 07700 900123", "0", 44), ("+81 090 1234 5678", "0", 81),
      ("+44 (7700) 0", nil, 44), ("+7 8 912 345 67 89", "8", 7), ("+36 06 20 123 4567", "06", 36),
      ("+1 1 425 555 0100", "1", 1), ("+375 8 029 123 45 67", "80", 375),
      ("+375 029 123 45 67", "0", 375), ("+370 8 612 34567", "8", 370),
      ("+7 8 800 555 35 35", "8", 7), ("+7 800 555 35 35", nil, 7),
    ] as [(String, String?, Int)])
  func refusesKeptPrefix(typed: String, prefix: String?, code: Int) throws {
    guard let prefix else {
      _ = try PhoneNumber(typed)
      return
    }
    #expect(
      throws: Malformed("keeps the national prefix \(prefix) after its country code +\(code)")
    ) { try PhoneNumber(typed) }
  }

  @Test(
    "A telephone number that could mean two things, or is none, is refused with the reason",
    arguments: [
      ("+34 0612 345 678", "has a 0 after its country code +34 that is no part of a number"),
      ("+39 0347 1234567", "has a 0 after its country code +39 that is no part of a number"),
      ("+47 0912 34 567", "has a 0 after its country code +47 that is no part of a number"),
      ("+999 1234567", "has a country code that no country has"),
      ("00210 1234567", "has a country code that no country has"),
      ("040 1234567-040 7654321", "seems to be two numbers"),
      ("040 1234567 - 040 7654321", "seems to be two numbers"),
      ("040 1234567\u{2013}7654321", "seems to be two numbers"),
      ("1234567-7654321", "seems to be two numbers"),
      ("123456-654321", "seems to be two numbers"),
      ("0401234-0456789", "seems to be two numbers"),
      ("+358401234567-407654321", "seems to be two numbers"),
      ("+358401234567/407654321", "seems to be two numbers"),
      ("+358401234567/+358407654321", "seems to be two numbers"),
      ("+35840/0501234567", "seems to be two numbers"),
      ("0401234-050765-4", "seems to be two numbers"),
      ("+500 51221-51222", "seems to be two numbers"),
      ("555-1234-555-5678", "seems to be two numbers"),
      ("040-1234-040-5678", "seems to be two numbers"),
      ("040-123 4567-040-765", "seems to be two numbers"),
      ("123-456-65-43-21", "seems to be two numbers"),
      ("+358 40 1234567-89", "seems to be two numbers"),
      (
        "+39 (0) 06 1234567", "has a 0 after its country code +39 that is no part of a number"
      ),
      (
        "+358 40 (0)1234567",
        "has a national prefix in its brackets, so that it can be read in two ways"
      ),
      (
        "+44 (0)(0)20 7946 0018",
        "has a national prefix in its brackets, so that it can be read in two ways"
      ),
      (
        "+36 (06) 20 123 4567",
        "has a national prefix in its brackets, so that it can be read in two ways"
      ),
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
    "With COUNTRYCODE every spelling of a number becomes the one of E.164",
    arguments: [
      (
        "+358",
        [
          "040 123 4567", "(040) 1234567", "040-1234567", "(0)40 1234567", "+358 40 1234567",
          "+358 (0)40 1234567", "0035840 1234567", "tel:+358-40-123-4567",
        ], "+358401234567"
      ),
      ("+358", ["040 123 123 123", "+358 40 123 123 123"], "+35840123123123"),
      ("+358", ["+44 7700 900123", "0044 (0)7700 900123"], "+447700900123"),
      ("+49", ["0176/12345678", "0049 176 12345678"], "+4917612345678"),
      ("+39", ["347 1234567"], "+393471234567"), ("+39", ["06 1234567"], "+39061234567"),
      ("+39", ["393 4712345"], "+393934712345"),
      ("+45", ["20 12 34 56"], "+4520123456"), ("+47", ["912 34 567"], "+4791234567"),
      ("+1", ["(425) 555-0100", "1-425-555-0100", "001 425 555 0100"], "+14255550100"),
      ("+7", ["8 912 345-67-89", "912 345 67 89"], "+79123456789"),
      ("+36", ["06 20 123 4567"], "+36201234567"),
      ("+375", ["8 029 123 45 67", "029 123 45 67"], "+375291234567"),
      ("+91", ["98765 43210", "098765 43210"], "+919876543210"),
      ("+55", ["(11) 91234-5678", "(011) 91234-5678"], "+5511912345678"),
      ("+225", ["07 07 12 34 56"], "+2250707123456"),
    ])
  func readsNational(code: String, typed: [String], number: String) throws {
    let country = try CountryCode(code)
    for typed in typed {
      #expect(try PhoneNumber(typed, of: country).text == number, "\(typed)")
    }
    #expect(try PhoneNumber(number, of: country).text == number)
  }

  @Test(
    "With COUNTRYCODE a number that is none of the country, or could be two, is refused",
    arguments: [
      ("+358", "401234567", nil), ("+358", "358401234567", nil), ("+358", "12345", nil),
      ("+358", "01234", nil), ("+54", "011 15 1234-5678", nil),
      ("+358", "040 1234567-89", "seems to be two numbers"), ("+45", "4520123456", nil),
      ("+1", "555-0100", nil),
      ("+34", "0612 345 678", nil), ("+91", "919876543210", nil), ("+49", "017612345678901", nil),
      ("+39", "39 347 1234567", "can be read as two numbers of COUNTRYCODE = +39"),
    ] as [(String, String, String?)])
  func refusesNational(code: String, typed: String, reason: String?) throws {
    let country = try CountryCode(code)
    #expect(throws: Malformed(reason ?? "is no national number of COUNTRYCODE = \(code)")) {
      try PhoneNumber(typed, of: country)
    }
  }

  @Test(
    "PHONES = mobile refuses on purpose what no text message reaches in the country",
    arguments: [
      ("+358", "040 1234567", true), ("+358", "0600 12345", false), ("+358", "09 1234567", false),
      ("+358", "+358 800 123456", false), ("+358", "+358 40123", false),
      ("+358", "+44 20 7946 0018", true), ("+44", "+44 20 7946 0018", false),
      ("+44", "07700 900123", true), ("+1", "(425) 555-0100", true),
      ("+1", "900 555 0100", false), ("+45", "20 12 34 56", true), ("+49", "0151 12345678", true),
      ("+39", "06 1234567", false), ("+39", "347 1234567", true),
    ])
  func choosesMobile(code: String, typed: String, isReached: Bool) throws {
    let country = try CountryCode(code)
    _ = try PhoneNumber(typed, of: country)
    guard !isReached else {
      _ = try PhoneNumber(typed, of: country, phones: .mobile)
      return
    }
    let refusal = Malformed(
      "is no number of \(code) that a text message reaches, which PHONES = mobile demands",
      isIntended: true)
    #expect(throws: refusal) { try PhoneNumber(typed, of: country, phones: .mobile) }
  }

  @Test(
    "Whatever is typed, a telephone number is digits with at most one +, and reads as itself again")
  func holdsItsPromise() throws {
    var random = SplitMix(seed: 1)
    let pieces: [String] = [
      "0", "00", "1", "40", "358", "39", "7", "1234", "56789", "123 4567", "(040)", "+", "(", ")",
      "(0)", "-",
      " ", "/", ".", "x", "#", "*",
      "tel:", "\u{A0}", "\n", "\u{660}", "\u{2013}", ",", "é", "\u{301}",
    ]
    var accepted = 0
    let countries = try [nil] + ["+358", "+39", "+7", "+1", "+36"].map { try CountryCode($0) }
    for _ in 0..<30_000 {
      let typed = (0..<Int.random(in: 0...9, using: &random))
        .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let country = countries.randomElement(using: &random) ?? nil
      guard let number = try? PhoneNumber(typed, of: country).text else { continue }
      accepted += 1
      let digits = number.utf8.drop { $0 == UInt8(ascii: "+") }
      #expect(digits.allSatisfy(\.isDigit) && number.utf8.count - digits.count <= 1, "\(typed)")
      #expect((5...17).contains(digits.count), "\(typed)")
      #expect(country == nil || number.hasPrefix("+"), "\(typed)")
      #expect((try? PhoneNumber(number, of: country).text) == number, "\(typed)")
    }
    #expect(accepted > 300)
  }
}
