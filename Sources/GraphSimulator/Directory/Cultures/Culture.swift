/// Where a made-up person's name, mail domain and telephone number come from.
///
/// Each culture has a mail domain of its own, so equal names of two cultures never share an address.
final class Culture: Sendable {
  /// The first names.
  let given: [Name]
  /// The family names.
  let family: [Name]
  /// Which of the two is written first.
  let familyNameFirst: Bool
  /// What follows the `@`.
  let domain: String
  /// The language tag for `preferredLanguage`.
  let language: String
  /// The country's telephone code, without a plus.
  let countryCode: String
  /// What is dialled before a mobile number within the country; empty in Poland and Greece.
  let trunkPrefix: String
  /// How the country's mobile numbers begin.
  let mobilePrefixes: [String]

  /// A culture from its tables.
  ///
  /// - Parameters:
  ///   - given: First names, with one space between; see ``Name/list(_:)``.
  ///   - family: Family names, likewise.
  ///   - familyNameFirst: Which of the two is written first.
  ///   - domain: The mail domain.
  ///   - language: The language tag.
  ///   - phone: Country code, trunk prefix and mobile prefixes.
  init(
    given: String, family: String, familyNameFirst: Bool = false, domain: String, language: String,
    phone: (code: String, trunk: String, mobile: [String])
  ) {
    self.given = Name.list(given)
    self.family = Name.list(family)
    self.familyNameFirst = familyNameFirst
    self.domain = domain
    self.language = language
    countryCode = phone.code
    trunkPrefix = phone.trunk
    mobilePrefixes = phone.mobile
  }

  /// All cultures, and how many of 20 people are of each.
  static let all: [(culture: Culture, share: Int)] = [
    (finnish, 6), (swedish, 3), (german, 2), (irish, 2), (polish, 1), (turkish, 1),
    (vietnamese, 1), (greek, 1), (ukrainian, 1), (chinese, 1), (french, 1),
  ]
}

/// A name as it is written, and as it is spelt in a mail address.
struct Name: Sendable, Equatable {
  /// As in the address book.
  let written: String
  /// In ASCII and lower case; an apostrophe stays.
  let mail: String

  /// A list of names.
  ///
  /// - Parameter table: Names with one space between, each `Written=mail`, or `Written` alone where
  ///   the mail spelling is the lower-case one. A `_` stands for a space within a name.
  /// - Returns: The names in the table's order.
  static func list(_ table: String) -> [Name] {
    table.split(whereSeparator: \.isWhitespace).map { item in
      let parts = item.split(separator: "=", maxSplits: 1)
      let written = String(parts[0].replacing("_", with: " "))
      return Name(
        written: written, mail: parts.count > 1 ? String(parts[1]) : written.lowercased())
    }
  }
}
