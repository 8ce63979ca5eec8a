/// Reads one member: an object of a page of a group's members, or of a page of users.
///
/// Lists and lookups both read people by this type, so both understand an object alike. The rules:
///
/// - `id` is a GUID, in any case.
/// - `@odata.type` is a text. Without one, the object has the type that the page implies.
/// - An attribute of one value is null or a text. One of a list is null or an array of texts and
///   nulls.
/// - `accountEnabled` is null or a Boolean, `userType` and `creationType` are null or a text.
/// - `extensionAttribute1` to `15` stand in `onPremisesExtensionAttributes`, an object or null.
/// - `phones` of a contact become `mobilePhone`, `businessPhones` and `faxNumber`.
/// - A link to more values of a list, such as `proxyAddresses@odata.nextLink`, is not followed: it
///   makes the page a broken one.
/// - `error` is a failure in the middle of the answer.
/// - Anything else is skipped.
///
/// ``RepeatedKeys`` refuses a key that comes twice before it gets here.
struct MemberReader {
  private enum Key {
    case id, type, accountEnabled, userType, creationType, exchangeObject, phones, error, unknown
    case attribute(Attribute)
  }

  private enum State {
    case object
    /// Inside an array of an attribute's values.
    case values(Attribute)
    /// Inside the object with the attributes of Exchange; `nil` for one that is not kept.
    case exchangeObject(Attribute?)
    /// Inside the telephone numbers of a contact.
    case phones(ContactPhones)
    /// Inside a value that is passed over.
    case passedOver(PassedOverValue)
  }

  private let attributes: [(name: [UInt8], attribute: Attribute)]
  /// `id`, if it is one of the attributes to keep.
  private let idAttribute: Attribute?
  private let impliedType: String?
  private let hasExchangeAttributes: Bool

  private var state = State.object
  private var key = Key.unknown
  private var id: ObjectID?
  private var type: String?
  private var account = Member.Account()
  private var values: [(attribute: Attribute, value: String)] = []
  /// The telephone numbers of a contact, with their types.
  private var numbers: [(type: String, number: String)] = []

  /// Creates a reader at the start of an object.
  ///
  /// - Parameters:
  ///   - attributes: The attributes to keep.
  ///   - impliedType: The type of an object that names none; `nil` if each must name its own.
  init(attributes: [Attribute], impliedType: String?) {
    self.attributes = attributes.map { (Array($0.name.utf8), $0) }
    hasExchangeAttributes = attributes.contains { $0.container != nil }
    idAttribute = attributes.first { $0.name == "id" }
    self.impliedType = impliedType
    type = impliedType
  }

  /// Begins a new object; its `{` has been read.
  mutating func begin() {
    state = .object
    key = .unknown
    id = nil
    type = impliedType
    account = Member.Account()
    values.removeAll(keepingCapacity: true)
    if !numbers.isEmpty { numbers.removeAll() }
  }

  /// Takes the next event of the object.
  ///
  /// - Parameter event: Any event after the object's `{`.
  /// - Throws: A ``Malformed`` value with what the page has instead of a member.
  /// - Returns: The member, at the object's end.
  mutating func receive(_ event: JSONEvent) throws(Malformed) -> Member? {
    switch state {
    case .object: return try receiveMember(event)
    case .values(let attribute): try receiveValue(event, of: attribute)
    case .exchangeObject(let attribute): try receiveExchangeValue(event, of: attribute)
    case .phones(var phones):
      let isAtEnd = try phones.ends(with: event)
      if isAtEnd { numbers = phones.numbers }
      state = isAtEnd ? .object : .phones(phones)
    case .passedOver(var value): state = value.ends(with: event) ? .object : .passedOver(value)
    }
    return nil
  }

  private mutating func receiveMember(_ event: JSONEvent) throws(Malformed) -> Member? {
    switch event {
    case .key(let name): key = try key(named: name)
    case .endObject: return try member()
    default: try receiveValue(event)
    }
    return nil
  }

