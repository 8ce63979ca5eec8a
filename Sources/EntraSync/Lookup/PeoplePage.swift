/// One page of users in an answer that has been read whole.
struct PeoplePage {
  /// The members, in the order of the page.
  let people: [Member]
  /// The URL of the page that follows.
  let nextLink: String?

  /// Reads a page by the rules of a list's pages.
  ///
  /// - Parameters:
  ///   - answer: `{"value": [{…}], "@odata.nextLink": "…"}`.
  ///   - attributes: The attributes to keep.
  ///   - kind: Whether the page has users or contacts.
  ///   - pageSize: How many people were asked for.
  /// - Throws: `.server` for anything else.
  init(
    _ answer: JSONValue?, attributes: [Attribute], of kind: PageReader.Kind = .users,
    pageSize: Int = PeopleQuestion.pageSize
  ) throws(EntraSyncError) {
    let reader = PageReader(attributes: attributes, of: kind, pageSize: pageSize)
    try answer?.send(to: reader)
    try reader.finish()
    people = Array(reader.members)
    nextLink = reader.nextLink
  }

  /// The elements of a page, whatever they are.
  ///
  /// - Parameters:
  ///   - answer: A document.
  ///   - pageSize: How many elements were asked for.
  /// - Throws: `.server` if it is not a page.
  /// - Returns: The elements of `value`, and the link to the page that follows.
  static func items(
    of answer: JSONValue?, pageSize: Int
  ) throws(EntraSyncError) -> (items: [JSONValue], nextLink: String?) {
    guard let answer, answer["error"] == nil, case .array(let items) = answer["value"] else {
      throw unexpected("no array in \"value\"")
    }
    do throws(Malformed) {
      return (items, try PageLink.link(of: answer, isFull: items.count >= pageSize))
    } catch {
      throw unexpected(error.reason)
    }
  }

  static func unexpected(_ what: String) -> EntraSyncError {
    EntraSyncError(.server, "Graph's answer to a lookup is not what was asked for: it has \(what)")
  }
}
