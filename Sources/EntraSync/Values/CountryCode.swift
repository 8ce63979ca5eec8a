/// The country code of an international telephone number, such as `+358`.
///
/// Source: ITU-T E.164, annex on country codes.
public struct CountryCode: Equatable, Sendable {
  /// The digits, without `+`.
  public let digits: String

  /// Reads the value of COUNTRYCODE.
  ///
  /// - Parameter text: `+` and the code.
  /// - Throws: ``Malformed`` for anything else.
  public init(_ text: String) throws(Malformed) {
    let digits = text.utf8.dropFirst()
    guard text.utf8.first == UInt8(ascii: "+"), (1...3).contains(digits.count),
      digits.first != UInt8(ascii: "0"), digits.allSatisfy(\.isDigit)
    else {
      throw Malformed("must be a country code such as +358")
    }
    self.digits = String(text.dropFirst())
  }
}
