/// A user of the tenant, with all properties.
public struct Person: Sendable, Equatable {
  /// The object id, a GUID in lower case.
  public var id: String
  /// The name as shown in the address book.
  public var displayName: String
  /// The first name.
  public var givenName: String?
  /// The family name.
  public var surname: String?
  /// The SMTP address, or nil.
  public var mail: String?
  /// The mobile number as it was typed, or nil.
  public var mobilePhone: String?
  /// The telephone numbers at work.
  public var businessPhones: [String]
  /// The sign-in name.
  public var userPrincipalName: String
  /// Further addresses.
  public var otherMails: [String]
  /// All addresses that deliver mail to the person, each after `smtp:` or `SMTP:`.
  public var proxyAddresses: [String]
  /// Whether the person may sign in; nil if Graph does not tell.
  public var accountEnabled: Bool?
  /// Whether the person is a guest from another tenant.
  public var isGuest: Bool
  /// The person's language.
  public var preferredLanguage: String?
  /// How the account came to be, such as `Invitation`; nil for the tenant's own.
  public var creationType: String?
  /// The attributes of Exchange by their numbers, from 1 to 15.
  public var extensionAttributes: [Int: String] = [:]
  /// The value of the directory extension that the simulated tenant has.
  public var smsNumber: String?

  /// Creates a person with an address and a number; the other properties get values that fit.
  ///
  /// - Parameters:
  ///   - id: The object id, a GUID that no other object has.
  ///   - mail: The SMTP address, or nil.
  ///   - mobilePhone: The mobile number, or nil.
  ///   - displayName: The name in the address book.
  ///   - accountEnabled: Whether the person may sign in; nil if Graph does not tell.
  ///   - isGuest: Whether the person is a guest.
  public init(
    id: String, mail: String?, mobilePhone: String? = nil, displayName: String = "Test Person",
    accountEnabled: Bool? = true, isGuest: Bool = false
  ) {
    self.id = id.lowercased()
    self.displayName = displayName
    self.mail = mail
    self.mobilePhone = mobilePhone
    self.businessPhones = []
    self.userPrincipalName = "\(id.lowercased())@\(MadeUpPeople.tenantDomain)"
    self.otherMails = []
    self.proxyAddresses = mail.map { ["SMTP:\($0)"] } ?? []
    self.accountEnabled = accountEnabled
    self.isGuest = isGuest
  }

  /// The value of one property.
  func value(of attribute: Attribute) -> AttributeValue {
    switch attribute {
    case .id: .text(id)
    case .displayName: .text(displayName)
    case .givenName: AttributeValue(givenName)
    case .surname: AttributeValue(surname)
    case .mail: AttributeValue(mail)
    case .mobilePhone: AttributeValue(mobilePhone)
    case .businessPhones: .texts(businessPhones)
    case .userPrincipalName: .text(userPrincipalName)
    case .otherMails: .texts(otherMails)
    case .proxyAddresses: .texts(proxyAddresses)
    case .accountEnabled: accountEnabled.map(AttributeValue.flag) ?? .null
    case .userType: .text(isGuest ? "Guest" : "Member")
    case .preferredLanguage: AttributeValue(preferredLanguage)
    case .creationType: AttributeValue(creationType)
    case .onPremisesExtensionAttributes:
      .object(
        Dictionary(
          uniqueKeysWithValues: (1...15).map {
            ("extensionAttribute\($0)", extensionAttributes[$0])
          }))
    case .smsNumber: AttributeValue(smsNumber)
    case .jobTitle, .officeLocation, .phones, .visibility: .null
    }
  }
}
