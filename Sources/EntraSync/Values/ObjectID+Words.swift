extension ObjectID {
  /// Reads a GUID in its usual form, eight digits at a time; `nil` for any other text.
  ///
  /// It reads just what ``init(utf8:)`` does, and is for the ids of a list's members.
  ///
  /// - Parameter bytes: The text's bytes in UTF-8.
  init?(guid bytes: UnsafeBufferPointer<UInt8>) {
    let text = UnsafeRawBufferPointer(bytes)
    guard text.count == 36, text[8] & text[13] & text[18] & text[23] == UInt8(ascii: "-"),
      text[8] | text[13] | text[18] | text[23] == UInt8(ascii: "-")
    else { return nil }
    func four(_ place: Int) -> UInt64 {
      UInt64(UInt32(littleEndian: text.loadUnaligned(fromByteOffset: place, as: UInt32.self)))
    }
    guard let first = ObjectID.number(four(0) | four(4) << 32),
      let second = ObjectID.number(four(9) | four(14) << 32),
      let third = ObjectID.number(four(19) | four(24) << 32),
      let fourth = ObjectID.number(four(28) | four(32) << 32)
    else { return nil }
    number = UInt128(first << 32 | second) << 64 | UInt128(third << 32 | fourth)
  }

  /// The number that eight hexadecimal digits in either case are.
  ///
  /// - Parameter digits: The digits, the first one in the lowest byte.
  /// - Returns: `nil` if one of the bytes is no digit.
  private static func number(_ digits: UInt64) -> UInt64? {
    let (each, top) = (EightBytes.ones, EightBytes.tops)
    let letters = digits | each << 5
    let isDigit = EightBytes.isAtLeast(0x30, digits) & ~EightBytes.isAtLeast(0x3A, digits)
    let isLetter = EightBytes.isAtLeast(0x61, letters) & ~EightBytes.isAtLeast(0x67, letters)
    guard digits & top == 0, (isDigit | isLetter) & top == top else { return nil }
    let values = (digits & (each &* 0xF)) &+ ((isLetter & top) >> 7) &* 9
    // Two digits to a byte, two bytes to sixteen bits, and so on.
    let bytes = (values << 4 | values >> 8) & 0x00FF_00FF_00FF_00FF
    let pairs = (bytes | bytes >> 8) & 0x0000_FFFF_0000_FFFF
    return UInt64(UInt32(truncatingIfNeeded: pairs | pairs >> 16).byteSwapped)
  }
}
