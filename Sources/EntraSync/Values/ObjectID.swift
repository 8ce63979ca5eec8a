/// A GUID in lower case: the id of a tenant, an application, a group or a person.
public struct ObjectID: Hashable, Sendable {
  /// The id as 8-4-4-4-12 hexadecimal digits in lower case.
  public let text: String

  /// Accepts a GUID in its usual form.
  ///
  /// - Parameter text: 36 characters, in any case.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 36 else { return nil }
    for (index, byte) in bytes.enumerated() {
      let isDashPlace = [8, 13, 18, 23].contains(index)
      guard isDashPlace ? byte == UInt8(ascii: "-") : byte.isHexDigit else { return nil }
    }
    self.text = text.lowercased()
  }

  /// A GUID of version 4, made of random bits.
  ///
  /// - Parameter random: 128 random bits, of which six give way to version and variant.
  ///
  /// Source: RFC 9562, section 5.4.
  public init(random: UInt128) {
    let versioned = random & ~(0xF << 76) | 0x4 << 76
    let varied = versioned & ~(0x3 << 62) | 0x2 << 62
    let digits = String(varied, radix: 16)
    let padded = String(repeating: "0", count: 32 - digits.utf8.count) + digits
    var text = ""
    for (index, digit) in padded.enumerated() {
      if [8, 12, 16, 20].contains(index) { text += "-" }
      text.append(digit)
    }
    self.text = text
  }

  /// The 128 bits of a GUID, where an id has to be remembered in little room.
  ///
  /// - Parameter text: 36 characters, in any case.
  /// - Returns: `nil` for what is no GUID.
  public static func number(of text: String) -> UInt128? {
    var number: UInt128 = 0
    var count = 0
    for byte in text.utf8 {
      if [8, 13, 18, 23].contains(count) {
        guard byte == UInt8(ascii: "-") else { return nil }
      } else {
        guard let digit = byte.hexDigit, count < 36 else { return nil }
        number = number << 4 | UInt128(digit)
      }
      count += 1
    }
    return count == 36 ? number : nil
  }
}
