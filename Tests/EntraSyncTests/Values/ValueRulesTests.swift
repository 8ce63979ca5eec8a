import Testing

@testable import EntraSync

@Suite struct ValueRulesTests {
  private static func rules(_ lines: String...) throws -> ValueRules {
    try Configuration(Array(Sample.text(adding: lines).utf8), path: Sample.path).valueRules
  }

  @Test("Without a key every address counts, and numbers stay as they are")
  func hasDefaults() throws {
    #expect(try Sample.configuration().valueRules == ValueRules())
    #expect(try ValueRules().address("Anna@Example.com").text == "anna@example.com")
  }

  @Test(
    "DOMAINS and EXCLUDEADDRESSES leave addresses out on purpose, and say which of them did",
    arguments: [
      ("anna@example.com", nil), ("Bob@Sub.Example.COM", nil),
      ("bob@other.example", "is in no domain of DOMAINS"),
      ("bob@example.com.evil.fi", "is in no domain of DOMAINS"),
      ("Boss@example.com", "is left out by EXCLUDEADDRESSES"),
      ("x@alias.example.com", "is left out by EXCLUDEADDRESSES"),
      ("x@a.lab.example.com", "is left out by EXCLUDEADDRESSES"), ("x@lab.example.com", nil),
    ])
  func choosesAddresses(value: String, reason: String?) throws {
    let rules = try Self.rules(
      "DOMAINS = example.com, *.Example.com",
      "EXCLUDEADDRESSES = boss@EXAMPLE.com,*@Alias.example.com , *@*.lab.example.com")
    do {
      #expect(try rules.address(value).text == value.lowercased())
      #expect(reason == nil)
    } catch {
      #expect(error == Malformed(reason ?? "", isIntended: true))
    }
  }

  @Test(
    "A value of these keys that nothing could match is refused with its line and key",
    arguments: [
      ("DOMAINS =", "DOMAINS is empty; put a value after it or remove the line"),
      (
        "DOMAINS = example.com,",
        "DOMAINS is wrong in its entry 2, which is no domain; write it like example.com, or "
          + "*.example.com for the domains below it"
      ),
      ("EXCLUDEADDRESSES =", "EXCLUDEADDRESSES is empty; put a value after it or remove the line"),
      (
        "EXCLUDEADDRESSES = example.com",
        "EXCLUDEADDRESSES is wrong in its entry 1, which is no address; write it like "
          + "anna@example.com, or *@example.com for all addresses of a domain"
      ),
      (
        "EXCLUDEADDRESSES = smtp:a@example.com",
        "EXCLUDEADDRESSES is wrong in its entry 1, which is no address; write it like "
          + "anna@example.com, or *@example.com for all addresses of a domain"
      ),
      (
        "EXCLUDEADDRESSES = a@example.com,*@example",
        "EXCLUDEADDRESSES is wrong in its entry 2, which is no address; write it like "
          + "anna@example.com, or *@example.com for all addresses of a domain"
      ),
      ("COUNTRYCODE =", "COUNTRYCODE must be a country code such as +358"),
      ("COUNTRYCODE = 358", "COUNTRYCODE must be a country code such as +358"),
      ("COUNTRYCODE = +0", "COUNTRYCODE must be a country code such as +358"),
      ("COUNTRYCODE = +", "COUNTRYCODE must be a country code such as +358"),
      ("COUNTRYCODE = +3581", "COUNTRYCODE must be a country code such as +358"),
      ("COUNTRYCODE = FI", "COUNTRYCODE must be a country code such as +358"),
      ("COUNTRYCODE = +٣", "COUNTRYCODE must be a country code such as +358"),
      ("PHONES = some", "PHONES must be one of all, mobile"),
      (
        "PHONES = mobile",
        "PHONES = mobile needs COUNTRYCODE; add a line COUNTRYCODE = with the country code of "
          + "numbers that have none, such as +358"
      ),
    ])
  func refuses(line: String, message: String) {
    #expect(
      Sample.refusal(of: Sample.text(adding: [line])) == "\(Sample.path): line 5: \(message)")
  }

  @Test("The keys about telephone numbers are read")
  func readsPhoneKeys() throws {
    let rules = try Self.rules("COUNTRYCODE = +358", "PHONES = Mobile")
    #expect(rules.country?.digits == "358")
    #expect(rules.phones == .mobile)
    #expect(try Self.rules("PHONES = all").phones == .all)
  }
}
