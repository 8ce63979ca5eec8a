/// A telephone number that a text message can be sent to: digits, with `+` where it had one.
///
/// People type numbers in many shapes. What is plain decoration is removed; what could mean two
/// things is refused, because a guess would send a code to a stranger.
///
/// - White space of any kind, `-`, `.`, `(`, `)` and their typographic forms are decoration; so is
///   one `/` after an area code, and a `tel:` in front.
/// - `(0)` after a country code is the national prefix, which is dropped: `+358 (0)40-123 4567` is
///   `+358401234567`. Any other bracketed number that begins with 0 there is refused.
/// - A number keeps the form it was typed in: `040 123 123 123` is `040123123123`, `0035840…` stays.
/// - Letters, `*`, `#`, extensions, a `+` that is not in front, and fewer than 5 or more than 15
///   digits (17 after `00`) are refused.
///
/// Source: ITU-T E.164 for the length, ITU-T E.123 and RFC 3966 for the notations.
public struct PhoneNumber: Equatable, Sendable {
  /// The digits, with `+` in front of an international number.
  public let text: String

  /// Reads a value of `mobilePhone` or its like.
  ///
  /// - Parameter value: What the directory holds.
  /// - Throws: A ``Malformed`` value with the reason why it is left out.
  public init(_ value: String) throws(Malformed) {
    var typed = value.trimmed
    if typed.prefix(4).lowercased() == "tel:" { typed = String(typed.dropFirst(4)).trimmed }
    guard !typed.isEmpty else { throw Malformed("is empty") }

    var digits = ""
    var bracket: String?
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
        guard let content = bracket else { throw Malformed("has a bracket too many") }
        bracket = nil
        // Only after a country code can a bracket hold a national prefix.
        guard digits.hasPrefix("+") || digits.hasPrefix("00"), content.hasPrefix("0"),
          digits.count > content.count + 1
        else { continue }
        guard content == "0" else {
          throw Malformed(
            "has a national prefix in its brackets, so that it can be read in two ways")
        }
        digits.removeLast()
      case "/":
        guard digits.count <= 6 else { throw Malformed("seems to be two numbers") }
      default:
        guard PhoneNumber.isDecoration(scalar) else { throw PhoneNumber.refusal(of: scalar) }
      }
    }
    guard bracket == nil else { throw Malformed("has a bracket that does not close") }
    guard !digits.hasPrefix("+0") else { throw Malformed("has a country code that begins with 0") }
    let count = digits.hasPrefix("+") ? digits.count - 1 : digits.count
    guard count >= 5 else { throw Malformed("has fewer than 5 digits") }
    guard count <= (digits.hasPrefix("00") ? 17 : 15) else {
      throw Malformed("has more digits than a telephone number can have")
    }
    text = digits
  }

  private static func isDecoration(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " ", "\t", "-", ".", "\u{2010}"..."\u{2015}", "\u{2212}", "\u{AD}": true
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
