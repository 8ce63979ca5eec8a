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
    // A private key and its password are read after the certificate.
    let parts = ["KEY", "KEYPASSWORD", "KEYPASSWORDFILE"].map { "CLIENT\($0)" }
    let part = parts.first { key.rawValue.hasSuffix($0) }
    let companion =
      part.map {
        [key.rawValue.replacing($0, with: "CLIENTCERTIFICATE") + " = app.pem"]
      } ?? []
    let text = Sample.text(
      without: [key.rawValue, other], adding: companion + ["\(key.rawValue) ="])
    let start = "\(Sample.path): line \(text.split(separator: "\n").count): \(key.rawValue) "
    let refusal = Sample.refusal(of: text) ?? "no refusal"
    #expect(refusal.hasPrefix(start), "\(refusal)")
  }
}
