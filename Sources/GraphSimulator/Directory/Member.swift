/// A member of a group.
public enum Member: Sendable, Equatable {
  /// A user.
  case user(Person)
  /// A nested group, by its id; the ``Directory`` holds its members.
  case group(id: String)
  /// A mail contact, which has an address but is not a user.
  case contact(Contact)
  /// A registered computer or telephone.
  case device(Device)
  /// An object of any other type, such as `servicePrincipal`, with the attributes of a user.
  case other(type: String, Person)

  /// The object id, in lower case.
  public var id: String {
    switch self {
    case .user(let person): person.id
    case .group(let id): id
    case .contact(let contact): contact.id
    case .device(let device): device.id
    case .other(_, let person): person.id
    }
  }
}

extension Member {
  /// The user, also one of a type that derives from user; nil for anything else.
  var person: Person? {
    switch self {
    case .user(let person): person
    case .other(let type, let person): type == "servicePrincipal" ? nil : person
    case .group, .contact, .device: nil
    }
  }
}

/// A mail contact (`orgContact`).
public struct Contact: Sendable, Equatable {
  /// The object id, a GUID in lower case.
  public var id: String
  /// The name as shown in the address book.
  public var displayName: String
  /// The SMTP address, or nil; it must never appear in a list without contacts.
  public var mail: String?
  /// All addresses, each after `smtp:` or `SMTP:`.
  public var proxyAddresses: [String]
  /// The mobile number, or nil.
  public var mobilePhone: String?
  /// The telephone number at work, or nil.
  public var businessPhone: String?

  /// Creates a contact with a name and an address.
  public init(
    id: String, displayName: String, mail: String?, mobilePhone: String? = nil,
    businessPhone: String? = nil
  ) {
    self.id = id.lowercased()
    self.displayName = displayName
    self.mail = mail
    self.mobilePhone = mobilePhone
    self.businessPhone = businessPhone
    proxyAddresses = mail.map { ["SMTP:\($0)"] } ?? []
  }
}

extension Contact {
  /// The value of a property; nil if contacts have no such property.
  func value(of attribute: Attribute) -> AttributeValue? {
    switch attribute {
    case .displayName: .text(displayName)
    case .mail: AttributeValue(mail)
    case .proxyAddresses: .texts(proxyAddresses)
    case .phones:
      .phones([
        ["type": "mobile", "number": mobilePhone],
        ["type": "business", "number": businessPhone], ["type": "businessFax", "number": nil],
      ])
    default: nil
    }
  }
}

/// A registered device.
public struct Device: Sendable, Equatable {
  /// The object id, a GUID in lower case.
  public var id: String
  /// The device's name.
  public var displayName: String

  /// Creates a device with a name.
  public init(id: String, displayName: String) {
    self.id = id.lowercased()
    self.displayName = displayName
  }
}
