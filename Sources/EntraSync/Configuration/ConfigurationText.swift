/// The text of an `.entraidconf` file, split into keys and values.
///
/// A line is a key, a separator and a value. The separator is `=`, `:` or white space. `#` begins
/// a comment only at the start of a line, and a value may stand in quotes.
public struct ConfigurationText: Sendable {
  /// One value and its line.
  public struct Entry: Sendable {
    /// The value without its quotes.
    public let value: String
    /// The number of its line, counted from 1.
    public let line: Int
    /// Whether the value stood in quotes, so that what is in it is meant.
    let isQuoted: Bool
  }

  /// The value of each key that the file has.
  public private(set) var entries: [ConfigurationKey: Entry] = [:]
  /// What a person should correct though the file can be used, one line each, without its name.
  public private(set) var warnings: [String] = []

  /// Reads the whole text.
  ///
  /// - Parameter bytes: The file's content: UTF-8, with or without a byte order mark.
  /// - Throws: `.configuration`, naming line and key.
  public init(_ bytes: [UInt8]) throws(EntraSyncError) {
    guard let text = String(plainText: bytes) else {
      throw EntraSyncError(.configuration, "is not UTF-8 text; save it as plain text")
    }
    // By scalars, since CR and LF together are one Character.
    let lines = text.unicodeScalars.split(omittingEmptySubsequences: false) { $0 == "\n" }
    for (index, line) in lines.enumerated() {
      try read(String(line).trimmed, line: index + 1)
    }
  }

  private mutating func read(_ text: String, line: Int) throws(EntraSyncError) {
    guard !text.isEmpty, !text.hasPrefix("#") else { return }
    guard let (key, rest) = ConfigurationText.split(text) else {
      warnings.append(ConfigurationText.unknownKeyWarning(text, line: line))
      return
    }
    let value: String
    do {
      value = try ConfigurationText.unquote(rest)
    } catch {
      throw EntraSyncError(.configuration, "line \(line): \(key.rawValue) \(error.reason)")
    }
    if let earlier = entries[key] {
      guard earlier.value.utf8.elementsEqual(value.utf8) else {
        throw EntraSyncError(
          .configuration,
          "line \(line): \(key.rawValue) was given another value in line \(earlier.line); keep one")
      }
      warnings.append("line \(line): \(key.rawValue) repeats line \(earlier.line); remove one")
      return
    }
    entries[key] = Entry(value: value, line: line, isQuoted: value.utf8.count < rest.utf8.count)
  }

  /// Finds the longest known key that a separator follows, since a key may have spaces in it.
  private static func split(_ text: String) -> (key: ConfigurationKey, rest: String)? {
    var found: (key: ConfigurationKey, end: String.Index)?
    var name = ""
    var index = text.startIndex
    while index < text.endIndex {
      let character = text[index]
      let isMark = character == "=" || character == ":"
      if isMark || character.isWhitespace, let key = ConfigurationKey(typed: name) {
        found = (key, index)
      }
      if isMark { break }
      if !ConfigurationKey.isPassedOver(character) { name.append(character) }
      // Trying the rest of a long line would take a time that grows with the square of its length.
      if name.count > ConfigurationKey.longestName { break }
      index = text.index(after: index)
    }
    if let found {
      var rest = String(text[found.end...]).trimmed
      if let first = rest.first, first == "=" || first == ":" { rest.removeFirst() }
      return (found.key, rest.trimmed)
    }
    // A key alone on its line has an empty value, which the check of its value refuses.
    return ConfigurationKey(typed: text).map { ($0, "") }
  }

  private static func isVisible(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy {
      ![.control, .format].contains($0.properties.generalCategory)
        && !$0.properties.isDefaultIgnorableCodePoint
    }
  }

  private static func unquote(_ text: String) throws(Malformed) -> String {
    guard isVisible(text) else {
      // A comment in a column of its own has a tab before it.
      if Slip.comment.mended(text, strictly: true).map(isVisible) == true {
        throw Malformed(Slip.comment.reason)
      }
      throw Malformed("holds a control character or an invisible one; type the value again")
    }
    guard let quote = text.first, quote == "\"" || quote == "'" else { return text }
    guard text.count >= 2, text.last == quote else {
      let rest = text.dropFirst().drop { $0 != quote }.dropFirst()
      guard String(rest).trimmed.hasPrefix("#") else {
        throw Malformed("begins with a quote that is not closed")
      }
      throw Malformed(Slip.comment.reason)
    }
    return String(text.dropFirst().dropLast())
  }

  /// A warning that shows the unknown key only if it can be nothing but a mistyped word.
  private static func unknownKeyWarning(_ text: String, line: Int) -> String {
    let key = text.prefix { $0 != "=" && $0 != ":" }.prefix { !$0.isWhitespace }
    // `abcd==` is the end of something encoded, and may be the end of a secret.
    let hasValue = text[key.endIndex...].contains { $0 != "=" && $0 != ":" }
    return hasValue && key.isPlainWord
      ? "line \(line): unknown key \(key); it is ignored"
      : "line \(line): no known key at its start; the line is ignored"
  }
}
