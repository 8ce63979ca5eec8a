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
    let quote = UInt8(ascii: "'")
    var text = [quote]
    text.reserveCapacity(utf8.count + 2)
    // By bytes, since a Character of a quote with an accent does not equal a quote.
    for byte in utf8 {
      if byte == quote { text.append(quote) }
      text.append(byte)
    }
    text.append(quote)
    return String(decoding: text, as: UTF8.self)
  }
}

extension String {
  /// The text as a JSON string, in quotes.
  ///
  /// Source: RFC 8259, section 7.
  var jsonString: String {
    let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
    // Most texts are long paths without anything to escape.
    var plain = self
    let isPlain = plain.withUTF8 { bytes in
      bytes.allSatisfy { $0 >= 0x20 && $0 != quote && $0 != backslash }
    }
    if isPlain { return "\"\(plain)\"" }
    var text = [quote]
    text.reserveCapacity(utf8.count + 2)
    for byte in utf8 {
      if byte < 0x20 {
        text.append(contentsOf: "\\u00\(byte < 0x10 ? "0" : "")\(String(byte, radix: 16))".utf8)
      } else {
        if byte == quote || byte == backslash { text.append(backslash) }
        text.append(byte)
      }
    }
    text.append(quote)
    return String(decoding: text, as: UTF8.self)
  }
}
