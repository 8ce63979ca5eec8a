/// Writes members and other objects as Graph shows them.
struct MemberWriter {
  private let directory: Directory
  private let attributes: [Attribute]
  private let isCast: Bool
  private let showsTypeOnly: Bool
  private let hidesContacts: Bool
  private let nulls: [Attribute]
  private let numbers: [Attribute]
  private let misshapen: [Attribute]
  private let hasWrongID: Bool
  private let hasUnknowns: Bool
  private let hasBadUTF8: Bool
  /// The escapes that begin the texts of the members in the middle, one for each member.
  private let surrogates: [StaticString]

  /// The JSON that is being written.
  var json: JSONText

  /// Creates a writer for one page.
  init(
    directory: Directory, request: PageRequest, distortions: [Fault.Distortion], json: JSONText
  ) {
    self.directory = directory
    self.json = json
    isCast = request.collection.kind != .anything
    showsTypeOnly = distortions.contains(.missingPermission)
    hidesContacts = distortions.contains(.missingContactPermission)
    hasUnknowns = distortions.contains(.unknownMembers)
    hasWrongID = distortions.contains(.wrongID)
    hasBadUTF8 = distortions.contains(.badUTF8)
    surrogates =
      distortions.contains(.loneSurrogate)
      ? ["\\ud800", "\\udc00"]
      : distortions.contains(.falseSurrogatePair) ? ["\\ud800\\u0041"] : []
    var nulls: [Attribute] = []
    var numbers: [Attribute] = []
    var misshapen: [Attribute] = []
    var absent: [Attribute] = []
    for distortion in distortions {
      switch distortion {
      case .nullAttributes(let attributes): nulls += attributes
      case .wrongType(let attributes): numbers += attributes
      case .wrongShape(let attributes): misshapen += attributes
      case .absentAttributes(let attributes): absent += attributes
      default: break
      }
    }
    self.nulls = nulls
    self.numbers = numbers
    self.misshapen = misshapen
    attributes = (request.selection ?? Attribute.defaultSelection).filter {
      $0 != .id && !absent.contains($0)
    }
  }

  /// Writes one member.
  ///
  /// - Parameters:
  ///   - entry: The member.
  ///   - distance: The distance from the middle of the page, where distortions of texts strike; 0
  ///     is the member in the middle.
  mutating func write(_ entry: Directory.Entry, distance: Int) {
    json.raw("{")
    if hasUnknowns { json.raw("\"unknown\":{\"mail\":[{\"id\":\"x\"}],\"id\":[[],{}]},") }
    // A cast leaves out the type, but not one that derives from it.
    let isDerived = if case .given(.other) = entry { true } else { false }
    if !isCast || isDerived {
      json.raw("\"@odata.type\":\"#microsoft.graph.")
      json.raw(type(of: entry).utf8)
      json.raw("\",")
    }
    json.raw("\"id\":")
    if numbers.contains(.id) {
      json.raw("42")
    } else if hasWrongID, distance == 0 {
      json.string("somebody")
    } else {
      let id = AttributeValue.text(directory.id(of: entry))
      json.value(misshapen.contains(.id) ? id.misshapen : id)
    }
    let isBroken = hasBadUTF8 && distance == 0
    if isBroken {
      json.raw(",\"displayName\":\"".utf8)
      json.raw([0x61, 0xC3, 0x28, 0xFF, 0x22])
    }
    let surrogate = surrogates.indices.contains(distance) ? surrogates[distance] : nil
    for attribute in attributes where !(isBroken && attribute == .displayName) {
      guard let value = value(of: attribute, entry) else { continue }
      json.raw(",")
      json.key(attribute.rawValue)
      if numbers.contains(attribute) {
        json.raw("42")
      } else if let surrogate, case .text(let text) = value {
        json.string(text, after: surrogate)
      } else {
        json.value(misshapen.contains(attribute) ? value.misshapen : value)
      }
    }
    json.raw("}")
  }

  private func type(of entry: Directory.Entry) -> String {
    switch entry {
    case .madeUp, .given(.user): "user"
    case .given(.group): "group"
    case .given(.contact): "orgContact"
    case .given(.device): "device"
    case .given(.other(let type, _)): type
    }
  }

  /// The value to show, or nil if the type has no such property.
  private func value(of attribute: Attribute, _ entry: Directory.Entry) -> AttributeValue? {
    switch entry {
    case .madeUp, .given(.user):
      if showsTypeOnly || nulls.contains(attribute) { return .null }
      if case .madeUp(let number) = entry {
        return directory.people.value(of: attribute, number)
      }
      if case .given(.user(let person)) = entry { return person.value(of: attribute) }
      return nil
    case .given(.group(let id)):
      guard PageRequest.ObjectKind.group.has(attribute) else { return nil }
      return directory.group(id)?.value(of: attribute)
        ?? (attribute == .proxyAddresses ? .texts([]) : .null)
    case .given(.contact(let contact)):
      guard let value = contact.value(of: attribute) else { return nil }
      return hidesContacts || nulls.contains(attribute) ? .null : value
    case .given(.other(_, let person)): return person.value(of: attribute)
    case .given(.device(let device)):
      switch attribute {
      case .displayName: return .text(device.displayName)
      case .accountEnabled: return .flag(true)
      default: return nil
      }
    }
  }
}

extension AttributeValue {
  /// A text as an array of one, and an array as its first text.
  fileprivate var misshapen: AttributeValue {
    switch self {
    case .text(let text): .texts([text])
    case .texts(let texts): .text(texts.first ?? "")
    case .null, .flag, .object, .phones: self
    }
  }
}
