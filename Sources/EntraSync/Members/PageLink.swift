/// What a key beside `value` says of the page that follows.
///
/// A page without a page link is the last one. So a link that is not understood would cut a group
/// off without a word: whatever looks like one makes the answer a broken one.
///
/// Source: OData JSON Format 4.01, sections 4.6.5 and 4.6.6: `@odata.nextLink`, which OData 4.01
/// may also write as `@nextLink`.
enum PageLink: Equatable {
  /// `@odata.nextLink`, as Graph writes it.
  case next
  /// Something else that could be a link, such as `@odata.nextlink` or `@odata.deltaLink`.
  case doubtful
  /// No link.
  case none

  /// Judges a key of a page, of a batch, or of an answer with a list.
  ///
  /// - Parameter key: The key's name.
  init(key: String) {
    self = PageLink.usual.containsBytes(of: key) ? .none : PageLink(byWords: key)
  }

  /// What every answer has beside its link.
  static let usual = ["value", "responses", "@odata.context"]

  /// Judges a key by what is in it; ``init(key:)`` comes to the same.
  init(byWords key: String) {
    guard !key.hasSameBytes(as: "@odata.nextLink") else {
      self = .next
      return
    }
    let letters = PageLink.letters(of: key)
    let words = ["next", "link", "skiptoken"]
    self = words.contains { PageLink.isWord($0, in: letters) } ? .doubtful : .none
  }

  /// Whether a key of a member says that one of its lists goes on elsewhere, as in
  /// `proxyAddresses@odata.nextLink`.
  ///
  /// - Parameter key: The key's name.
  /// - Returns: Whether values are missing.
  static func continues(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
    key.contains(UInt8(ascii: "@")) && isWord("next", in: letters(of: key.text))
  }

  /// The ASCII letters of a key in small letters, which leaves out `@`, `.`, `_` and the like.
  private static func letters(of key: String) -> [UInt8] {
    key.lowercased().utf8.filter(\.isLetter)
  }

  private static func isWord(_ word: String, in letters: [UInt8]) -> Bool {
    letters.indices.contains { letters[$0...].starts(with: word.utf8) }
  }

  /// The link of an answer that was read whole.
  ///
  /// - Parameters:
  ///   - answer: The answer.
  ///   - isFull: Whether it holds as many elements as were asked for.
  /// - Throws: A ``Malformed`` value with what the answer has instead.
  /// - Returns: The URL of the page that follows; `nil` for the last page.
  static func link(of answer: JSONValue, isFull: Bool) throws(Malformed) -> String? {
    guard case .object(let members) = answer else { return nil }
    for key in members.keys.sorted() where PageLink(key: key) == .doubtful {
      throw doubtful(key)
    }
    switch members["@odata.nextLink"] {
    case nil: return nil
    case .null:
      if isFull { throw noLink }
      return nil
    case .string(let link):
      guard !link.isEmpty else { throw emptyLink }
      return link
    default: throw noText
    }
  }

  static func doubtful(_ key: String) -> Malformed {
    Malformed("\(key.quoted()), which could be a nextLink")
  }
  static var noText: Malformed { Malformed("a nextLink that is no text") }
  static var emptyLink: Malformed { Malformed("an empty nextLink") }
  static var noLink: Malformed { Malformed("a nextLink that is null beside a full page") }
}
