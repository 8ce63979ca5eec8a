import Testing

@testable import EntraSync

@Suite struct AttributeTests {
  @Test("Every known attribute is found in any case", arguments: Attribute.known)
  func findsKnown(attribute: Attribute) {
    #expect(Attribute(named: attribute.name) == attribute)
    #expect(Attribute(named: attribute.name.uppercased()) == attribute)
    #expect(Attribute(named: attribute.name.lowercased()) == attribute)
  }

  @Test("No two attributes have one name")
  func namesAreUnique() {
    #expect(Set(Attribute.known.map { $0.name.lowercased() }).count == Attribute.known.count)
  }

  @Test(
    "A name that is not an attribute of a user is refused",
    arguments: ["", "phone", "email", "mail ", "mail,mobilePhone", "manager", "passwordProfile"])
  func refusesUnknown(name: String) {
    #expect(Attribute(named: name) == nil)
  }

  @Test(
    "What an attribute's values are follows from its name",
    arguments: [
      ("mail", .address), ("userPrincipalName", .address), ("otherMails", .address),
      ("proxyAddresses", .address), ("mobilePhone", .phone), ("businessPhones", .phone),
      ("faxNumber", .phone), ("id", .text), ("displayName", .text),
    ] as [(String, Attribute.Kind)])
  func hasKind(name: String, kind: Attribute.Kind) {
    #expect(Attribute(named: name)?.kind == kind)
  }
}
