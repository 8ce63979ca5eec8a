extension Directory {
  /// The people of ``BuiltInGroup/oddities``, each with a hostile, broken or merely unusual value.
  ///
  /// Entra ID refuses some of these values. A client that relies on that would let everybody who
  /// can edit the directory also edit the gateway's rules.
  static let oddities: [Person] =
    mails.enumerated().map { index, mail in
      odd(index, mail: mail, mobilePhone: "040 555 00\(10 + index)")
    }
    + phones.enumerated().map { index, phone in
      odd(mails.count + index, mail: "phone\(index + 1)@example.com", mobilePhone: phone)
    }

  /// Addresses; the good ones come first.
  private static let mails: [String?] = [
    // Good, though some look odd.
    "plain@example.com", "o'brien@example.com", "tag+list@example.com", "under_score@example.com",
    "a@example.com", "Mixed.Case@Example.COM", "  spaces.around@example.com  ",
    "hyphen-ated@ex-ample.com",
    "dots.in.the.name@sub.domain.example.com", "digits123@123.example.com",
    "tab.around\t@example.com\t",
    // An address from above again, with capital letters or white space.
    "PLAIN@example.com", " plain@EXAMPLE.com",
    // Valid in some mail systems, doubtful in a list.
    "väinö@example.com", "user@müller.example", "\"quoted local\"@example.com", "user@[127.0.0.1]",
    "user@localhost", "slash/back\\slash@example.com", "a&b=c%d@example.com",
    "{curly}|pipe~@example.com",
    // Addresses that try to end a line, add a field or add a rule, or that hide characters.
    "new\nline@example.com", "carriage\rreturn@example.com", "last@example.com\n* root@example.com",
    "in side@example.com", "* @example.com", "*@example.com", "star*@example.com",
    "user@example.com <sms>", "<reg>@example.com", "user@example.com * <sms> - 0",
    "# comment@example.com", "#comment@example.com", "comma,other@example.com",
    "semi;colon@example.com",
    "one@example.com,two@example.com", "two@at@example.com", "nul\u{0}byte@example.com",
    "escape\u{1B}[31m@example.com", "next\u{85}line@example.com", "para\u{2029}graph@example.com",
    "line\u{2028}separator@example.com", "nbsp\u{A0}inside@example.com",
    "zero\u{200B}width@example.com",
    "\u{202E}moc.elpmaxe@resu", "delete\u{7F}@example.com", "\u{FEFF}bom@example.com",
    "full\u{FF20}example.com", "user@ex\u{430}mple.com",
    // Letters that some systems read as ASCII ones.
    "us\u{FF45}r@example.com", "u\u{17F}er@example.com", "of\u{FB01}ce@example.com",
    "us\u{1D41E}r@example.com", "\u{AA}nna@example.com", "mar\u{212A}@example.com",
    "\u{130}nfo@example.com", "\u{131}nfo@example.com", "ma\u{DF}@example.com",
    "user@ex\u{AA}mple.com", "user\u{FF11}@example.com",
    // Good, in other domains than most.
    "ali.as@example.onmicrosoft.com", "ali.as@sub.example.com",
    // Not addresses.
    "", " ", "no-at-sign.example.com", "@example.com", "user@", "@", "user@.example.com",
    "user@example..com", ".user@example.com", "user.@example.com", "user@-example.com",
    "user@example.com.", "mailto:user@example.com", "SMTP:user@example.com", "- 0", "n/a", nil,
    String(repeating: "l", count: 300) + "@example.com",
    "long-domain@" + String(repeating: "d", count: 300) + ".example",
    String(repeating: "x", count: 64) + "@example.com",
  ]

  /// Mobile numbers that try the same, and some that are merely unusual.
  private static let phones: [String?] = [
    "040 123 4567\n* root@example.com <sms> - 0", "040 123 4567 * <sms>", "*", "* <sms> - 0",
    "040\u{0}1234567", "+", "++358401234567", "358+401234567", "+358 40 +123 4567", "(0)",
    "+(358) 40 1234567", "040-123-4567-", "00", "+0401234567", "0401234567;ext=12",
    "tel:0401234567",
    // A national prefix after a country code.
    "+44 07700 900123", "+490176 1234567", "0049 0176 1234567", "+358(0)0401234567",
    "+44(0)07700 900123", "+7 8 912 345 67 89", "+36 06 20 123 4567", "+34 0612 345 678",
    // A 0 that belongs to the number.
    "+39 06 698 12345", "+39 (0)6 698 12345", "+378 (0)549 123456", "+379 06 69812345",
    "+225 07 07 12 34 56", "+242 06 123 4567",
    // Two numbers, a country code that nobody has, and numbers that no text message reaches.
    "040 1234567-050 7654321", "1234567-7654321", "+358401234567/+358507654321",
    "+999 1234567", "0600 12345", "0800 123456", "09 1234567", "401234567", "358401234567",
    "sms:+358401234567", "０４０１２３４５６７", "٠٤٠١٢٣٤٥٦٧", "04O 123 4567", "040 123 4567 x123",
    "+358 40 1234567 / +358 50 7654321", "1", "112", String(repeating: "1", count: 64),
    String(repeating: "9", count: 16), "\t", "", nil,
  ]

  private static func odd(_ index: Int, mail: String?, mobilePhone: String?) -> Person {
    Person(
      id: ObjectID.make(high: 0xE000_0000_0000_0000, low: UInt64(index + 1)), mail: mail,
      mobilePhone: mobilePhone, displayName: "Oddity \(index + 1)")
  }
}
