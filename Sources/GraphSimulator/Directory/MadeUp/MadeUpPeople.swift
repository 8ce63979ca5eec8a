/// Invented people, any number of them, each made from a seed and a number.
///
/// The same seed and number always give the same person. No two numbers share an id, a sign-in name
/// or an address, whatever its case and surrounding white space: a repeated name gets a number, as
/// in `matti.virtanen2@example.com`.
///
/// Of 100 people about 3 have no `mail`, 3 are guests, 4 are disabled, 5 have capital letters in
/// their address, 1 has white space around it and 1 a `+tag`. About 2 in 25 have no usable
/// `mobilePhone`; see ``PhoneShape``.
public struct MadeUpPeople: Sendable {
  /// The domain of sign-in names.
  static let tenantDomain = "simulated.onmicrosoft.com"

  let hash: SeededHash

  /// Creates the people of a seed.
  init(seed: UInt64) {
    hash = SeededHash(seed: seed)
  }

  /// The object id of a person.
  func id(_ number: Int) -> String {
    ObjectID.make(high: hash(.idHigh, number), low: hash(.idLow, number))
  }

  /// A whole person.
  ///
  /// - Parameter number: The person's number, from 0.
  /// - Returns: The person with all properties.
  func person(_ number: Int) -> Person {
    let name = FullName(number: number, hash: hash)
    let isGuest = isGuest(number)
    let mail = mail(number, of: name, isGuest: isGuest)
    var person = Person(
      id: id(number), mail: mail, mobilePhone: mobilePhone(number, of: name),
      displayName: name.displayName, accountEnabled: isEnabled(number), isGuest: isGuest)
    person.givenName = name.given.written
    person.surname = name.family.written
    person.userPrincipalName = userPrincipalName(of: name, isGuest: isGuest)
    person.preferredLanguage = name.culture.language
    person.businessPhones = hash(.arrays, number, below: 3) == 0 ? ["+358 9 1234 \(number)"] : []
    person.otherMails = otherMails(number, of: name)
    person.proxyAddresses = proxyAddresses(number, of: name, mail: mail)
    return person
  }

  /// One property of a person, without making the others where that saves time.
  func value(of attribute: Attribute, _ number: Int) -> AttributeValue {
    switch attribute {
    case .id: return .text(id(number))
    case .mail:
      let name = FullName(number: number, hash: hash)
      return AttributeValue(mail(number, of: name, isGuest: isGuest(number)))
    case .mobilePhone:
      return AttributeValue(mobilePhone(number, of: FullName(number: number, hash: hash)))
    case .accountEnabled: return .flag(isEnabled(number))
    case .userType: return .text(isGuest(number) ? "Guest" : "Member")
    default: return person(number).value(of: attribute)
    }
  }

  private func isGuest(_ number: Int) -> Bool { hash(.kind, number, below: 100) < 3 }

  private func isEnabled(_ number: Int) -> Bool { hash(.account, number, below: 100) >= 4 }

  private func mobilePhone(_ number: Int, of name: FullName) -> String? {
    PhoneShape.number(
      of: name.culture, shape: hash(.phone, number, below: PhoneShape.count),
      digits: hash(.phoneDigits, number))
  }
}
