import Testing

@testable import EntraSync

@Suite struct DomainSetTests {
  private static func set(_ domains: [String]) throws -> DomainSet {
    try DomainSet(domains.joined(separator: " ,\t"))
  }

  @Test(
    "A domain is itself alone, and *. in front of one is every domain below it, in any case",
    arguments: [
      ("a@example.com", true), ("a@EXAMPLE.com", true), ("a@x.example.com", false),
      ("a@notexample.com", false), ("a@example.com.evil.fi", false), ("a@com", nil),
      ("a@x.below.fi", true), ("a@y.x.Below.FI", true), ("a@below.fi", false),
      ("a@xbelow.fi", false), ("a@below.fi.x", false), ("a@bücher.example", true),
      ("a@BÜCHER.example", true), ("a@example", nil), ("example.com@x.fi", false),
    ] as [(String, Bool?)])
  func contains(address: String, isContained: Bool?) throws {
    let set = try Self.set(["Example.com", "*.Below.fi", "Bücher.example"])
    #expect((try? Address(address)).map { set.contains($0) } == isContained)
  }

  @Test("*. may stand before a top-level domain")
  func containsTopLevel() throws {
    let set = try Self.set(["*.fi"])
    #expect(set.contains(try Address("a@example.fi")))
    #expect(!set.contains(try Address("a@example.com")))
  }

  @Test("A set without domains contains nothing")
  func isEmpty() throws {
    #expect(DomainSet().isEmpty)
    #expect(!DomainSet().contains(try Address("a@example.com")))
    #expect(try !Self.set(["*.fi"]).isEmpty)
    #expect(try !Self.set(["a.fi"]).isEmpty)
  }

  @Test(
    "What no address has behind its @ is refused",
    arguments: [
      "", "example", "@example.com", "a@example.com", "*", "*example.com", "*.", "*.*.fi", ".fi",
      "example.com.", "a b.fi", "*.a b", "-a.fi", "a_b.fi", "http://example.com", "x.*.fi",
    ])
  func refuses(domain: String) {
    #expect(
      throws: Malformed(
        "is wrong in its entry 2, which is no domain; write it like example.com, or "
          + "*.example.com for the domains below it")
    ) { try Self.set(["example.com", domain]) }
  }
}
