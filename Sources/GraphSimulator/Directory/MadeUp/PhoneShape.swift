/// The ways in which people type a mobile number into the directory.
enum PhoneShape {
  /// Makes a person's `mobilePhone`.
  ///
  /// - Parameters:
  ///   - culture: The culture whose numbering plan the number follows.
  ///   - shape: The way of typing, from 0, below ``count``; a common way has more numbers.
  ///   - digits: The source of the operator's prefix and the subscriber number.
  /// - Returns: The text, or nil if the person has no number.
  static func number(of culture: Culture, shape: Int, digits: UInt64) -> String? {
    guard let template = text(ofShape: shape) else { return nil }
    let prefix = culture.mobilePrefixes[Int(digits % UInt64(culture.mobilePrefixes.count))]
    var subscriber = digits / 16 % 10_000_000 + 10_000_000
    var subscriberDigits: [UInt8] = []
    for _ in 0..<7 {
      subscriberDigits.append(UInt8(ascii: "0") + UInt8(subscriber % 10))
      subscriber /= 10
    }

    var typed = ""
    var index = 0
    for character in template.unicodeScalars {
      switch character {
      case "C": typed += culture.countryCode
      case "T": typed += culture.trunkPrefix
      case "P": typed += prefix
      case "S":
        typed.unicodeScalars.append(Unicode.Scalar(subscriberDigits[index % 7]))
        index += 1
      case "F":
        // The full-width digits of East Asian keyboards begin at U+FF10.
        typed.unicodeScalars.append(
          Unicode.Scalar(0xFF10 + UInt32(subscriberDigits[index % 7] - UInt8(ascii: "0"))) ?? "0")
        index += 1
      default: typed.unicodeScalars.append(character)
      }
    }
    return typed
  }

  /// Each way of typing a number, and how many of ``count`` people use it; nil means no number.
  ///
  /// C is the country code, T the trunk prefix, P the operator's prefix, S a digit of the
  /// subscriber number, F such a digit in full width. Anything else stands for itself.
  private static let shapes: [(template: String?, share: Int)] = [
    // Clear numbers.
    ("TP SSS SSSS", 30), ("+C P SSSSSSS", 36), ("TP SSSSSSS", 20), ("+C P SSS SSSS", 18),
    ("TPSSSSSSS", 16), ("TP-SSSSSSS", 14), ("+CPSSSSSSS", 12), ("TP SSS SSS SSS", 4),
    ("+C (0)P-SSS SSSS", 8), ("+C (0)P SSSSSSS", 4), ("00CPSSSSSSS", 5), ("00 C P SSS SSSS", 2),
    ("(TP) SSSSSSS", 3), ("(TP) SSS-SSSS", 2), ("TP.SSS.SSSS", 2), ("TP SSS SS SS", 3),
    ("+C-P-SSSSSSS", 2), ("TP/SSSSSSS", 1), ("TP-SSS SSSS", 2),
    // Good numbers with unusual characters around or between the digits.
    ("TP\u{A0}SSS\u{A0}SSSS", 2), ("+C\u{202F}P\u{202F}SSSSSSS", 1), (" TP SSSSSSS", 1),
    ("+C P SSSSSSS ", 1), ("TP\u{2013}SSS\u{2011}SSSS", 1), ("tel:+CPSSSSSSS", 1),
    ("\u{202A}+C P SSSSSSS\u{202C}", 1), ("TP\tSSSSSSS", 1), ("+\u{200B}C P SSSSSSS", 1),
    // Texts that cannot be dialled as they are.
    ("TP SSSSSSS x123", 2), ("TP SSSSSSS ext. 12", 1), ("TP SSSSSSS / TP 7654321", 1),
    ("TP SSSSSSS, TP 7654321", 1), ("\u{FF0B}C PFFFFFFF", 1), ("SSSS", 1), ("n/a", 1), ("-", 1),
    ("reception", 1), ("TP SSSSSSS (home)", 1), ("0", 1),
    ("", 2), ("  ", 1), (nil, 12),
  ]

  private static let templates: [String?] = shapes.flatMap { shape in
    Array(repeating: shape.template, count: shape.share)
  }

  /// The sum of all shares.
  static var count: Int { templates.count }

  private static func text(ofShape shape: Int) -> String? { templates[shape] }
}
