/// Reads one page of members as its bytes arrive, and keeps only what was asked for.
///
/// A page is `{"@odata.nextLink": "…", "value": [{…}, …]}` with its keys in any order; what else is
/// there is passed over.
public final class PageReader: JSONReceiver {
  private enum State {
    case start, page, members, member, end
    /// Inside an array of an attribute's values.
    case values(Attribute)
    /// Inside something unknown, so many containers deep.
    case unknown(depth: Int, back: Return)
  }

  private enum Return { case page, member }

  private enum Key {
    case nextLink, value, error, id, type, accountEnabled, userType
    case attribute(Attribute)
    case unknown
  }

  private let attributes: [(name: [UInt8], attribute: Attribute)]
  private var state = State.start
  private var key = Key.unknown
  private var member = Member()
  private var hasValue = false

  /// The members read so far, in the order of the page.
  public private(set) var members: [Member] = []
  /// The URL of the page that follows, as soon as it was read.
  public private(set) var nextLink: String?

  /// A reader at the start of a page.
  ///
  /// - Parameter attributes: The attributes to keep.
  public init(attributes: [Attribute]) {
    self.attributes = attributes.map { (Array($0.name.utf8), $0) }
  }

  /// Checks that what has been read is a whole page.
  ///
  /// - Throws: `.server` when there was no `value`.
  public func finish() throws(EntraSyncError) {
    guard hasValue, case .end = state else {
      throw EntraSyncError(.server, "Graph's answer has no list of members (\"value\")")
    }
  }

  /// Takes the next event of the page.
  public func receive(_ event: JSONEvent) throws(EntraSyncError) {
    switch state {
    case .start:
      guard case .beginObject = event else { throw PageReader.unexpected("no object") }
      state = .page
    case .page: try receivePage(event)
    case .members: try receiveMembers(event)
    case .member: try receiveMember(event)
    case .values(let attribute): try receiveValue(event, of: attribute)
    case .unknown(let depth, let back): pass(event, depth: depth, back: back)
    case .end: throw PageReader.unexpected("something after its end")
    }
  }

  private func receivePage(_ event: JSONEvent) throws(EntraSyncError) {
    switch event {
    case .key(let name): key = pageKey(name)
    case .endObject: state = .end
    default:
      switch (key, event) {
      case (.value, .beginArray):
        guard !hasValue else { throw PageReader.unexpected("two lists of members") }
        hasValue = true
        state = .members
      case (.value, _): throw PageReader.unexpected("no array in \"value\"")
      case (.nextLink, .string(let bytes)):
        guard nextLink == nil else { throw PageReader.unexpected("two nextLinks") }
        nextLink = bytes.text
      case (.nextLink, .null): break
      case (.nextLink, _): throw PageReader.unexpected("a nextLink that is no text")
      case (.error, _): throw PageReader.unexpected("an error in the middle of the page")
      default: enter(event, back: .page)
      }
    }
  }

  private func receiveMembers(_ event: JSONEvent) throws(EntraSyncError) {
    switch event {
    case .beginObject:
      member = Member()
      state = .member
    case .endArray: state = .page
    default: throw PageReader.unexpected("a member that is no object")
    }
  }

  private func receiveMember(_ event: JSONEvent) throws(EntraSyncError) {
    switch event {
    case .key(let name): key = memberKey(name)
    case .endObject:
      guard !member.id.isEmpty, !member.type.isEmpty else {
        throw PageReader.unexpected("a member without its id and type")
      }
      members.append(member)
      state = .members
    default:
      switch (key, event) {
      case (.error, _): throw PageReader.unexpected("an error in the middle of the page")
      case (.id, .string(let bytes)):
        guard member.id.isEmpty else { throw PageReader.unexpected("two values of \"id\"") }
        member.id = bytes.text
        try keep(event)
      case (.type, .string(let bytes)):
        guard member.type.isEmpty else {
          throw PageReader.unexpected("two values of \"@odata.type\"")
        }
        let name = bytes.text
        member.type = name.hasPrefix("#microsoft.graph.") ? String(name.dropFirst(17)) : name
      case (.accountEnabled, .bool(let value)):
        guard member.account.isEnabled == nil else {
          throw PageReader.unexpected("two values of \"accountEnabled\"")
        }
        member.account.isEnabled = value
      case (.userType, .string(let bytes)):
        guard member.account.userType == nil else {
          throw PageReader.unexpected("two values of \"userType\"")
        }
        member.account.userType = bytes.text
      case (.attribute, _): try keep(event)
      default: enter(event, back: .member)
      }
    }
  }

  /// Takes the value of an attribute: a text, or an array of texts.
  private func keep(_ event: JSONEvent) throws(EntraSyncError) {
    guard let attribute = keyAttribute else { return }
    // Which of two would count is anybody's guess, and one of them may be forged.
    guard member.values(of: attribute).isEmpty else {
      throw PageReader.unexpected("two values of \"\(attribute.name)\"")
    }
    switch event {
    case .string(let bytes): member.append(bytes.text, to: attribute)
    case .null: break
    case .beginArray: state = .values(attribute)
    default: throw PageReader.unexpected("no text in \"\(attribute.name)\"")
    }
  }

  /// `id` is read for the report, and may be an attribute of the query filter too.
  private var keyAttribute: Attribute? {
    switch key {
    case .attribute(let attribute): attribute
    case .id: attributes.first { $0.attribute.name == "id" }?.attribute
    default: nil
    }
  }

  private func receiveValue(_ event: JSONEvent, of attribute: Attribute) throws(EntraSyncError) {
    switch event {
    case .string(let bytes): member.append(bytes.text, to: attribute)
    case .null: break
    case .endArray: state = .member
    default: throw PageReader.unexpected("no text in \"\(attribute.name)\"")
    }
  }

  /// Steps over a value that is of no interest, which may be a container.
  private func enter(_ event: JSONEvent, back: Return) {
    switch event {
    case .beginObject, .beginArray: state = .unknown(depth: 1, back: back)
    default: break
    }
  }

  private func pass(_ event: JSONEvent, depth: Int, back: Return) {
    switch event {
    case .beginObject, .beginArray: state = .unknown(depth: depth + 1, back: back)
    case .endObject, .endArray:
      switch (depth, back) {
      case (2..., _): state = .unknown(depth: depth - 1, back: back)
      case (_, .page): state = .page
      case (_, .member): state = .member
      }
    default: break
    }
  }

  private func pageKey(_ name: UnsafeBufferPointer<UInt8>) -> Key {
    if name.equals("value") { return .value }
    if name.equals("@odata.nextLink") { return .nextLink }
    return name.equals("error") ? .error : .unknown
  }

  private func memberKey(_ name: UnsafeBufferPointer<UInt8>) -> Key {
    if name.equals("id") { return .id }
    if name.equals("@odata.type") { return .type }
    if name.equals("accountEnabled") { return .accountEnabled }
    if name.equals("userType") { return .userType }
    if name.equals("error") { return .error }
    if let known = attributes.first(where: { name.elementsEqual($0.name) }) {
      return .attribute(known.attribute)
    }
    return .unknown
  }

  private static func unexpected(_ what: String) -> EntraSyncError {
    EntraSyncError(
      .server,
      "Graph's answer is not a page of members: it has \(what)")
  }
}
