extension Collection<UInt8> {
  /// The bytes in base64url without padding, the encoding of each part of a JSON Web Token.
  ///
  /// Source: RFC 4648, section 5; RFC 7515, section 2.
  var base64URL: String {
    var result: [UInt8] = []
    result.reserveCapacity((count * 4 + 2) / 3)
    var bits: UInt32 = 0
    var pending = 0
    for byte in self {
      bits = bits << 8 | UInt32(byte)
      pending += 8
      while pending >= 6 {
        pending -= 6
        result.append(Base64URL.digit(bits >> UInt32(pending)))
      }
    }
    if pending > 0 { result.append(Base64URL.digit(bits << UInt32(6 - pending))) }
    return String(decoding: result, as: UTF8.self)
  }
}

private enum Base64URL {
  /// The character for the lowest six bits.
  static func digit(_ bits: UInt32) -> UInt8 {
    let value = UInt8(bits & 63)
    return switch value {
    case 0..<26: UInt8(ascii: "A") + value
    case 26..<52: UInt8(ascii: "a") + value - 26
    case 52..<62: UInt8(ascii: "0") + value - 52
    case 62: UInt8(ascii: "-")
    default: UInt8(ascii: "_")
    }
  }
}

extension Array<UInt8> {
  /// Decodes base64url; `nil` for any other text.
  ///
  /// - Parameter text: The encoded bytes, without padding.
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

  /// Decodes base64 of either alphabet, with or without padding; `nil` for any other text.
  ///
  /// - Parameter text: The encoded bytes.
  ///
  /// Source: RFC 4648, sections 4 and 5.
  init?(base64 text: some Collection<UInt8>) {
    let padding = text.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    guard padding == 0 || (padding <= 2 && text.count % 4 == 0) else { return nil }
    self.init(
      base64URL: text.dropLast(padding).lazy.map { (byte: UInt8) -> UInt8 in
        switch byte {
        case UInt8(ascii: "+"): UInt8(ascii: "-")
        case UInt8(ascii: "/"): UInt8(ascii: "_")
        default: byte
        }
      })
  }
}
