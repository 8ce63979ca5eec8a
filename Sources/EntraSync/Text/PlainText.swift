extension String {
  /// Decodes the text of a file that a person wrote: UTF-8, with or without a byte order mark.
  ///
  /// It is `nil` for bytes that are not UTF-8.
  ///
  /// - Parameter bytes: The file's content.
  public init?(plainText bytes: [UInt8]) {
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    self.init(validating: bytes.dropFirst(hasMark ? 3 : 0), as: UTF8.self)
  }
}

extension StringProtocol {
  /// Whether this can be nothing but a mistyped name, so that a message may show it.
  ///
  /// A client secret in the wrong place has digits or punctuation in it, or is longer.
  var isPlainWord: Bool {
    !isEmpty && utf8.count <= 24
      && utf8.allSatisfy { $0.isLetter || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
  }
}

extension String {
  /// The text without white space of any kind at its ends.
  public var trimmed: String {
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }
}
