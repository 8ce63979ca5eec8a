/// An attribute of a directory user that a list can be made of.
///
/// Source: Microsoft Graph v1.0, resource type `user`.
public struct Attribute: Hashable, Sendable {
  /// What an attribute's values are, which decides how they are read and what they may hold.
  public enum Kind: Sendable {
    /// An e-mail address.
    case address
    /// A telephone number.
    case phone
    /// Anything else: one word without syntax.
    case text
  }

  /// The name as Graph spells it, such as `mobilePhone`.
  public let name: String
  /// What its values are.
  public let kind: Kind
  /// Whether Graph keeps any number of values for it.
  public let isCollection: Bool

  /// Finds an attribute by its name, in any case; `nil` for a name that Graph's users do not have.
  ///
  /// - Parameter name: The name as a person typed it.
  public init?(named name: String) {
    let wanted = name.lowercased()
    guard let known = Attribute.known.first(where: { $0.name.lowercased() == wanted }) else {
      return nil
    }
    self = known
  }

  private init(_ name: String, _ kind: Kind, isCollection: Bool = false) {
    self.name = name
    self.kind = kind
    self.isCollection = isCollection
  }

  /// The name that a person signs in with, which Graph also takes in place of the object id.
  static let signInName = Attribute("userPrincipalName", .address)
  /// All addresses that Exchange delivers to a person.
  static let aliases = Attribute("proxyAddresses", .address, isCollection: true)

  /// The attributes that hold one word or a list of words.
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
