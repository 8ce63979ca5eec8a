/// Writes JSON piece by piece, so that a page of 999 people needs no tree in memory.
struct JSONText {
  /// The text so far.
  private(set) var bytes: [UInt8] = []
  /// Whether characters beyond ASCII are written as `\uXXXX`, as some of Microsoft's services do.
  let isASCII: Bool

  /// Creates an empty text.
  init(isASCII: Bool = false, capacity: Int = 0) {
    self.isASCII = isASCII
    bytes.reserveCapacity(capacity)
  }

  /// Writes punctuation, numbers or keys without escaping.
  mutating func raw(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// Writes bytes without escaping.
  mutating func raw(_ text: some Sequence<UInt8>) {
    bytes.append(contentsOf: text)
  }

  /// Writes a string with its quotes.
  ///
  /// - Parameters:
  ///   - text: The string.
  ///   - prefix: Text before it inside the quotes, which is not escaped.
  mutating func string(_ text: String, after prefix: StaticString = "") {
    bytes.append(UInt8(ascii: "\""))
    raw(prefix)
    if isASCII {
      for unit in text.utf16 { unit < 0x80 ? byte(UInt8(unit)) : escape(unit) }
    } else {
      var text = text
      text.withUTF8 { buffer in for unit in buffer { byte(unit) } }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Writes a key, with its quotes and colon.
  mutating func key(_ name: String) {
    string(name)
    bytes.append(UInt8(ascii: ":"))
  }

  /// Writes a property's value.
  mutating func value(_ value: AttributeValue) {
    switch value {
    case .null: raw("null")
    case .flag(let flag): raw(flag ? "true" : "false")
    case .text(let text): string(text)
    case .texts(let texts):
      raw("[")
      for (index, text) in texts.enumerated() {
        if index > 0 { raw(",") }
        string(text)
      }
      raw("]")
    case .object(let members): object(members)
    case .phones(let phones):
      raw("[")
      for (index, phone) in phones.enumerated() {
        if index > 0 { raw(",") }
        object(phone)
      }
      raw("]")
    }
  }

  private mutating func object(_ members: [String: String?]) {
    raw("{")
    for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
      if index > 0 { raw(",") }
      key(member.key)
      if let text = member.value { string(text) } else { raw("null") }
    }
    raw("}")
  }

  private mutating func byte(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): raw("\\\"")
    case UInt8(ascii: "\\"): raw("\\\\")
    case UInt8(ascii: "\n"): raw("\\n")
    case UInt8(ascii: "\r"): raw("\\r")
    case UInt8(ascii: "\t"): raw("\\t")
    case 0..<0x20: escape(UInt16(byte))
    default: bytes.append(byte)
    }
  }

  private mutating func escape(_ unit: UInt16) {
    raw("\\u")
    for shift in [12, 8, 4, 0] {
      let nibble = UInt8(truncatingIfNeeded: unit >> UInt16(shift)) & 0xF
      bytes.append(nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10)
    }
  }
}
