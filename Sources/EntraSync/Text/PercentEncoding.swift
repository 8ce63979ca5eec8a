/// Encodes bytes so that none of them is syntax in a URL or a form.
///
/// Everything but letters, digits and `-._~` becomes `%XX`.
///
/// Source: RFC 3986, sections 2.1 and 2.3.
enum PercentEncoding {
  /// Adds one byte to a text.
  static func append(_ byte: UInt8, to text: inout [UInt8]) {
    if isPlain(byte) {
      text.append(byte)
    } else {
      text.append(UInt8(ascii: "%"))
      text.append(digit(byte >> 4))
      text.append(digit(byte & 15))
    }
  }

  /// Encodes a text for a path or a query.
  static func encode(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(2 * text.utf8.count)
    for byte in text.utf8 { append(byte, to: &bytes) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
    default: byte.isLetter || byte.isDigit
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? 0x30 + value : 0x37 + value
  }
}

/// Makes a body of `application/x-www-form-urlencoded` pairs.
///
/// ``PercentEncoding`` encodes `&`, `+`, `=`, `%` and spaces, so that a client secret arrives
/// unchanged.
///
/// Source: WHATWG URL, "application/x-www-form-urlencoded".
struct FormEncoding {
  private(set) var body: [UInt8] = []

  /// Adds a pair.
  mutating func append(_ name: StaticString, _ value: some Sequence<UInt8>) {
    if !body.isEmpty { body.append(UInt8(ascii: "&")) }
    body.append(
      contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    body.append(UInt8(ascii: "="))
    for byte in value { PercentEncoding.append(byte, to: &body) }
  }
}
