/// Reads the names and strings of a filter, one after the other.
///
/// - SeeAlso: OData 4.01, "URL Conventions", sections 5.1.1.13 (lambda operators) and 5.1.1.14
///   (literals).
struct FilterScanner {
  private let text: String
  private var rest: Substring

  /// Creates a scanner at the beginning of a text.
  init(_ text: String) {
    self.text = text
    rest = text[...]
  }

  /// Whether this character comes next, after any spaces.
  func isAt(_ character: Character) -> Bool {
    rest.first { $0 != " " } == character
  }

  /// Reads a name: letters, digits and `_`.
  ///
  /// - Throws: ``GraphError`` if there is no name here.
  /// - Returns: The name.
  mutating func name() throws(GraphError) -> String {
    skipSpace()
    let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    guard !name.isEmpty else { throw syntaxError }
    rest = rest[name.endIndex...]
    return String(name)
  }

  /// Reads one character.
  ///
  /// - Throws: ``GraphError`` if another character comes here.
  mutating func expect(_ character: Character) throws(GraphError) {
    skipSpace()
    guard rest.first == character else { throw syntaxError }
    rest.removeFirst()
  }

  /// Reads a string in single quotes, in which `''` stands for one quote.
  ///
  /// - Throws: ``GraphError`` if there is no string here, or it has no end.
  /// - Returns: The text between the quotes.
  mutating func string() throws(GraphError) -> String {
    try expect("'")
    var value = ""
    while let quote = rest.firstIndex(of: "'") {
      value += rest[..<quote]
      rest = rest[rest.index(after: quote)...]
      guard rest.first == "'" else { return value }
      value += "'"
      rest.removeFirst()
    }
    throw .invalidFilter("There is an unterminated string literal in '\(text)'.")
  }

  /// Reads the `or` between two clauses.
  ///
  /// - Throws: ``GraphError`` if neither `or` nor the end comes here.
  /// - Returns: Whether there was an `or`.
  mutating func skipOr() throws(GraphError) -> Bool {
    let hasSpace = rest.first == " "
    skipSpace()
    guard !rest.isEmpty else { return false }
    guard hasSpace, rest.hasPrefix("or ") else { throw syntaxError }
    rest = rest.dropFirst("or ".count)
    return true
  }

  private mutating func skipSpace() {
    rest = rest.drop { $0 == " " }
  }

  private var syntaxError: GraphError {
    .invalidFilter(
      "Syntax error at position \(text.distance(from: text.startIndex, to: rest.startIndex)) in "
        + "'\(text)'.")
  }
}
