extension String {
  /// The path as one word of a shell's command line, for a command that a message suggests.
  ///
  /// A path that begins with `-` gets `./` in front, since a command would treat it as an option.
  public var shellWord: String {
    if hasPrefix("-") { return "./\(self)".shellWord }
    let isPlain =
      !isEmpty
      && utf8.allSatisfy {
        $0.isLetter || $0.isDigit || "/._-+@%,:=".utf8.contains($0)
      }
    if isPlain { return self }
    return
      "'\(singleLine.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#))'"
  }
}

extension String {
  /// The text as a literal of an OData filter, in quotes, with each quote in it doubled.
  ///
  /// Source: OData 4.01, "URL Conventions", section 5.1.1.14.1; Microsoft Graph, "Use query
  /// parameters", escaping single quotes.
  var odataLiteral: String {
    var text = "'"
    // By scalars, since a Character of a quote with an accent does not equal a quote.
    for scalar in unicodeScalars { text += scalar == "'" ? "''" : String(scalar) }
    return text + "'"
  }
}

extension String {
  /// The text as a JSON string, in quotes.
  ///
  /// Source: RFC 8259, section 7.
  var jsonString: String {
    var text = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"", "\\": text += "\\\(scalar)"
      case "\u{00}"..."\u{1F}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}
