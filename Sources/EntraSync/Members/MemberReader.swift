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
    case attribute(Int32)
  }

  private enum State {
    case object
    /// Inside an array of an attribute's values.
    case values(Int32)
    /// Inside the object with the attributes of Exchange; `nil` for one that is not kept.
    case exchangeObject(Int32?)
    /// Inside the telephone numbers of a contact.
    case phones(ContactPhones)
    /// Inside a value that is passed over.
    case passedOver(PassedOverValue)
  }

  /// The attributes to keep, in the places that they have in ``texts``.
  private let attributes: [Attribute]
  /// The place of `id`, if it is one of the attributes to keep.
  let idPlace: Int32?
  private let impliedType: String?
  private let hasExchangeAttributes: Bool
  /// The keys of a usual member.
  let usualKeys: UsualKeys

  /// The values of all members so far.
  var texts: MemberTexts
  private var start = 0

  private var state = State.object
  private var key = Key.unknown
  private var id: ObjectID?
  private var type: String?
  private var account = Member.Account()
  /// The telephone numbers of a contact, with their types.
  private var numbers: [(type: String, number: String)] = []

  /// Creates a reader at the start of an object.
  ///
  /// - Parameters:
  ///   - attributes: The attributes to keep.
  ///   - impliedType: The type of an object that names none; `nil` if each must name its own.
  init(attributes: [Attribute], impliedType: String?) {
    self.attributes = attributes
    texts = MemberTexts(attributes)
    usualKeys = UsualKeys(attributes)
    hasExchangeAttributes = attributes.contains { $0.container != nil }
    idPlace = attributes.firstIndex { $0.name == "id" }.map(Int32.init)
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
    start = texts.end
    if !numbers.isEmpty { numbers.removeAll() }
  }

  /// Takes the next event of the object.
  ///
  /// - Parameter event: Any event after the object's `{`.
  /// - Throws: A ``Malformed`` value with what the page has instead of a member.
  /// - Returns: The member, at the object's end.
  mutating func receive(_ event: JSONEvent) throws(Malformed) -> MemberRecord? {
    switch state {
    case .object: return try receiveMember(event)
    case .values(let place): try receiveValue(event, at: place)
    case .exchangeObject(let place): try receiveExchangeValue(event, at: place)
    case .phones(var phones):
      let isAtEnd = try phones.ends(with: event)
      if isAtEnd { numbers = phones.numbers }
      state = isAtEnd ? .object : .phones(phones)
    case .passedOver(var value): state = value.ends(with: event) ? .object : .passedOver(value)
    }
    return nil
  }

  private mutating func receiveMember(_ event: JSONEvent) throws(Malformed) -> MemberRecord? {
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
      if let idPlace { texts.append(bytes, at: idPlace) }
    case (.type, .string(let bytes)): type = Member.type(named: bytes.text)
    // If the type is not a text, the page's implied type does not apply.
    case (.type, _):
      type = nil
      enter(event)
    case (.accountEnabled, .bool(let value)): account.isEnabled = value
    case (.userType, .string(let bytes)): account.userType = Member.UserType(bytes.text)
    case (.creationType, .string(let bytes)): account.creation = Member.Creation(bytes.text)
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
    case (.attribute(let place), _): try beginValue(event, at: place)
    default: enter(event)
    }
  }

  /// Takes the value of an attribute, or the beginning of its list of values.
  private mutating func beginValue(_ event: JSONEvent, at place: Int32) throws(Malformed) {
    let attribute = attributes[Int(place)]
    switch event {
    case .beginArray where attribute.isCollection: state = .values(place)
    case _ where attribute.isCollection: throw Malformed("no array in \"\(attribute.name)\"")
    case .string(let bytes): texts.append(bytes, at: place)
    default: throw MemberReader.noText(in: attribute)
    }
  }

  private mutating func receiveValue(_ event: JSONEvent, at place: Int32) throws(Malformed) {
    switch event {
    case .string(let bytes): texts.append(bytes, at: place)
    case .null: break
    case .endArray: state = .object
    default: throw MemberReader.noText(in: attributes[Int(place)])
    }
  }

  /// Takes an event inside ``Attribute/exchangeObject``, all of whose values are texts or null.
  private mutating func receiveExchangeValue(
    _ event: JSONEvent, at place: Int32?
  ) throws(Malformed) {
    switch event {
    case .key(let name): state = .exchangeObject(self.place(of: name, isInExchangeObject: true))
    case .string(let bytes): if let place { texts.append(bytes, at: place) }
    case .null: break
    case .endObject: state = .object
    default:
      let name = place.map { attributes[Int($0)].name } ?? Attribute.exchangeObject
      throw Malformed("no text in \"\(name)\"")
    }
  }

  /// Where the values of an attribute are kept; `nil` for one that is not.
  private func place(
    of name: UnsafeBufferPointer<UInt8>, isInExchangeObject: Bool
  ) -> Int32? {
    let place = attributes.indices.first { index in
      (attributes[index].container != nil) == isInExchangeObject
        && name.elementsEqual(usualKeys.texts[UsualKeys.first + index])
    }
    return place.map(Int32.init)
  }

  private mutating func enter(_ event: JSONEvent) {
    if let value = PassedOverValue(event) { state = .passedOver(value) }
  }

  private mutating func member() throws(Malformed) -> MemberRecord {
    guard let id, let type, !type.isEmpty else {
      throw Malformed("a member without its id and type")
    }
    let kind = Member.Kind(of: type)
    if kind == .contact {
      for (type, number) in numbers {
        let name = ContactPhones.places.first { $0.type == type }?.name
        guard let place = attributes.firstIndex(where: { $0.name == name }) else { continue }
        var number = number
        number.withUTF8 { texts.append($0, at: Int32(place)) }
      }
    }
    return MemberRecord(
      id: id, type: type, kind: kind, account: account, start: Int32(start), end: Int32(texts.end))
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
    if let place = place(of: name, isInExchangeObject: false) { return .attribute(place) }
    guard !PageLink.continues(name) else {
      throw Malformed("\(name.text.quoted()), a link to more values of a member")
    }
    return .unknown
  }

  private static func noText(in attribute: Attribute) -> Malformed {
    Malformed("no text in \"\(attribute.name)\"")
  }
}
