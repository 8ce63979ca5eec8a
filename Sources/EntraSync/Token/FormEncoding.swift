/// Appends `application/x-www-form-urlencoded` pairs, byte for byte.
///
/// Everything but letters, digits and `-._~` is written as `%XX`, so that `&`, `+`, `=`, `%` and
/// spaces in a secret arrive as they are.
///
/// Source: WHATWG URL, "application/x-www-form-urlencoded"; RFC 3986, section 2.3.
struct FormEncoding {
  private(set) var body: [UInt8] = []

  /// Adds a pair.
  mutating func append(_ name: StaticString, _ value: some Sequence<UInt8>) {
    if !body.isEmpty { body.append(UInt8(ascii: "&")) }
    body.append(
      contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    body.append(UInt8(ascii: "="))
    for byte in value { append(byte) }
  }

  private mutating func append(_ byte: UInt8) {
    if byte.isLetter || byte.isDigit || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte) {
      body.append(byte)
    } else {
      body += [UInt8(ascii: "%"), FormEncoding.digit(byte >> 4), FormEncoding.digit(byte & 15)]
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? 0x30 + value : 0x37 + value
  }
}
