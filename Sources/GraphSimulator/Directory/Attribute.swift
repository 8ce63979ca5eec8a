/// A property of a directory object that `$select` may name.
///
/// - SeeAlso: Microsoft Graph v1.0, resource type `user`.
public enum Attribute: String, Sendable, CaseIterable {
  /// The telephone numbers at work.
  case businessPhones
  /// The name as shown in the address book.
  case displayName
  /// The first name.
  case givenName
  /// The object id, a GUID.
  case id
  /// The person's job.
  case jobTitle
  /// The SMTP address.
  case mail
  /// The mobile number, as it was typed.
  case mobilePhone
  /// The person's office.
  case officeLocation
  /// The person's language, such as `fi-FI`.
  case preferredLanguage
  /// The family name.
  case surname
  /// The sign-in name.
  case userPrincipalName
  /// Whether the person may sign in.
  case accountEnabled
  /// `Member` or `Guest`.
  case userType
  /// Further addresses of the person.
  case otherMails
  /// All addresses that deliver mail to the person, each after `smtp:` or `SMTP:`.
  case proxyAddresses
  /// How an account came to be: `Invitation` for one of another tenant, null for the tenant's own.
  case creationType
  /// The fifteen attributes of Exchange: an object, of which some values are null.
  case onPremisesExtensionAttributes
  /// A directory extension that the simulated tenant has.
  case smsNumber = "extension_0123456789abcdef0123456789abcdef_smsNumber"
  /// The telephone numbers of a contact, each with its type.
  case phones
  /// Who may see a group's members; null for anything but a group.
  case visibility

  /// The properties that Graph shows without `$select`, in the documented order.
  public static let defaultSelection: [Attribute] = [
    .businessPhones, .displayName, .givenName, .id, .jobTitle, .mail, .mobilePhone,
    .officeLocation, .preferredLanguage, .surname, .userPrincipalName,
  ]
}

/// The value of a property, in the forms that its JSON can have.
public enum AttributeValue: Sendable, Equatable {
  /// No value: JSON's `null`.
  case null
  /// A string; it may be hostile.
  case text(String)
  /// A boolean.
  case flag(Bool)
  /// An array of strings.
  case texts([String])
  /// An object of strings and nulls.
  case object([String: String?])
  /// An array of numbers, each with its type.
  case phones([[String: String?]])

  /// The string, or null for nil.
  init(_ text: String?) {
    self = text.map(AttributeValue.text) ?? .null
  }
}
