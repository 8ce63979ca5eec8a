/// A telephone number that a text message can be sent to: digits, with `+` where it had one.
///
/// People type numbers in many forms. Plain decoration is removed. A number that could mean two
/// things is refused, because a guess might send a code to a stranger.
///
/// - White space of any kind, `.`, `(`, `)`, `-` and its typographic forms are decoration; so is
///   one `/` after an area code, a `tel:` in front, and the invisible marks that copying from
///   Windows or a chat leaves around a number.
/// - `(0)` after a country code is the national prefix, which is dropped: `+358 (0)40-123 4567` is
///   `+358401234567`. Any other bracket that begins with 0 after a digit is refused.
/// - A number keeps the form that it has: `040 123 123 123` is `040123123123`, `0035840…` stays.
/// - Letters, `*`, `#`, extensions, a `+` that is not in front, a country code that begins with 0,
///   and fewer than 5 or more than 15 digits, without `+` and `00`, are refused.
///
/// Source: ITU-T E.164 for the length, ITU-T E.123 and RFC 3966 for the notations.
public struct PhoneNumber: Equatable, Sendable {
  /// The digits, with `+` in front of an international number.
  public let text: String

  /// Reads a value of `mobilePhone` or a similar attribute.
  ///
  /// - Parameter value: The directory's value.
  /// - Throws: ``Malformed`` with the reason why it is left out.
  public init(_ value: String) throws(Malformed) {
    var typed = value.trimmed
    if typed.prefix(4).lowercased() == "tel:" { typed = String(typed.dropFirst(4)).trimmed }
    guard !typed.isEmpty else { throw Malformed("is empty") }

    var digits = ""
    var bracket: String?
    var hasSlash = false
    for scalar in typed.unicodeScalars {
      switch scalar {
      case "0"..."9":
        digits.unicodeScalars.append(scalar)
        bracket?.unicodeScalars.append(scalar)
      case "+" where digits.isEmpty:
        digits = "+"
      case "(" where bracket == nil:
        bracket = ""
      case ")":
        guard let content = bracket else {
          throw Malformed("has a closing bracket without an opening one")
        }
        bracket = nil
        let before = digits.dropLast(content.count)
        guard content.hasPrefix("0"), !["", "+", "00"].contains(before) else { continue }
        // A bracket can hold a national prefix only after a country code.
        guard content == "0", before.hasPrefix("+") || before.hasPrefix("00") else {
          throw Malformed(
            "has a national prefix in its brackets, so that it can be read in two ways")
        }
        digits.removeLast()
      case "/":
        // An area code is shorter than a number, and even shorter without 0 or + in front.
        let longest = digits.hasPrefix("0") || digits.hasPrefix("+") ? 6 : 4
        guard !hasSlash, digits.count <= longest else { throw Malformed("seems to be two numbers") }
        hasSlash = true
      default:
        guard PhoneNumber.isDecoration(scalar) else { throw PhoneNumber.refusal(of: scalar) }
      }
    }
    guard bracket == nil else { throw Malformed("has a bracket that is not closed") }
    guard !digits.hasPrefix("+0"), !digits.hasPrefix("000") else {
      throw Malformed("has a country code that begins with 0")
    }
    let count = digits.count - (digits.hasPrefix("+") ? 1 : digits.hasPrefix("00") ? 2 : 0)
    guard count >= 5 else { throw Malformed("has fewer than 5 digits") }
    guard count <= 15 else {
      throw Malformed("has more digits than a telephone number can have")
    }
    text = digits
  }

  private static func isDecoration(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " ", "\t", "-", ".", "\u{2010}"..."\u{2015}", "\u{2212}", "\u{AD}": true
    case "\u{200B}"..."\u{200F}", "\u{202A}"..."\u{202D}", "\u{2060}", "\u{2066}"..."\u{2069}",
      "\u{FEFF}":
      true
    default: scalar.properties.generalCategory == .spaceSeparator
    }
  }

  private static func refusal(of scalar: Unicode.Scalar) -> Malformed {
    switch scalar {
    case "x", "X", ";": Malformed("has an extension, which cannot receive a text message")
    case "+": Malformed("has a + that is not at its beginning")
    case ",": Malformed("seems to be two numbers")
    default: Malformed("contains \(scalar.spokenName), which no telephone number has")
    }
  }
}
