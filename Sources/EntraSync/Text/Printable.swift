extension String {
  /// The text on one line, without characters that could break or forge a line of output.
  ///
  /// Control characters, line separators and the invisible characters that reorder text become
  /// `\u{…}`.
  public var singleLine: String {
    guard unicodeScalars.contains(where: \.needsEscape) else { return self }
    var result = ""
    for scalar in unicodeScalars {
      if scalar.needsEscape {
        result += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The text in quotes, on one line, and at most `limit` characters of it.
  ///
  /// - Parameter limit: How many characters are shown before `…`.
  /// - Returns: The text in double quotes.
  public func quoted(limit: Int = 80) -> String {
    // By scalars, since one Character may be any number of accents long.
    let rest = unicodeScalars.dropFirst(limit)
    return "\"\(String(unicodeScalars.prefix(limit)).singleLine)\(rest.isEmpty ? "" : "…")\""
  }
}

extension Unicode.Scalar {
  fileprivate var needsEscape: Bool {
    if isASCII { return value < 0x20 || value == 0x7F }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
      .unassigned:
      return true
    default: return false
    }
  }
}
