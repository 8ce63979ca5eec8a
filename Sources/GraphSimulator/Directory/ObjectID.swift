/// Object ids: GUIDs in lower case.
enum ObjectID {
  /// Makes a GUID from 128 bits, marked as version 4 and with the variant of RFC 9562.
  ///
  /// - Parameters:
  ///   - high: The first half; the version replaces four of its bits.
  ///   - low: The second half; the variant replaces two of its bits.
  /// - Returns: Text such as `0f5c2a7e-91b3-4c7d-a1e2-5b6c7d8e9f00`.
  static func make(high: UInt64, low: UInt64) -> String {
    let first = (high & ~0xF000) | 0x4000
    let second = (low & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000
    var text: [UInt8] = []
    text.reserveCapacity(36)
    for (half, dashes) in [(first, [8, 12]), (second, [4])] {
      for digit in 0..<16 {
        if dashes.contains(digit) { text.append(UInt8(ascii: "-")) }
        let nibble = UInt8(truncatingIfNeeded: half >> UInt64(60 - 4 * digit)) & 0xF
        text.append(nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10)
      }
      if text.count == 18 { text.append(UInt8(ascii: "-")) }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// A random GUID.
  static func random() -> String {
    make(high: .random(in: .min ... .max), low: .random(in: .min ... .max))
  }

  /// Whether a text is a GUID: 8-4-4-4-12 hexadecimal digits.
  static func isValid(_ text: some StringProtocol) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 36 else { return false }
    return bytes.enumerated().allSatisfy { index, byte in
      [8, 13, 18, 23].contains(index)
        ? byte == UInt8(ascii: "-")
        : (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
    }
  }
}
