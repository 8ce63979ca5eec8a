extension Collection<UInt8> {
  /// The bytes in base64url without padding, as every part of a JSON Web Token is written.
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
  /// The character of the lowest six bits.
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
