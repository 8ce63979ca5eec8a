/// A GUID: the id of a tenant, an application, a group or a person.
///
/// Two ids are equal when their 128 bits are, whatever the case of the texts that they were read
/// from.
public struct ObjectID: Hashable, Sendable, BitwiseCopyable {
  /// The id as a number.
  public let number: UInt128

  /// Reads a GUID in its usual form; `nil` for any other text.
  ///
  /// - Parameter text: 36 characters, in any case.
  public init?(_ text: String) { self.init(utf8: text.utf8) }

  /// Reads a GUID in its usual form; `nil` for any other text.
  ///
  /// - Parameter bytes: The text's bytes in UTF-8.
  init?(utf8 bytes: some Sequence<UInt8>) {
    var number: UInt128 = 0
    var count = 0
    for byte in bytes {
      if ObjectID.dashes.contains(count) {
        guard byte == UInt8(ascii: "-") else { return nil }
      } else {
        guard let digit = byte.hexDigit, count < 36 else { return nil }
        number = number << 4 | UInt128(digit)
      }
      count += 1
    }
    guard count == 36 else { return nil }
    self.number = number
  }

  /// Puts an id together from its ``halves``.
  init(halves: (high: UInt64, low: UInt64)) {
    number = UInt128(halves.high) << 64 | UInt128(halves.low)
  }

  /// The first and the second 64 bits.
  var halves: (high: UInt64, low: UInt64) {
    (UInt64(truncatingIfNeeded: number >> 64), UInt64(truncatingIfNeeded: number))
  }

  /// A GUID of version 4, made of random bits.
  ///
  /// - Parameter random: 128 random bits, six of which are replaced by version and variant.
  ///
  /// Source: RFC 9562, section 5.4.
  public init(random: UInt128) {
    let versioned = random & ~(0xF << 76) | 0x4 << 76
    number = versioned & ~(0x3 << 62) | 0x2 << 62
  }

  /// The id as 8-4-4-4-12 hexadecimal digits in lower case.
  public var text: String {
    var text: [UInt8] = []
    text.reserveCapacity(36)
    for half in [halves.high, halves.low] {
      for shift in stride(from: 60, through: 0, by: -4) {
        if ObjectID.dashes.contains(text.count) { text.append(UInt8(ascii: "-")) }
        let digit = UInt8(truncatingIfNeeded: half >> UInt64(shift) & 0xF)
        text.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Where the dashes are in a GUID's 36 characters.
  private static let dashes = [8, 13, 18, 23]
}
