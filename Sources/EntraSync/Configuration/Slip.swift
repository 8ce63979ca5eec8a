/// What a person, or a program that writes texts for people, may have added to a value by mistake.
enum Slip: CaseIterable {
  /// A comment, though `#` begins one only at the start of a line.
  case comment
  /// Typographic quotes around the value.
  case quotes
  /// Typographic hyphens and dashes.
  case hyphens

  /// The rest of a sentence about a value that cannot be used because of it.
  var reason: String {
    switch self {
    case .comment: "has a comment behind its value; put the comment on a line of its own"
    case .quotes:
      "is in typographic quotes, which are not taken off; type plain quotes or none"
    case .hyphens: "has typographic hyphens in it; type plain ones"
    }
  }

  /// The rest of a sentence about a value that can be used, but hardly so; `nil` if it is no doubt.
  var doubt: String? {
    switch self {
    case .comment:
      "seems to have a comment behind it, which counts as a part of it; put the comment on a line "
        + "of its own"
    case .quotes:
      "is in typographic quotes, which count as a part of it; type plain quotes or none"
    case .hyphens: nil
    }
  }

  /// The slip that explains why a value cannot be used.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - isRight: Whether a value can be used.
  /// - Returns: `nil` if the value is wrong without it too.
  static func explaining(_ value: String, isRight: (String) -> Bool) -> Slip? {
    if let slip = allCases.first(where: { $0.mended(value, strictly: false).map(isRight) == true })
    {
      return slip
    }
    var first: Slip?
    var rest = value
    for slip in allCases {
      guard let mended = slip.mended(rest, strictly: false) else { continue }
      first = first ?? slip
      rest = mended
    }
    return first != nil && isRight(rest) ? first : nil
  }

  /// The slip in a value that may be any text.
  ///
  /// - Parameter value: The value.
  /// - Returns: `nil` if all of the value seems to be meant.
  static func `in`(_ value: String) -> Slip? {
    allCases.first { $0.doubt != nil && $0.mended(value, strictly: true) != nil }
  }

  /// The value without the slip.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - strictly: Whether only what hardly ever belongs to a value counts.
  /// - Returns: `nil` if the slip is not there.
  func mended(_ value: String, strictly: Bool) -> String? {
    switch self {
    case .comment: Slip.withoutComment(value, strictly: strictly)
    case .quotes: Slip.withoutQuotes(value)
    case .hyphens:
      value.unicodeScalars.contains(where: Slip.isHyphen)
        ? String(
          String.UnicodeScalarView(value.unicodeScalars.map { Slip.isHyphen($0) ? "-" : $0 }))
        : nil
    }
  }

  private static func withoutComment(_ value: String, strictly: Bool) -> String? {
    // By scalars, since a mark with an accent is another Character.
    let scalars = value.unicodeScalars
    var isAfterSpace = false
    for index in scalars.indices {
      let rest = scalars[index...]
      let begins =
        scalars[index] == "#" && (isAfterSpace || !strictly && index > scalars.startIndex)
        || !strictly && isAfterSpace && otherMarks.contains { rest.starts(with: $0.unicodeScalars) }
      if begins { return String(scalars[..<index]).trimmed }
      isAfterSpace = scalars[index].properties.isWhitespace
    }
    return nil
  }

  private static func withoutQuotes(_ value: String) -> String? {
    var scalars = value.unicodeScalars[...]
    if let first = scalars.first, isQuote(first) { scalars.removeFirst() }
    if let last = scalars.last, isQuote(last) { scalars.removeLast() }
    let isSame = scalars.count == value.unicodeScalars.count
    return isSame ? nil : String(scalars).trimmed
  }

  /// How comments begin in other kinds of files.
  private static let otherMarks = [";", "//", "--", "/*", "(", "<!--"]

  /// Quotes that word processors and browsers put in place of `"` and `'`.
  private static func isQuote(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2018...0x201F, 0x2039, 0x203A, 0xAB, 0xBB, 0xB4, 0x60, 0x2032, 0x2033, 0x300C, 0x300D,
      0xFF02, 0xFF07:
      true
    default: false
    }
  }

  /// Hyphens and dashes that word processors put in place of `-`.
  private static func isHyphen(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63, 0xFF0D: true
    default: false
    }
  }
}
