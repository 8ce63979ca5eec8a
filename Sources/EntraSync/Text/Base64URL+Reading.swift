extension Array<UInt8> {
  /// The bytes that a text in base64url stands for; `nil` for what is none.
  ///
  /// - Parameter text: Without padding.
  ///
  /// Source: RFC 4648, section 5; RFC 7515, section 2.
  public init?(base64URL text: some Sequence<UInt8>) {
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var pending: UInt32 = 0
    for byte in text {
      let value: UInt8
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = byte - UInt8(ascii: "A")
      case UInt8(ascii: "a")...UInt8(ascii: "z"): value = byte - UInt8(ascii: "a") + 26
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte - UInt8(ascii: "0") + 52
      case UInt8(ascii: "-"): value = 62
      case UInt8(ascii: "_"): value = 63
      default: return nil
      }
      bits = bits << 6 | UInt32(value)
      pending += 6
      guard pending >= 8 else { continue }
      pending -= 8
      bytes.append(UInt8(truncatingIfNeeded: bits >> pending))
    }
    guard pending < 6 else { return nil }
    self = bytes
  }
}
