/// Appends `application/x-www-form-urlencoded` pairs, byte for byte.
///
/// ``PercentEncoding`` lets `&`, `+`, `=`, `%` and spaces in a secret arrive as they are.
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