  private mutating func receiveValue(_ event: JSONEvent) throws(Malformed) {
    switch (key, event) {
    case (.error, _): throw Malformed("an error in the middle of the page")
    case (.id, .string(let bytes)):
      id = ObjectID(utf8: bytes)
      guard id != nil else { throw Malformed("a member whose id is no GUID") }
      if let idAttribute { values.append((idAttribute, bytes.text)) }
    case (.type, .string(let bytes)): type = Member.type(named: bytes.text)
    // If the type is not a text, the page's implied type does not apply.
    case (.type, _):
      type = nil
      enter(event)
    case (.accountEnabled, .bool(let value)): account.isEnabled = value
    case (.userType, .string(let bytes)): account.userType = bytes.text
    case (.creationType, .string(let bytes)): account.creationType = bytes.text
    case (.accountEnabled, .null), (.userType, .null), (.creationType, .null), (.attribute, .null):
      break
    case (.phones, .beginArray): state = .phones(ContactPhones())
    case (.phones, .null): break
    case (.phones, _): throw Malformed("no array in \"phones\"")
    case (.exchangeObject, .beginObject): state = .exchangeObject(nil)
    case (.exchangeObject, .null): break
    case (.exchangeObject, _): throw Malformed("no object in \"\(Attribute.exchangeObject)\"")
    case (.accountEnabled, _): throw Malformed("neither true nor false in \"accountEnabled\"")
    case (.userType, _): throw Malformed("no text in \"userType\"")
    case (.creationType, _): throw Malformed("no text in \"creationType\"")
    case (.attribute(let attribute), .beginArray) where attribute.isCollection:
      state = .values(attribute)
    case (.attribute(let attribute), _) where attribute.isCollection:
      throw Malformed("no array in \"\(attribute.name)\"")
    case (.attribute(let attribute), .string(let bytes)): values.append((attribute, bytes.text))
    case (.attribute(let attribute), _): throw MemberReader.noText(in: attribute)
    default: enter(event)
    }
  }

  private mutating func receiveValue(
    _ event: JSONEvent, of attribute: Attribute
  ) throws(Malformed) {
    switch event {
    case .string(let bytes): values.append((attribute, bytes.text))
    case .null: break
    case .endArray: state = .object
    default: throw MemberReader.noText(in: attribute)
    }
  }

  /// Takes an event inside ``Attribute/exchangeObject``, all of whose values are texts or null.
  private mutating func receiveExchangeValue(
    _ event: JSONEvent, of attribute: Attribute?
  ) throws(Malformed) {
    switch event {
    case .key(let name):
      state = .exchangeObject(
        attributes.first { $0.attribute.container != nil && name.elementsEqual($0.name) }?
          .attribute)
    case .string(let bytes): if let attribute { values.append((attribute, bytes.text)) }
    case .null: break
    case .endObject: state = .object
    default: throw Malformed("no text in \"\(attribute?.name ?? Attribute.exchangeObject)\"")
    }
  }

  private mutating func enter(_ event: JSONEvent) {
    if let value = PassedOverValue(event) { state = .passedOver(value) }
  }

  private func member() throws(Malformed) -> Member {
    guard let id, let type, !type.isEmpty else {
      throw Malformed("a member without its id and type")
    }
    var member = Member(id: id, type: type)
    member.account = account
    for (attribute, value) in values { member.append(value, to: attribute) }
    if member.kind == .contact {
      for (type, number) in numbers {
        let place = ContactPhones.places.first { $0.type == type }
        let attribute = attributes.first { $0.attribute.name == place?.name }?.attribute
        if let attribute { member.append(number, to: attribute) }
      }
    }
    return member
  }

  private func key(named name: UnsafeBufferPointer<UInt8>) throws(Malformed) -> Key {
    if name.equals("id") { return .id }
    if name.equals("@odata.type") { return .type }
    if name.equals("accountEnabled") { return .accountEnabled }
    if name.equals("userType") { return .userType }
    if name.equals("creationType") { return .creationType }
    if name.equals("error") { return .error }
    if name.equals("phones") { return .phones }
    if hasExchangeAttributes, name.elementsEqual(Attribute.exchangeObject.utf8) {
      return .exchangeObject
    }
    let known = attributes.first { $0.attribute.container == nil && name.elementsEqual($0.name) }
    if let known { return .attribute(known.attribute) }
    guard !PageLink.continues(name) else {
      throw Malformed("\(name.text.quoted()), a link to more values of a member")
    }
    return .unknown
  }

  private static func noText(in attribute: Attribute) -> Malformed {
    Malformed("no text in \"\(attribute.name)\"")
  }
}
