extension Directory {
  /// The members of ``BuiltInGroup/mixed``: one of each kind that a group may hold.
  static let mixed: [Member] = [
    .user(own), .user(partner), .user(guest),
    .contact(
      Contact(
        id: "b0000000-0000-4000-8000-000000000014", displayName: "Supplier",
        mail: "supplier@contacts.example.net", mobilePhone: "040 700 0004",
        businessPhone: "09 700 0004")),
    .device(Device(id: "b0000000-0000-4000-8000-000000000015", displayName: "LAPTOP")),
    .group(id: BuiltInGroup.single.id),
    .other(type: "servicePrincipal", nameless("b0000000-0000-4000-8000-000000000016")),
    .other(
      type: "agentUser",
      Person(id: "b0000000-0000-4000-8000-000000000017", mail: "agent@example.com")),
    .other(
      type: "futureUser",
      Person(id: "b0000000-0000-4000-8000-000000000018", mail: "future@example.com")),
  ]

  /// A member of the tenant, with values in the attributes of Exchange and in an extension.
  private static var own: Person {
    var person = Person(
      id: "b0000000-0000-4000-8000-000000000011", mail: "own@example.com",
      mobilePhone: "040 700 0001", displayName: "Own Person")
    person.userPrincipalName = "own@example.com"
    person.extensionAttributes = [1: "own.alias@example.com", 3: "040 700 1001", 15: "HQ"]
    person.smsNumber = "040 700 2001"
    return person
  }

  /// A person of another tenant whose type is Member, as cross-tenant synchronization makes them.
  private static var partner: Person {
    var person = Person(
      id: "b0000000-0000-4000-8000-000000000012", mail: "bob@partner.example",
      displayName: "Bob Partner")
    person.userPrincipalName = "bob_partner.example#EXT#@simulated.onmicrosoft.com"
    person.creationType = "Invitation"
    person.extensionAttributes = [3: "040 700 1002"]
    return person
  }

  private static var guest: Person {
    var person = Person(
      id: "b0000000-0000-4000-8000-000000000013", mail: "guest@partner.example",
      mobilePhone: "040 700 0003", displayName: "Guest", isGuest: true)
    person.userPrincipalName = "guest_partner.example#EXT#@simulated.onmicrosoft.com"
    person.creationType = "Invitation"
    return person
  }

  private static func nameless(_ id: String) -> Person {
    Person(id: id, mail: nil, displayName: "Application")
  }
}
