/// What a group can hold.
public enum Member: Sendable, Equatable {
  /// A user.
  case user(Person)
  /// A group in the group, by its id; its members are the directory's to know.
  case group(id: String)
  /// A mail contact: it has an address, but it is no user.
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
  /// The SMTP address, which must never reach a list of users.
  public var mail: String

  /// A contact with the given name and address.
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

  /// A device with the given name.
  public init(id: String, displayName: String) {
    self.id = id.lowercased()
    self.displayName = displayName
  }
}
