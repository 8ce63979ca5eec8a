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

  /// The object id, in lower case.
  public var id: String {
    switch self {
    case .user(let person): person.id
    case .group(let id): id
    case .contact(let contact): contact.id
    case .device(let device): device.id
    }
  }
}

/// A mail contact (`orgContact`).
public struct Contact: Sendable, Equatable {
  /// The object id, a GUID in lower case.
  public var id: String
  /// The name as shown in the address book.
  public var displayName: String
  /// The SMTP address, which must never appear in a list of users.
  public var mail: String

  /// Creates a contact with a name and an address.
  public init(id: String, displayName: String, mail: String) {
    self.id = id.lowercased()
    self.displayName = displayName
    self.mail = mail
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
