/// A property of a user that `$select` may name.
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
  /// What the person does.
  case jobTitle
  /// The SMTP address.
  case mail
  /// The mobile number, in whatever shape it was typed.
  case mobilePhone
  /// Where the person sits.
  case officeLocation
  /// The person's language, such as `fi-FI`.
  case preferredLanguage
  /// The family name.
  case surname
  /// The name that the person signs in with.
  case userPrincipalName
  /// Whether the person may sign in.
  case accountEnabled
  /// `Member` or `Guest`.
  case userType
  /// Further addresses that the person gave.
  case otherMails
  /// All addresses that mail reaches the person at, each with its `smtp:` or `SMTP:`.
  case proxyAddresses

  /// What Graph answers without `$select`, in the documented order.
  public static let defaultSelection: [Attribute] = [
    .businessPhones, .displayName, .givenName, .id, .jobTitle, .mail, .mobilePhone,
    .officeLocation, .preferredLanguage, .surname, .userPrincipalName,
  ]
}

/// The value of a property, as JSON can hold it.
public enum AttributeValue: Sendable, Equatable {
  /// No value: JSON's `null`.
  case null
  /// A string, hostile ones included.
  case text(String)
  /// A boolean.
  case flag(Bool)
  /// An array of strings.
  case texts([String])

  /// The string, or null for none.
  init(_ text: String?) {
    self = text.map(AttributeValue.text) ?? .null
  }
}
