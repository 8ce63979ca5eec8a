/// One member of a group, as Graph's answer describes it.
public struct Member: Equatable, Sendable {
  /// The object id in Entra ID.
  public let id: ObjectID
  /// The part of `@odata.type` after `#microsoft.graph.`, such as `user`.
  public let type: String
  /// What the member is.
  public let kind: Kind
  /// What is known about the account.
  public var account = Account()
  /// The values of the member's page, or of the member alone.
  private var texts: Texts
  /// Which of them are the member's.
  private var range: Range<Int>

  /// Creates a member without attributes.
  ///
  /// - Parameters:
  ///   - id: The object id.
  ///   - type: The type without `#microsoft.graph.`.
  public init(id: ObjectID, type: String) {
    self.id = id
    self.type = type
    kind = Kind(of: type)
    texts = Texts(MemberTexts([]))
    range = 0..<0
  }

  /// A member of a page.
  init(_ record: MemberRecord, _ texts: Texts) {
    id = record.id
    type = record.type
    kind = record.kind
    account = record.account
    self.texts = texts
    range = Int(record.start)..<Int(record.end)
  }

  /// The values that the members of one page share. Nothing changes them.
  final class Texts: Sendable {
    let value: MemberTexts

    init(_ value: MemberTexts) { self.value = value }
  }

  /// The type of a user.
  static let userType = "user"
  /// The type of a mail contact.
  static let contactType = "orgContact"

  /// Whether the member is a person: users are, nested groups, contacts and devices are not.
  public var isUser: Bool { kind == .person }

  /// Whether the account is one of another tenant or of no tenant, whatever its `userType`; `nil`
  /// if the sign-in name is not known.
  ///
  /// Cross-tenant synchronization and an administrator can make such an account a `Member`. Its
  /// sign-in name has `#EXT#` in it. The name can be changed, but not how the account came to be.
  ///
  /// Source: Microsoft Entra, "Properties of a B2B collaboration user"; Microsoft Graph v1.0,
  /// resource type `user`, `creationType`.
  public var isExternal: Bool? {
    var isExternal: Bool?
    _ = forEachValue(of: .signInName) { bytes in
      // Only few sign-in names have a # in them.
      let hasMark =
        bytes.contains(UInt8(ascii: "#"))
        && bytes.text.lowercased().utf8.split(separator: UInt8(ascii: "#")).dropFirst()
          .contains { $0.elementsEqual("ext".utf8) }
      isExternal = hasMark || account.creation?.isExternal ?? false
      return false
    }
    return isExternal
  }

  /// Whether the member is a group itself.
  public var isGroup: Bool { kind == .group }

  /// The type that an `@odata.type` names.
  ///
  /// - Parameter name: Such as `#microsoft.graph.user`.
  /// - Returns: The name without Graph's namespace; a type of another namespace stays whole.
  static func type(named name: String) -> String {
    let prefix = "#microsoft.graph."
    return name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
  }

  /// The values of an attribute, in their order; none if it is null or missing.
  ///
  /// - Parameter attribute: One that was asked for.
  /// - Returns: The texts as the answer has them.
  public func values(of attribute: Attribute) -> [String] {
    var found: [String] = []
    _ = forEachPlace(of: attribute) {
      found.append(texts.value.text(of: $0))
      return true
    }
    return found
  }

  /// Whether there is a value of an attribute.
  ///
  /// - Parameter attribute: One that was asked for.
  /// - Returns: `false` if it is null or missing.
  func hasValue(of attribute: Attribute) -> Bool { !forEachPlace(of: attribute) { _ in false } }

  /// Whether there is a value of any attribute.
  var hasValues: Bool { !range.isEmpty }

  /// Lends the bytes of each value of an attribute, in their order, until `body` returns `false`.
  ///
  /// - Parameters:
  ///   - attribute: One that was asked for.
  ///   - body: Receives the bytes in UTF-8, and says whether it wants more.
  /// - Returns: Whether `body` has taken all of them.
  func forEachValue(
    of attribute: Attribute, _ body: (UnsafeBufferPointer<UInt8>) -> Bool
  ) -> Bool {
    forEachPlace(of: attribute) { texts.value.withBytes(of: $0, body) }
  }

  /// Tells where each value of an attribute is, until `body` returns `false`. Then it does, too.
  private func forEachPlace(of attribute: Attribute, _ body: (Int) -> Bool) -> Bool {
    guard let place = texts.value.place(of: attribute) else { return true }
    for index in range where texts.value.values[index].place == place {
      guard body(index) else { return false }
    }
    return true
  }

  /// Adds a value to an attribute.
  ///
  /// - Parameters:
  ///   - value: The text as the answer has it.
  ///   - attribute: One that was asked for.
  public mutating func append(_ value: String, to attribute: Attribute) {
    var own = ownTexts { _ in true }
    var value = value
    value.withUTF8 { own.append($0, of: attribute) }
    (texts, range) = (Texts(own), 0..<own.end)
  }

  /// Keeps one value of an attribute and drops the others.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - attribute: One that was asked for.
  mutating func keep(_ value: String, of attribute: Attribute) {
    let own = ownTexts { $0 != attribute }
    (texts, range) = (Texts(own), 0..<own.end)
    append(value, to: attribute)
  }

  /// The member's values without those of its page.
  private func ownTexts(_ isKept: (Attribute) -> Bool) -> MemberTexts {
    let all = texts.value
    if range == 0..<all.end, all.attributes.allSatisfy(isKept) { return all }
    var own = MemberTexts([])
    for index in range {
      let attribute = all.attributes[Int(all.values[index].place)]
      guard isKept(attribute) else { continue }
      all.withBytes(of: index) { own.append($0, of: attribute) }
    }
    return own
  }

  /// Whether two members are described alike, whatever pages they stand on.
  public static func == (left: Member, right: Member) -> Bool {
    left.id == right.id && left.type == right.type && left.account == right.account
      && left.attributes == right.attributes
  }

  /// All values, by their attributes.
  private var attributes: [Attribute: [String]] {
    var result: [Attribute: [String]] = [:]
    for index in range {
      let place = Int(texts.value.values[index].place)
      result[texts.value.attributes[place], default: []].append(texts.value.text(of: index))
    }
    return result
  }
}
