extension Unicode.Scalar {
  /// Whether this is a letter, a mark on one, or a digit, of any script.
  var isWordCharacter: Bool {
    if isASCII { return UInt8(ascii: self).isLetter || UInt8(ascii: self).isDigit }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter, .modifierLetter,
      .nonspacingMark, .spacingMark, .decimalNumber:
      return !properties.isDefaultIgnorableCodePoint
    default:
      return false
    }
  }

  /// Whether this combines with the character before it, as an accent does.
  var isMark: Bool {
    [.nonspacingMark, .spacingMark, .enclosingMark].contains(properties.generalCategory)
  }

  /// The name of this character in a message, which shows even an invisible one.
  var spokenName: String {
    if self == " " { return "a space" }
    if self == "\n" || self == "\r" { return "a line break" }
    if self == "\t" { return "a tab" }
    return String(Character(self)).quoted() + (isASCII ? "" : " (U+\(hexadecimal))")
  }

  private var hexadecimal: String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension UInt8 {
  /// Whether the byte is one of `0…9`.
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  /// Whether the byte is one of `a…z` or `A…Z`.
  var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
  /// Whether the byte is a hexadecimal digit in either case.
  var isHexDigit: Bool { hexDigit != nil }
  /// The value of a hexadecimal digit in either case.
  var hexDigit: UInt8? {
    if isDigit { return self - 0x30 }
    let letter = self | 0x20
    return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : nil
  }
}
