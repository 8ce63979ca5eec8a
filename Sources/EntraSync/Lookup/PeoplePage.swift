/// One page of users in an answer that has been read whole.
struct PeoplePage {
  /// The people, in the order of the page.
  let people: [Member]
  /// The URL of the page that follows.
  let nextLink: String?

  /// Reads a page.
  ///
  /// - Parameters:
  ///   - answer: `{"value": [{…}], "@odata.nextLink": "…"}`.
  ///   - attributes: The attributes to keep.
  /// - Throws: `.server` for anything else.
  init(_ answer: JSONValue?, attributes: [Attribute]) throws(EntraSyncError) {
    let (items, nextLink) = try PeoplePage.items(of: answer)
    var people: [Member] = []
    for item in items { people.append(try PeoplePage.person(item, attributes)) }
    self.people = people
    self.nextLink = nextLink
  }

  /// What every page of Graph's has, whatever is in it.
  ///
  /// - Parameter answer: A document.
  /// - Throws: `.server` where it is no page.
  /// - Returns: The elements of `value`, and the link to the page that follows.
  static func items(
    of answer: JSONValue?
  ) throws(EntraSyncError) -> (items: [JSONValue], nextLink: String?) {
    guard let answer, answer["error"] == nil, case .array(let items) = answer["value"] else {
      throw unexpected("no array in \"value\"")
    }
    switch answer["@odata.nextLink"] {
    case nil, .null: return (items, nil)
    case .string(let link): return (items, link)
    default: throw unexpected("a nextLink that is no text")
    }
  }

  private static func person(
    _ item: JSONValue, _ attributes: [Attribute]
  ) throws(EntraSyncError) -> Member {
    var member = Member()
    guard let id = item["id"]?.text, ObjectID(id) != nil else {
      throw unexpected("a person without an id")
    }
    member.id = id
    member.type = "user"
    if case .bool(let isEnabled) = item["accountEnabled"] { member.account.isEnabled = isEnabled }
    member.account.userType = item["userType"]?.text
    for attribute in attributes {
      switch item[attribute.name] {
      case nil, .null: break
      case .string(let text): member.append(text, to: attribute)
      case .array(let values):
        for value in values where value != .null {
          guard let text = value.text else { throw unexpected("no text in \"\(attribute.name)\"") }
          member.append(text, to: attribute)
        }
      default: throw unexpected("no text in \"\(attribute.name)\"")
      }
    }
    return member
  }

  static func unexpected(_ what: String) -> EntraSyncError {
    EntraSyncError(.server, "Graph's answer to a lookup is not what was asked for: it has \(what)")
  }
}
