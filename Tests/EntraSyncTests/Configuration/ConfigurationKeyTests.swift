import Testing

@testable import EntraSync

@Suite struct ConfigurationKeyTests {
  @Test(
    "A text that is not a key of a configuration is refused as one",
    arguments: ["", " ", "TENANT", "TENANTIDS", "TENANT.ID", "TENANT/ID", "SECRETID", "\u{0}", "#"])
  func refusesOthers(text: String) {
    #expect(ConfigurationKey(typed: text) == nil)
  }

  @Test("The names that Entra ID's own pages use are aliases of keys")
  func knowsAliases() {
    #expect(ConfigurationKey(typed: "directory id") == .tenantID)
    #expect(ConfigurationKey(typed: "Application-ID") == .clientID)
    #expect(ConfigurationKey(typed: "secret_value") == .clientSecret)
  }

  @Test(
    "A key with nothing after it is refused by its name, whichever key it is",
    arguments: ConfigurationKey.allCases)
  func isRead(key: ConfigurationKey) {
    let other = key.credentialKind == nil ? key.rawValue : "CLIENTSECRET"
    let text = Sample.text(without: [key.rawValue, other], adding: ["\(key.rawValue) ="])
    #expect(Sample.refusal(of: text)?.contains(key.rawValue) == true)
  }
}
