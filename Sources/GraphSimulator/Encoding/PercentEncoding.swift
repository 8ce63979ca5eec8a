/// The encoding of forms and queries: `name=value&…`, with `%XX` and `+`.
///
/// Decoding is strict, so that a client with careless encoding fails here rather than at Microsoft.
/// - SeeAlso: WHATWG URL, `application/x-www-form-urlencoded`.
enum PercentEncoding {
  /// A reason why bytes are not in this encoding.
  enum Malformed: Error {
    /// A `%` without two hexadecimal digits.
    case escape
    /// A byte that must be written as `%XX`.
    case unescapedByte
    /// The decoded bytes are not UTF-8.
    case encoding
    /// An empty pair, or one without a name.
    case pair
  }

  /// Decodes the pairs of a form or query, in their order.
  ///
  /// - Parameter bytes: The form or the query, without a `?`.
  /// - Throws: ``Malformed``.
  /// - Returns: Names and values, decoded.
  static func pairs(
    _ bytes: some Collection<UInt8>
  ) throws(Malformed) -> [(name: String, value: String)] {
    guard !bytes.isEmpty else { return [] }
    var pairs: [(name: String, value: String)] = []
    for pair in bytes.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false) {
      let parts = pair.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      let name = try decode(parts[0])
      guard !name.isEmpty else { throw .pair }
      pairs.append((name, parts.count > 1 ? try decode(parts[1]) : ""))
    }
    return pairs
  }

  /// Decodes one name or value.
  static func decode(_ bytes: some Collection<UInt8>) throws(Malformed) -> String {
    var decoded: [UInt8] = []
    var index = bytes.startIndex
    func next() -> UInt8? {
      guard index != bytes.endIndex else { return nil }
      defer { index = bytes.index(after: index) }
      return bytes[index]
    }
    while let byte = next() {
      switch byte {
      case UInt8(ascii: "+"): decoded.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let high = next().flatMap(digit), let low = next().flatMap(digit) else {
          throw .escape
        }
        decoded.append(high << 4 | low)
      case 0...0x20, 0x7F...: throw .unescapedByte
      default: decoded.append(byte)
      }
    }
    guard let text = String(validating: decoded, as: UTF8.self) else { throw .encoding }
    return text
  }

  /// Encodes a text: all but ASCII letters, digits, `-`, `.`, `_` and `~` becomes `%XX`.
  static func encode(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var encoded: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        encoded.append(byte)
      default:
        encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
