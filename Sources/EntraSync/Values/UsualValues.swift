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
    guard 5...15 ~= digits.count else { return false }
    return isInternational
      ? appendUsualInternational(digits[...], by: rules, to: &bytes)
      : appendUsualNational(digits[...], by: rules, to: &bytes)
  }

  private static func appendUsualInternational(
    _ digits: NumberingPlan.Digits, by rules: ValueRules, to bytes: inout [UInt8]
  ) -> Bool {
    guard digits.first != UInt8(ascii: "0"), let (plan, national) = NumberingPlan.find(digits),
      plan.isPossible(national), plan != rules.country?.plan || counts(national, of: plan, rules)
    else { return false }
    bytes.append(UInt8(ascii: "+"))
    bytes.append(contentsOf: digits)
    return true
  }

  private static func appendUsualNational(
    _ digits: NumberingPlan.Digits, by rules: ValueRules, to bytes: inout [UInt8]
  ) -> Bool {
    // Two zeros would make it an international one.
    guard !digits.starts(with: repeatElement(UInt8(ascii: "0"), count: 2)) else { return false }
    guard let plan = rules.country?.plan else {
      bytes.append(contentsOf: digits)
      return true
    }
    guard let national = usualNational(digits, of: plan), counts(national, of: plan, rules) else {
      return false
    }
    bytes.append(UInt8(ascii: "+"))
    bytes.appendDecimal(plan.code)
    bytes.append(contentsOf: national)
    return true
  }

  /// The one way in which digits are a number of a country; `nil` if there is none, or there are
  /// two.
  private static func usualNational(
    _ digits: NumberingPlan.Digits, of plan: NumberingPlan
  ) -> NumberingPlan.Digits? {
    var reading: NumberingPlan.Digits?
    var isOne = true
    func note(_ other: NumberingPlan.Digits) {
      guard plan.isPossible(other) else { return }
      isOne = isOne && (reading ?? other) == other
      reading = other
    }
    plan.forEachTrunkPrefix { if digits.starts(with: $0) { note(digits.dropFirst($0.count)) } }
    if plan.isWrittenBare { note(digits) }
    // The country code itself may be in front, but it does not make a number of what is none.
    if reading != nil, let (other, rest) = NumberingPlan.find(digits), other == plan { note(rest) }
    return isOne ? reading : nil
  }

  /// Whether a possible number of COUNTRYCODE is one that PHONES demands.
  private static func counts(
    _ national: NumberingPlan.Digits, of plan: NumberingPlan, _ rules: ValueRules
  ) -> Bool {
    rules.phones == .all || !plan.isUnreachable(national)
  }
}

extension [UInt8] {
  /// Adds a number below 1000.
  fileprivate mutating func appendDecimal(_ number: Int) {
    for unit in [100, 10, 1] where number >= unit {
      append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / unit % 10))
    }
  }

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
