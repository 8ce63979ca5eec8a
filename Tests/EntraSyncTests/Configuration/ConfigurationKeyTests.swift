import Testing

@testable import EntraSync

@Suite struct ConfigurationKeyTests {
  @Test(
    "What is no key is none",
    arguments: ["", " ", "TENANT", "TENANTIDS", "TENANT.ID", "TENANT/ID", "SECRETID", "\u{0}", "#"])
  func refusesOthers(text: String) {
    #expect(ConfigurationKey(typed: text) == nil)
  }

  @Test("The names that Entra's pages use are aliases")
  func knowsAliases() {
    #expect(ConfigurationKey(typed: "directory id") == .tenantID)
    #expect(ConfigurationKey(typed: "Application-ID") == .clientID)
    #expect(ConfigurationKey(typed: "secret_value") == .clientSecret)
  }
}
