/// Decodes the character references of HTML: `&amp;`, `&#39;` and `&#x27;`.
///
/// Only those are decoded that titles of pages have: numbers, punctuation, and the letters of
/// Western Europe. Others stay as they are.
///
/// Source: WHATWG HTML, section 13.1.4.
enum CharacterReferences {
  /// The longest reference that is looked for, without `&` and `;`.
  private static let longest = 10

  /// Decodes each reference of a text once.
  ///
  /// - Parameter text: Text of a page.
  /// - Returns: The text. What a reference stands for is not looked at again.
  static func decode(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    var result = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "&",
        let end = rest.prefix(longest + 1).firstIndex(of: ";"),
        let decoded = Self.scalar(String(rest[..<end]))
      else {
        result.append(scalar)
        continue
      }
      result.append(decoded)
      rest = rest[rest.index(after: end)...]
    }
    return String(result)
  }

  private static func scalar(_ name: String) -> Unicode.Scalar? {
    guard name.hasPrefix("#") else { return named[name] }
    let digits = name.dropFirst()
    let isHexadecimal = digits.hasPrefix("x") || digits.hasPrefix("X")
    let number = isHexadecimal ? digits.dropFirst() : digits
    guard number.utf8.allSatisfy({ isHexadecimal ? $0.isHexDigit : $0.isDigit }),
      let value = UInt32(number, radix: isHexadecimal ? 16 : 10), value != 0
    else { return nil }
    return Unicode.Scalar(value)
  }

  private static let named: [String: Unicode.Scalar] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "copy": "©",
    "reg": "®", "trade": "™", "hellip": "…", "ndash": "–", "mdash": "—", "lsquo": "‘",
    "rsquo": "’", "sbquo": "‚", "ldquo": "“", "rdquo": "”", "bdquo": "„", "laquo": "«",
    "raquo": "»", "bull": "•", "middot": "·", "times": "×", "euro": "€", "iexcl": "¡",
    "iquest": "¿", "shy": "\u{AD}", "aacute": "á", "acirc": "â", "agrave": "à", "aring": "å",
    "atilde": "ã", "auml": "ä", "aelig": "æ", "ccedil": "ç", "eacute": "é", "ecirc": "ê",
    "egrave": "è", "euml": "ë", "iacute": "í", "icirc": "î", "igrave": "ì", "iuml": "ï",
    "ntilde": "ñ", "oacute": "ó", "ocirc": "ô", "ograve": "ò", "oslash": "ø", "otilde": "õ",
    "ouml": "ö", "oelig": "œ", "szlig": "ß", "uacute": "ú", "ucirc": "û", "ugrave": "ù",
    "uuml": "ü", "yacute": "ý", "Aacute": "Á", "Acirc": "Â", "Agrave": "À", "Aring": "Å",
    "Atilde": "Ã", "Auml": "Ä", "AElig": "Æ", "Ccedil": "Ç", "Eacute": "É", "Ecirc": "Ê",
    "Egrave": "È", "Euml": "Ë", "Iacute": "Í", "Icirc": "Î", "Ntilde": "Ñ", "Oacute": "Ó",
    "Ocirc": "Ô", "Ograve": "Ò", "Oslash": "Ø", "Otilde": "Õ", "Ouml": "Ö", "Uacute": "Ú",
    "Ucirc": "Û", "Ugrave": "Ù", "Uuml": "Ü",
  ]
}
