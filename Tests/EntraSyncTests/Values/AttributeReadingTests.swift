import Testing

@testable import EntraSync

@Suite struct AttributeReadingTests {
  @Test(
    "The kind of an attribute decides how its values are read",
    arguments: [
      ("mail", " Anna@Example.com", "anna@example.com"),
      ("userPrincipalName", "Anna@Example.com", "anna@example.com"),
      ("proxyAddresses", "SMTP: Anna@Example.com", "anna@example.com"),
      ("otherMails", "A@B.fi", "a@b.fi"),
      ("mobilePhone", "+358 (0)40-123 4567", "+358401234567"),
      ("businessPhones", "040 123 4567", "0401234567"),
      ("employeeId", " E-17 ", "e-17"), ("id", Sample.group.uppercased(), Sample.group),
    ])
  func reads(name: String, value: String, text: String) throws {
    let attribute = try #require(Attribute(named: name))
    #expect(try attribute.read(value, by: ValueRules()) == text)
  }

  @Test("A guest's sign-in name is refused for a reason of its own")
  func refusesGuestName() throws {
    let name = "anna_contoso.com#EXT#@example.onmicrosoft.com"
    let principal = try #require(Attribute(named: "userPrincipalName"))
    let mail = try #require(Attribute(named: "mail"))
    #expect(throws: Malformed("is a guest's sign-in name and not an address")) {
      try principal.read(name, by: ValueRules())
    }
    #expect(throws: Malformed("contains \"#\", which no address in a list may hold")) {
      try mail.read(name, by: ValueRules())
    }
  }
}
