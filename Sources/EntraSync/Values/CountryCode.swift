/// The country code of telephone numbers that are written without one, such as `+358`.
public struct CountryCode: Equatable, Sendable {
  /// How numbers of the country begin and how long they are.
  let plan: NumberingPlan

  /// The code's digits, without `+`.
  public var digits: String { String(plan.code) }

  /// Reads the value of COUNTRYCODE.
  ///
  /// - Parameter text: `+` and the code.
  /// - Throws: ``Malformed`` for anything else, and for a code that no country has.
  public init(_ text: String) throws(Malformed) {
    let digits = Array(text.utf8.dropFirst())
    guard text.utf8.first == UInt8(ascii: "+"), digits.allSatisfy(\.isDigit),
      let (plan, rest) = NumberingPlan.find(digits[...]), rest.isEmpty
    else {
      throw Malformed("must be a country code such as +358")
    }
    self.plan = plan
  }
}
