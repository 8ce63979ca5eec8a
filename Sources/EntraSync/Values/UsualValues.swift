// What nearly all values are, read from their bytes: plain ASCII without anything to refuse. Each
// function here adds just what the type's own initialiser makes of the value, or says that it
// cannot tell. Then the initialiser decides, which knows all rules and what to say of each.

extension Address {
  /// Reads an address of ASCII characters alone, without white space or a prefix; `nil` for any
  /// other value.
  ///
  /// - Parameter value: The directory's value.
  init?(usualValue value: String) {
    var value = value
    var bytes: [UInt8] = []
    guard value.withUTF8({ Address.appendUsual($0, to: &bytes) }) else { return nil }
    self.init(usual: String(decoding: bytes, as: UTF8.self))
  }

  /// Adds an address of ASCII characters alone, in lower case.
  ///
  /// Most of its characters are letters and digits, which are passed over eight at a time. The
  /// others say by their neighbours whether they stand where they may.
  ///
  /// - Parameters:
  ///   - value: The directory's value, without Exchange's prefix.
  ///   - bytes: Gets the address.
  /// - Returns: `false`, and adds nothing, for any other value.
  static func appendUsual(
    _ value: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]
  ) -> Bool {
    guard 3...254 ~= value.count else { return false }
    var parts = UsualParts()
    var start = 0
    while start < value.count {
      var others = EightBytes(value, from: start).notWord
      while others != 0 {
        let place = start + others.trailingZeroBitCount >> 3
        guard parts.admit(value[place], at: place, of: value) else { return false }
        others &= others - 1
      }
      start += 8
    }
    guard let at = parts.at, parts.dots > 0, EightBytes.isWord(value[value.count - 1]),
      hasUsualLabels(value[part: at + 1..<value.count])
    else { return false }
    bytes.appendLowercased(value)
    return true
  }

  /// What is known of an address up to a place.
  private struct UsualParts {
    /// Where the @ is.
    var at: Int?
    /// How many dots there are behind the @.
    var dots = 0

    /// Whether a character that is neither a letter nor a digit may stand where it does.
    mutating func admit(
      _ byte: UInt8, at place: Int, of value: UnsafeBufferPointer<UInt8>
    ) -> Bool {
      guard place > 0 else { return byte == UInt8(ascii: "_") }
      let before = value[place - 1]
      guard at != nil else { return admitInLocalPart(byte, at: place, behind: before) }
      // Neither a dot nor a hyphen begins a label, and a hyphen does not end one.
      guard before != UInt8(ascii: "."), before != UInt8(ascii: "@") else { return false }
      guard byte == UInt8(ascii: ".") else { return byte == UInt8(ascii: "-") }
      dots += 1
      return before != UInt8(ascii: "-")
    }

    private mutating func admitInLocalPart(
      _ byte: UInt8, at place: Int, behind before: UInt8
    ) -> Bool {
      switch byte {
      case UInt8(ascii: "."): return before != byte
      case UInt8(ascii: "@"):
        at = place
        return before != UInt8(ascii: ".") && place <= 64
      case UInt8(ascii: "!"), UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "'"),
        UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "="),
        UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "~"):
        return true
      default: return false
      }
    }
  }

  /// Whether no label of a domain is longer than 63 bytes.
  private static func hasUsualLabels(_ domain: UnsafeBufferPointer<UInt8>) -> Bool {
    guard domain.count > 63 else { return true }
    return domain.split(separator: UInt8(ascii: ".")).allSatisfy { $0.count <= 63 }
  }
}

extension Word {
  /// Adds a word of ASCII characters alone, in lower case.
  ///
  /// - Parameters:
  ///   - value: The directory's value.
  ///   - bytes: Gets the word.
  /// - Returns: `false`, and adds nothing, for any other value.
  static func appendUsual(_ value: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) -> Bool {
    guard !value.isEmpty, value.allSatisfy({ EightBytes.isWord($0) || "._-+'".utf8.contains($0) })
    else {
      return false
    }
    bytes.appendLowercased(value)
    return true
  }
}

extension PhoneNumber {
  /// Adds a number of digits and single spaces, with or without `+`.
  ///
  /// - Parameters:
  ///   - value: The directory's value.
  ///   - rules: What the configuration demands of values.
  ///   - bytes: Gets the number.
  /// - Returns: `false`, and adds nothing, for any other value.
  static func appendUsual(
    _ value: UnsafeBufferPointer<UInt8>, by rules: ValueRules, to bytes: inout [UInt8]
  ) -> Bool {
    guard value.count <= 32, let first = value.first, value.last?.isDigit ?? false else {
      return false
    }
    let isInternational = first == UInt8(ascii: "+")
    guard isInternational || first.isDigit else { return false }
    // What a text message reaches, and what a national number is, is decided elsewhere.
    guard isInternational ? rules.phones == .all : rules.country == nil else { return false }
    // Digits of their own, since a slice of `bytes` would have all of them copied at each change.
    var digits: [UInt8] = []
    digits.reserveCapacity(value.count)
    for byte in value[part: (isInternational ? 1 : 0)..<value.count] {
      if byte.isDigit {
        digits.append(byte)
      } else if byte != UInt8(ascii: " ") {
        return false
      }
    }
    guard isUsual(digits[...], isInternational: isInternational) else { return false }
    if isInternational { bytes.append(first) }
    bytes.append(contentsOf: digits)
    return true
  }

  private static func isUsual(_ digits: ArraySlice<UInt8>, isInternational: Bool) -> Bool {
    guard 5...15 ~= digits.count else { return false }
    guard isInternational else { return !digits.starts(with: [0x30, 0x30]) }
    guard digits.first != UInt8(ascii: "0"), let (plan, national) = NumberingPlan.find(digits)
    else { return false }
    return plan.isPossible(national)
  }
}

extension [UInt8] {
  /// Adds ASCII characters, with capital letters in lower case.
  fileprivate mutating func appendLowercased(_ text: UnsafeBufferPointer<UInt8>) {
    let start = count
    append(contentsOf: text)
    withUnsafeMutableBufferPointer { bytes in
      for index in start..<bytes.count {
        bytes[index] |= bytes[index] &- 0x41 < 26 ? 0x20 : 0
      }
    }
  }
}
