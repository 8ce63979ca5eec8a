/// One member of a group, as Graph's answer describes it.
public struct Member: Equatable, Sendable {
  /// What the answer says about the account, where it was asked for.
  public struct Account: Equatable, Sendable {
    /// Whether the account may sign in.
    public var isEnabled: Bool?
    /// `Member` or `Guest`.
    public var userType: String?
    /// How the account came to be, such as `Invitation`; null for most of the tenant's own.
    public var creationType: String?

    /// Creates an account with every value unknown.
    public init() {}

    /// Whether the person is a guest; `nil` if Graph tells nothing of the account.
    ///
    /// Users that were created before types existed have none, and are members. accountEnabled,
    /// which every account has, tells "no type" from "not permitted to see it".
    var isGuest: Bool? {
      if let userType { return userType.lowercased() == "guest" }
      return isEnabled == nil ? nil : false
    }
  }

  /// The object id in Entra ID.
  public let id: ObjectID
  /// The part of `@odata.type` after `#microsoft.graph.`, such as `user`.
  public let type: String
  /// What is known about the account.
  public var account = Account()
  /// The values of each attribute that was asked for and is not null.
  public private(set) var attributes: [Attribute: [String]] = [:]

  /// Creates a member without attributes.
  ///
  /// - Parameters:
  ///   - id: The object id.
  ///   - type: The type without `#microsoft.graph.`.
  public init(id: ObjectID, type: String) {
    self.id = id
    self.type = type
  }

  /// The type of a user.
  static let userType = "user"
  /// The type of a mail contact.
  static let contactType = "orgContact"

  /// The types that are people: `user`, and what derives from it.
  ///
  /// Source: Microsoft Graph v1.0, resource type `agentUser`, which "inherits from user".
  static let personTypes: Set<String> = [userType, "agentUser"]

  /// Whether the member is a person: users are, nested groups, contacts and devices are not.
  public var isUser: Bool { Member.personTypes.contains(type) }

  /// What a member is, as far as lists care.
  public enum Kind: Equatable, Sendable {
    /// A user.
    case person
    /// A mail contact (`orgContact`).
    case contact
    /// A computer or a telephone.
    case device
    /// An application's identity (`servicePrincipal`).
    case servicePrincipal
    /// A nested group.
    case group
    /// A type that is not known here; it may derive from user.
    case unknown
  }

  /// What the member is.
  ///
  /// Source: Microsoft Graph v1.0, "List group members": users, contacts, devices, service
  /// principals and groups.
  public var kind: Kind {
    switch type {
    case Member.contactType: .contact
    case "device": .device
    case "servicePrincipal": .servicePrincipal
    case "group": .group
    default: isUser ? .person : .unknown
    }
  }

  /// Whether the account is one of another tenant or of no tenant, whatever its `userType`; `nil`
  /// if the sign-in name is not known.
  ///
  /// Cross-tenant synchronization and an administrator can make such an account a `Member`. Its
  /// sign-in name has `#EXT#` in it. The name can be changed, but not how the account came to be.
  ///
  /// Source: Microsoft Entra, "Properties of a B2B collaboration user"; Microsoft Graph v1.0,
  /// resource type `user`, `creationType`.
  public var isExternal: Bool? {
    guard let name = values(of: .signInName).first else { return nil }
    if name.lowercased().utf8.split(separator: UInt8(ascii: "#")).dropFirst()
      .contains(where: { $0.elementsEqual("ext".utf8) })
    {
      return true
    }
    return ["invitation", "selfservicesignup"].contains(account.creationType?.lowercased() ?? "")
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
  public func values(of attribute: Attribute) -> [String] { attributes[attribute] ?? [] }

  /// Adds a value to an attribute.
  ///
  /// - Parameters:
  ///   - value: The text as the answer has it.
  ///   - attribute: One that was asked for.
  public mutating func append(_ value: String, to attribute: Attribute) {
    attributes[attribute, default: []].append(value)
  }

  /// Keeps one value of an attribute and drops the others.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - attribute: One that was asked for.
  mutating func keep(_ value: String, of attribute: Attribute) { attributes[attribute] = [value] }
}
