/// Up to eight bytes of a text, which are looked at together. The first one is the lowest.
struct EightBytes {
  private let bytes: UInt64

  /// One in each byte.
  static let ones: UInt64 = 0x0101_0101_0101_0101
  /// The highest bit of each byte.
  static let tops: UInt64 = ones << 7

  /// Takes the bytes from a place on. If there are fewer, the rest is filled with letters.
  init(_ text: UnsafeBufferPointer<UInt8>, from start: Int) {
    if start + 8 <= text.count {
      bytes = UInt64(
        littleEndian: UnsafeRawBufferPointer(text)
          .loadUnaligned(fromByteOffset: start, as: UInt64.self))
      return
    }
    var bytes = EightBytes.ones &* UInt64(UInt8(ascii: "a"))
    for index in stride(from: text.count - 1, through: start, by: -1) {
      bytes = bytes << 8 | UInt64(text[index])
    }
    self.bytes = bytes
  }

  /// Says of each byte whether it is at least so much, in its highest bit. That bit means nothing
  /// where the byte itself is 0x80 or more.
  static func isAtLeast(_ least: UInt8, _ bytes: UInt64) -> UInt64 {
    bytes &+ ones &* UInt64(0x80 - least)
  }

  /// The highest bit of each byte that is neither a letter nor a digit of ASCII.
  var notWord: UInt64 {
    let plain = bytes & ~EightBytes.tops
    let letters = plain | EightBytes.ones << 5
    let isDigit = EightBytes.isAtLeast(0x30, plain) & ~EightBytes.isAtLeast(0x3A, plain)
    let isLetter = EightBytes.isAtLeast(0x61, letters) & ~EightBytes.isAtLeast(0x7B, letters)
    return (~(isDigit | isLetter) | bytes) & EightBytes.tops
  }

  /// Whether a byte is a letter or a digit of ASCII.
  static func isWord(_ byte: UInt8) -> Bool { byte.isLetter || byte.isDigit }
}
