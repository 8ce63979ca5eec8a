/// Reads one page of members, and keeps only what was asked for.
///
/// A page is `{"@odata.nextLink": "…", "value": [{…}, …]}` with its keys in any order. Other keys
/// are skipped, unless they could be links (``PageLink``). A link that is null ends the pages only
/// where fewer members came than were asked for. ``MemberReader`` reads each object of `value`.
public final class PageReader: JSONReceiver {
  /// Which page it is.
  enum Kind {
    /// A group's members, which may be objects of any type.
    case members
    /// Users that a lookup has found. Graph gives `@odata.type` only for a type derived from user.
    case users
    /// Mail contacts that a lookup has found.
    case contacts

    /// The type of an object that names none.
    fileprivate var impliedType: String? {
      switch self {
      case .members: nil
      case .users: Member.userType
      case .contacts: Member.contactType
      }
    }
  }

  private enum State {
    case start, page, members, member, end
    /// Inside a value that is passed over.
    case passedOver(PassedOverValue)
  }

  private enum Key { case nextLink, value, error, unknown }

  private let kind: Kind
  private let pageSize: Int
  private var repeatedKeys = RepeatedKeys()
  private var memberReader: MemberReader
  private var state = State.start
  private var key = Key.unknown
  private var hasValue = false
  private var isLinkNull = false

  private var records: [MemberRecord] = []

  /// The members read so far, in the order of the page.
  public var members: Members { Members(records, memberReader.texts) }
  /// The page link (`@odata.nextLink`), as soon as it was read.
  public private(set) var nextLink: String?

  /// Creates a reader at the start of a page of a group's members.
  ///
  /// - Parameters:
  ///   - attributes: The attributes to keep.
  ///   - pageSize: How many members were asked for.
  public convenience init(
    attributes: [Attribute], pageSize: Int = MembersRequest.largestPage
  ) {
    self.init(attributes: attributes, of: .members, pageSize: pageSize)
  }

  /// Creates a reader at the start of a page.
  ///
  /// - Parameters:
  ///   - attributes: The attributes to keep.
  ///   - kind: Which page it is.
  ///   - pageSize: How many members were asked for.
  init(attributes: [Attribute], of kind: Kind, pageSize: Int) {
    self.kind = kind
    self.pageSize = pageSize
    memberReader = MemberReader(
      attributes: attributes, impliedType: kind.impliedType)
  }

  /// The page link of a page that has not been read yet, so that the next page can be asked for.
  ///
  /// - Parameter document: What may be a page.
  /// - Returns: `nil` if it has none, or none that is plain.
  public static func link(of document: JSONTape) -> String? {
    var links: [String?] = []
    document.forEachMember { name, value in
      guard name.equals("@odata.nextLink") else { return }
      links.append(value.flatMap { 1...JSONTape.longest ~= $0.count ? $0.text : nil })
    }
    return links.count == 1 ? links[0] : nil
  }

  /// Reads a page whole.
  ///
  /// - Parameter document: What may be a page.
  /// - Throws: `.server` for anything else.
  public func read(_ document: JSONTape) throws(EntraSyncError) {
    var cursor = JSONCursor(document)
    while let event = try cursor.next() {
      // Nearly all members can be read without an event for each of their values. The `{` of such a
      // one is nobody's: RepeatedKeys has not seen it, and the cursor has left it.
      if case .members = state, case .beginObject = event, let record = memberReader.read(&cursor) {
        records.append(record)
      } else {
        try receive(event)
      }
    }
    try finish()
  }

  /// Checks that what has been read is a whole page.
  ///
  /// - Throws: `.server` when there was no `value`.
  public func finish() throws(EntraSyncError) {
    guard hasValue, case .end = state else {
      guard kind == .members else { throw unexpected("no array in \"value\"") }
      throw EntraSyncError(.server, "Graph's answer has no list of members (\"value\")")
    }
  }

  /// Takes the next event of the page.
  public func receive(_ event: JSONEvent) throws(EntraSyncError) {
    do throws(Malformed) {
      if let key = repeatedKeys.find(in: event) { throw Malformed("two values of \(key)") }
      try take(event)
    } catch {
      throw unexpected(error.reason)
    }
  }

  private func take(_ event: JSONEvent) throws(Malformed) {
    switch state {
    case .start:
      guard case .beginObject = event else { throw Malformed("no object") }
      state = .page
    case .page: try receivePage(event)
    case .members: try receiveMembers(event)
    case .member:
      guard let member = try memberReader.receive(event) else { return }
      records.append(member)
      state = .members
    case .passedOver(var value): state = value.ends(with: event) ? .page : .passedOver(value)
    case .end: throw Malformed("something after its end")
    }
  }

  private func receivePage(_ event: JSONEvent) throws(Malformed) {
    switch event {
    case .key(let name): key = try pageKey(name)
    case .endObject:
      if isLinkNull, records.count >= pageSize { throw PageLink.noLink }
      state = .end
    default:
      switch (key, event) {
      case (.value, .beginArray):
        // A document cannot have two arrays for one key, but a sequence of events can.
        guard !hasValue else { throw Malformed("two values of \"value\"") }
        hasValue = true
        state = .members
      case (.value, _): throw Malformed("no array in \"value\"")
      case (.nextLink, .string(let bytes)):
        guard !bytes.isEmpty else { throw PageLink.emptyLink }
        nextLink = bytes.text
      case (.nextLink, .null): isLinkNull = true
      case (.nextLink, _): throw PageLink.noText
      case (.error, _): throw Malformed("an error in the middle of the page")
      case (.unknown, _): if let value = PassedOverValue(event) { state = .passedOver(value) }
      }
    }
  }

  private func receiveMembers(_ event: JSONEvent) throws(Malformed) {
    switch event {
    case .beginObject:
      memberReader.begin()
      state = .member
    case .endArray: state = .page
    default: throw Malformed("a member that is no object")
    }
  }

  private func pageKey(_ name: UnsafeBufferPointer<UInt8>) throws(Malformed) -> Key {
    if name.equals("value") { return .value }
    switch PageLink(key: name.text) {
    case .next: return .nextLink
    case .doubtful: throw PageLink.doubtful(name.text)
    case .none: return name.equals("error") ? .error : .unknown
    }
  }

  private func unexpected(_ what: String) -> EntraSyncError {
    switch kind {
    case .members:
      EntraSyncError(.server, "Graph's answer is not a page of members: it has \(what)")
    case .users, .contacts: PeoplePage.unexpected(what)
    }
  }
}
