/// The names, mail domain and telephone numbers of the made-up people of one country.
///
/// Each culture has its own mail domain, so equal names in two cultures never share an address.
final class Culture: Sendable {
  /// The first names.
  let given: [Name]
  /// The family names.
  let family: [Name]
  /// Whether the family name is written before the first name.
  let familyNameFirst: Bool
  /// The mail domain.
  let domain: String
  /// The language tag for `preferredLanguage`.
  let language: String
  /// The country's telephone code, without a plus.
  let countryCode: String
  /// The digit dialled before a mobile number within the country, or an empty text.
  let trunkPrefix: String
  /// The first digits of the country's mobile numbers, after the trunk prefix.
  let mobilePrefixes: [String]

  /// Creates a culture from its tables.
  ///
  /// - Parameters:
  ///   - given: First names, separated by spaces; see ``Name/list(_:)``.
  ///   - family: Family names, in the same form.
  ///   - familyNameFirst: Whether the family name is written before the first name.
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

  /// All cultures, and how many of every 20 people belong to each.
  static let all: [(culture: Culture, share: Int)] = [
    (finnish, 6), (swedish, 3), (german, 2), (irish, 2), (polish, 1), (turkish, 1),
    (vietnamese, 1), (greek, 1), (ukrainian, 1), (chinese, 1), (french, 1),
  ]
}

/// A name as people write it, and as a mail address spells it.
struct Name: Sendable, Equatable {
  /// The spelling in the address book.
  let written: String
  /// The spelling in a mail address: ASCII in lower case; an apostrophe stays.
  let mail: String

  /// Reads a table of names.
  ///
  /// - Parameter table: Names separated by spaces. Each is `Written=mail`, or `Written` alone where
  ///   the mail spelling is the same in lower case. A `_` stands for a space within a name.
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
