/// A telephone number that a text message can be sent to: digits, with `+` where it had one.
///
/// People type numbers in many forms. ``TypedNumber`` removes plain decoration. A number that could
/// mean two things is refused, because a guess might send a code to a stranger.
///
/// - `(0)` after a country code is the national prefix, which is dropped: `+358 (0)40-123 4567` is
///   `+358401234567`. Where the 0 belongs to the number, it stays: `+39 (0)6 698…` is `+3906698…`.
///   Any other bracket that begins with 0 after a digit is refused.
/// - A national prefix that is kept after a country code is refused: `+44 07700 900123`.
/// - Without COUNTRYCODE, a number keeps the form that it has: `040 123 123 123` is
///   `040123123123`, `0035840…` stays. With it, every number is in E.164.
/// - A country code that no country has, and fewer than 5 or more than 15 digits, without `+` and
///   `00`, are refused.
///
/// Source: ITU-T E.164 for the length, ITU-T E.123 and RFC 3966 for the notations.
public struct PhoneNumber: Equatable, Sendable {
  /// The digits, with `+` in front of an international number.
  public let text: String

  /// Reads a value of `mobilePhone` or a similar attribute.
  ///
  /// - Parameters:
  ///   - value: The directory's value.
  ///   - country: The country of a number that names none; `nil` to keep numbers as they are.
  ///   - phones: Which numbers of that country count.
  /// - Throws: ``Malformed`` with the reason why it is left out.
  public init(
    _ value: String, of country: CountryCode? = nil, phones: ValueRules.Phones = .all
  ) throws(Malformed) {
    let typed = try TypedNumber(value)
    guard let international = try PhoneNumber.international(typed) else {
      guard let country else {
        text = String(decoding: typed.digits, as: UTF8.self)
        return
      }
      let national = try PhoneNumber.national(typed, of: country.plan)
      try PhoneNumber.check(country.plan, national, phones)
      text = "+\(country.digits)" + String(decoding: national, as: UTF8.self)
      return
    }
    let (plan, national) = international
    if plan == country?.plan { try PhoneNumber.check(plan, national, phones) }
    let prefix = country == nil ? typed.prefix.text : "+"
    text = "\(prefix)\(plan.code)" + String(decoding: national, as: UTF8.self)
  }

  /// Takes an international number apart; `nil` for a number without `+` and `00`.
  private static func international(
    _ typed: TypedNumber
  ) throws(Malformed) -> (plan: NumberingPlan, national: NumberingPlan.Digits)? {
    guard typed.prefix != .none else { return nil }
    guard let (plan, rest) = NumberingPlan.find(typed.digits[...]) else {
      throw Malformed("has a country code that no country has")
    }
    let codeLength = typed.digits.count - rest.count
    var national = rest
    var isZeroDropped = false
    if let bracket = typed.zeroBracket {
      // A bracket can hold a national prefix only after a country code.
      guard bracket.position == codeLength, bracket.length == 1 || plan.isPossible(rest) else {
        throw TypedNumber.twoWays
      }
      isZeroDropped = !plan.isPossible(rest)
      if isZeroDropped { national = rest.dropFirst() }
    }
    let hasSecondZero = isZeroDropped && national.first == UInt8(ascii: "0")
    guard hasSecondZero || !plan.isPossible(national) else { return (plan, national) }
    // What is no number as a whole may be one up to a hyphen or slash.
    let isPossibleBefore = typed.joints.contains {
      plan.isPossible(typed.digits[codeLength..<max($0, codeLength)])
    }
    guard !isPossibleBefore else { throw TypedNumber.twoNumbers }
    if let trunk = plan.trunkPrefixes.first(where: { national.starts(with: $0) }) {
      throw Malformed(
        "keeps the national prefix \(String(decoding: trunk, as: UTF8.self)) after its country code "
          + "+\(plan.code)")
    }
    guard national.first != UInt8(ascii: "0") else {
      throw Malformed("has a 0 after its country code +\(plan.code) that is no part of a number")
    }
    return (plan, national)
  }

  /// Finds the one way in which a number without a country code is one of the country.
  private static func national(
    _ typed: TypedNumber, of plan: NumberingPlan
  ) throws(Malformed) -> NumberingPlan.Digits {
    let digits = typed.digits[...]
    var readings = plan.trunkPrefixes.filter { digits.starts(with: $0) }
      .map { digits.dropFirst($0.count) }
    if plan.isWrittenBare { readings.append(digits) }
    readings.removeAll { !plan.isPossible($0) }
    guard let reading = readings.first else {
      // Behind a 0 there is nothing else than a national number, though it may be a longer one.
      let rest = digits.dropFirst()
      if plan.trunkPrefixes.contains([0x30]), digits.first == 0x30, plan.isLong(rest) {
        let isPossibleBefore = typed.joints.contains { $0 > 1 && plan.isPossible(digits[1..<$0]) }
        guard !isPossibleBefore else { throw TypedNumber.twoNumbers }
        return rest
      }
      throw Malformed("is no national number of COUNTRYCODE = +\(plan.code)")
    }
    // The country code itself may be in front, without its +.
    if let (other, rest) = NumberingPlan.find(digits), other == plan, plan.isPossible(rest) {
      readings.append(rest)
    }
    guard readings.allSatisfy({ $0 == reading }) else {
      throw Malformed("can be read as two numbers of COUNTRYCODE = +\(plan.code)")
    }
    return reading
  }

  private static func check(
    _ plan: NumberingPlan, _ national: NumberingPlan.Digits, _ phones: ValueRules.Phones
  ) throws(Malformed) {
    guard phones == .mobile else { return }
    guard plan.isPossible(national) || plan.isLong(national), !plan.isUnreachable(national) else {
      throw Malformed(
        "is no number of +\(plan.code) that a text message reaches, which PHONES = mobile demands",
        isIntended: true)
    }
  }
}
