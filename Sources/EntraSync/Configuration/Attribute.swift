/// An attribute of a user that a list can be made of, such as `mail`.
///
/// Source: Microsoft Graph v1.0, resource type `user`.
public struct Attribute: Hashable, Sendable {
  /// The kind of an attribute's values. It decides how they are read and what they may hold.
  public enum Kind: String, Sendable {
    /// An e-mail address.
    case address
    /// A telephone number.
    case phone
    /// Anything else that is one word without syntax.
    case text
  }

  /// The name as Graph spells it, such as `mobilePhone`.
  public let name: String
  /// What its values are.
  public let kind: Kind
  /// Whether Graph keeps a list of values for it.
  public let isCollection: Bool
  /// The object of the user in which it stands; `nil` for an attribute of the user itself.
  let container: String?

  /// Finds an attribute by its name, in any case; `nil` if no known attribute has the name.
  ///
  /// - Parameter name: The name as a person typed it.
  public init?(named name: String) {
    let wanted = name.lowercased()
    let known = Attribute.known.first { $0.name.lowercased() == wanted }
    guard let found = known ?? Attribute(extension: name, .text) else { return nil }
    self = found
  }

  init(_ name: String, _ kind: Kind, isCollection: Bool = false, in container: String? = nil) {
    self.name = name
    self.kind = kind
    self.isCollection = isCollection
    self.container = container
  }

  /// The sign-in name, which Graph also accepts in place of the object id.
  static let signInName = Attribute("userPrincipalName", .address)
  /// The name that people read.
  static let displayName = Attribute("displayName", .text)
  /// All addresses at which Exchange accepts mail for a person.
  static let aliases = Attribute("proxyAddresses", .address, isCollection: true)

  /// The attributes of Graph's users that hold a text or a list of texts.
  public static let known: [Attribute] = [
    Attribute("mail", .address), signInName,
    Attribute("otherMails", .address, isCollection: true), aliases,
    Attribute("mobilePhone", .phone), Attribute("businessPhones", .phone, isCollection: true),
    Attribute("faxNumber", .phone),
    Attribute("id", .text), Attribute("displayName", .text), Attribute("givenName", .text),
    Attribute("surname", .text), Attribute("mailNickname", .text), Attribute("jobTitle", .text),
    Attribute("department", .text), Attribute("companyName", .text),
    Attribute("officeLocation", .text), Attribute("employeeId", .text),
    Attribute("country", .text), Attribute("city", .text), Attribute("postalCode", .text),
    Attribute("usageLocation", .text), Attribute("preferredLanguage", .text),
    Attribute("onPremisesSamAccountName", .text),
  ]
}
