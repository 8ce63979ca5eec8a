/// The text of a web page: its title and its words, without markup.
///
/// A page of any kind may come in place of an answer, so nothing about it is taken for granted. It
/// is read once, from its beginning to its end.
///
/// Source: WHATWG HTML, sections 13.1.2 (elements), 13.1.4 (character references) and 13.1.6
/// (comments).
struct PageText {
  /// Elements whose content no reader of a page sees, or sees as a picture.
  private static let hidden = ["script", "style", "template", "svg", "noscript"]
  /// Elements that do not end a word.
  private static let inline: Set<String> = [
    "a", "b", "big", "code", "em", "font", "i", "small", "span", "strong", "sub", "sup", "tt", "u",
    "wbr",
  ]

  /// The title; empty without one.
  private(set) var title = ""
  /// The words outside of the title.
  private(set) var words = ""

  private let bytes: [UInt8]
  private var place = 0
  private var hasMarkup = false
  /// Whether a title may still end, so that a page of nothing but titles takes no long time.
  private var mayHaveTitle = true
  /// Whether quotes count, which they do until one is never closed.
  private var mayHaveQuotes = true

  /// Reads a page, or a text without markup.
  ///
  /// - Parameter text: The page.
  init(_ text: String) {
    bytes = Array(text.utf8)
    var found: [UInt8] = []
    while place < bytes.count {
      if bytes[place] == UInt8(ascii: "<"), let space = passTag() {
        if space { found.append(UInt8(ascii: " ")) }
      } else {
        found.append(bytes[place])
        place += 1
      }
    }
    words = shown(found[...])
  }

  /// Passes over a comment, or a tag with what it hides.
  ///
  /// - Returns: Whether a word ends here; `nil` where no tag begins.
  private mutating func passTag() -> Bool? {
    let rest = bytes[(place + 1)...]
    guard let first = rest.first, first.isLetter || "/!?".utf8.contains(first) else { return nil }
    hasMarkup = true
    if rest.starts(with: "!--".utf8) {
      place = end(of: "-->", from: place + 4) ?? bytes.count
      return true
    }
    let name = PageText.name(rest.drop { $0 == UInt8(ascii: "/") })
    passToEndOfTag()
    if first == UInt8(ascii: "/") { return !PageText.inline.contains(name) }
    if name == "title", mayHaveTitle {
      let end = start(of: "</title", from: place)
      mayHaveTitle = end != nil
      let content = bytes[place..<(end ?? nextTag)]
      place = content.endIndex
      if title.isEmpty { title = shown(content) }
    } else if PageText.hidden.contains(name) {
      place = start(of: "</\(name)", from: place) ?? bytes.count
    }
    return !PageText.inline.contains(name)
  }

  /// The name at the beginning of a tag, in lower case.
  private static func name(_ rest: ArraySlice<UInt8>) -> String {
    let letters = rest.prefix { $0.isLetter || $0.isDigit }
    return String(decoding: letters.map { $0.isLetter ? $0 | 0x20 : $0 }, as: UTF8.self)
  }

  /// Moves behind the `>` of a tag, which a value in quotes may hold too.
  private mutating func passToEndOfTag() {
    var quote: UInt8?
    let start = place
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: ">") {
        return
      } else if mayHaveQuotes, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      }
    }
    // A quote that is never closed is no quote. The rest is read once more, but only this once.
    mayHaveQuotes = quote == nil
    guard quote != nil, let end = bytes[start...].firstIndex(of: UInt8(ascii: ">")) else { return }
    place = end + 1
  }

  private var nextTag: Int { bytes[place...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count }

  /// Where a text begins, whatever the case of its letters.
  private func start(of text: String, from index: Int) -> Int? {
    let sought = Array(text.utf8)
    guard index <= bytes.count, let first = sought.first else { return nil }
    var place = index
    while let next = bytes[place...].firstIndex(of: first) {
      let part = bytes[next...].prefix(sought.count)
      if part.elementsEqual(sought, by: { ($0.isLetter ? $0 | 0x20 : $0) == $1 }) { return next }
      place = next + 1
    }
    return nil
  }

  private func end(of text: String, from index: Int) -> Int? {
    start(of: text, from: min(index, bytes.count)).map { $0 + text.utf8.count }
  }

  /// The words of a part, one space between each two.
  private func shown(_ part: ArraySlice<UInt8>) -> String {
    let text = String(decoding: part, as: UTF8.self)
    let plain = hasMarkup ? CharacterReferences.decode(text) : text
    return plain.unicodeScalars
      .split { $0.properties.isWhitespace || (0x80...0x9F).contains($0.value) }
      .map { String($0) }.joined(separator: " ")
  }
}
