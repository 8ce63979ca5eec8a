import Testing

@testable import EntraSync

@Suite struct ConfigurationErrorTests {
  @Test(
    "A required key that is missing is named with the file and what belongs there",
    arguments: [
      ("TENANTID", "add a line TENANTID = with the Directory (tenant) ID"),
      ("CLIENTID", "add a line CLIENTID = with the Application (client) ID"),
      (
        "CLIENTSECRET",
        "add a line CLIENTSECRET = with the Value of a client secret, or CLIENTCERTIFICATE = and "
          + "CLIENTKEY = with the PEM files of a certificate and its key"
      ),
      ("GROUPID", "add a line GROUPID = with the group's Object ID"),
    ])
  func namesMissingKey(key: String, advice: String) {
    #expect(
      Sample.refusal(of: Sample.text(without: [key]))
        == "\(Sample.path): \(key) is missing; \(advice)")
  }

  @Test(
    "An empty configuration is refused because its first key is missing",
    arguments: ["", "\n", "# nothing\n"])
  func refusesEmptyFile(text: String) {
    #expect(Sample.refusal(of: text)?.hasPrefix("\(Sample.path): TENANTID is missing") == true)
  }

  /// Lines that are each wrong in one way, with the key and the part of the message that tells how.
  static let malformed: [(key: String, value: String, reason: String)] = [
    ("TENANTID", "", "must be the tenant's GUID or one of its domains"),
    ("TENANTID", "common", "must be the tenant's GUID or one of its domains"),
    ("TENANTID", "6e518c62-cf72-4239-bf34", "must be the tenant's GUID or one of its domains"),
    ("TENANTID", "a b.example", "must be the tenant's GUID or one of its domains"),
    ("TENANTID", "a..example", "must be the tenant's GUID or one of its domains"),
    ("TENANTID", "a.example/..", "must be the tenant's GUID or one of its domains"),
    ("CLIENTID", "", "must be a GUID"),
    ("CLIENTID", "contoso.com", "must be a GUID"),
    ("CLIENTID", "{4290173a-9421-4eb6-acb4-03f2add15a5f}", "must be a GUID"),
    ("CLIENTSECRET", "", "is empty"),
    ("CLIENTSECRET", "\"\"", "is empty"),
    ("CLIENTSECRET", "\"", "begins with a quote that is not closed"),
    ("GROUPID", "", "must be a GUID"),
    ("GROUPID", "Everybody", "must be a GUID"),
    ("GROUPID", "\(Sample.group),", "must be a GUID"),
    ("GROUPID", "\(Sample.group) \(Sample.otherGroup)", "must be a GUID"),
    ("EXCLUDEGROUPID", "", "must be a GUID"),
    ("EXCLUDEGROUPID", "none", "must be a GUID"),
    ("QUERYFILTER", "", "has an empty name in it"),
    ("QUERYFILTER", "mail,", "has an empty name in it"),
    ("QUERYFILTER", "phone", "names \"phone\""),
    ("QUERYFILTER", "mobilePhone", "must begin with the address"),
    ("MEMBERSHIP", "nested", "must be one of direct, transitive"),
    ("ACCOUNTS", "", "must be one of all, enabled"),
    ("USERTYPE", "guests", "must be one of all, member, internal, guest"),
    ("CLOUD", "germany", "must be one of global, usgov, dod, china"),
    ("LOGINURL", "login.microsoftonline.com", "is not a URL"),
    ("LOGINURL", "http://login.microsoftonline.com", "http is allowed on a loopback address only"),
    ("GRAPHURL", "ftp://graph.microsoft.com", "must begin with https://"),
    ("GRAPHURL", "https://user:word@graph.microsoft.com", "must be a plain URL"),
    ("GRAPHURL", "https://graph.microsoft.com/v1.0/", "must end before /v1.0"),
    ("CAFILE", "", "is empty"),
    ("PROXY", "", "has no valid host name"),
    ("PROXY", "http://u:a@b@proxy.example", "must be like http://user:password@"),
    ("PROXY", "http://u:a/b@proxy.example", "must be like http://user:password@"),
    ("PROXY", "http://u:a b@proxy.example", "must be like http://user:password@"),
    ("PROXY", "http://u:\u{E4}@proxy.example", "must be like http://user:password@"),
    ("PROXY", "http://proxy.example:0", "has no valid port"),
    ("TIMEOUT", "0", "must be a whole number of seconds from 1 to 86400"),
    ("TIMEOUT", "86401", "must be a whole number of seconds from 1 to 86400"),
    ("TIMEOUT", "-1", "must be a whole number of seconds from 1 to 86400"),
    ("TIMEOUT", "5 min", "must be a whole number of seconds from 1 to 86400"),
    ("TIMEOUT", "99999999999999999999", "must be a whole number of seconds from 1 to 86400"),
    ("MAXREMOVED", "", "must be a number of lines, a percentage such as 20%, or off"),
    ("MAXREMOVED", "half", "must be a number of lines, a percentage such as 20%, or off"),
    ("MAXADDED", "-1", "must be a number of lines, a percentage such as 20%, or off"),
  ]

  @Test(
    "A malformed value of a configuration is refused with file, line and key", arguments: malformed)
  func namesFileLineAndKey(key: String, value: String, reason: String) throws {
    let text = Sample.text(without: [key], adding: ["# a comment", "\(key) = \(value)"])
    let line = text.split(separator: "\n").count
    let message = try #require(Sample.refusal(of: text))
    #expect(message.hasPrefix("\(Sample.path): line \(line): \(key) "))
    #expect(message.contains(reason))
    #expect(!message.contains("\n"))
  }

  @Test(
    "A second credential in a configuration is refused",
    arguments: [
      ("CLIENTSECRETFILE = /etc/secret", "CLIENTSECRETFILE"),
      ("CLIENTCERTIFICATE = /etc/cert.pem", "CLIENTCERTIFICATE"),
      ("CLIENTKEY = /etc/key.pem", "CLIENTKEY"),
    ])
  func refusesSecondCredential(line: String, key: String) {
    #expect(
      Sample.refusal(of: Sample.text(adding: [line]))
        == "\(Sample.path): line 5: \(key) is a second credential beside CLIENTSECRET; keep one")
  }

  @Test("CLIENTSECRETFILE is a credential")
  func readsSecretFile() throws {
    let configuration = try Sample.configuration(
      without: ["CLIENTSECRET"], adding: "CLIENTSECRETFILE = /etc/entraid.secret")
    guard case .secretFile(let path) = configuration.credential else {
      Issue.record("not a secret file")
      return
    }
    #expect(path == "/etc/entraid.secret")
  }

  @Test("CLIENTCERTIFICATE and CLIENTKEY are one credential")
  func readsCertificate() throws {
    let configuration = try Sample.configuration(
      without: ["CLIENTSECRET"], adding: "CLIENTCERTIFICATE = /c.pem", "CLIENTKEY = /k.pem")
    guard case .certificate(let certificate, let key) = configuration.credential else {
      Issue.record("not a certificate")
      return
    }
    #expect(certificate == "/c.pem")
    #expect(key == "/k.pem")
  }

  @Test("A certificate without its key, and a key without its certificate, are each refused")
  func refusesHalfCertificate() {
    #expect(
      Sample.refusal(
        of: Sample.text(without: ["CLIENTSECRET"], adding: ["CLIENTCERTIFICATE = /c.pem"]))
        == "\(Sample.path): CLIENTKEY is missing; add a line CLIENTKEY = with the PEM file of the "
        + "certificate's private key")
    #expect(
      Sample.refusal(of: Sample.text(without: ["CLIENTSECRET"], adding: ["CLIENTKEY = /k.pem"]))
        == "\(Sample.path): CLIENTCERTIFICATE is missing; add a line CLIENTCERTIFICATE = with the PEM "
        + "file of the certificate that CLIENTKEY (line 4) belongs to")
  }

  @Test("A configuration that is not UTF-8 is refused with the file's name")
  func refusesOtherEncodings() {
    #expect(
      throws: EntraSyncError(
        .configuration, "\(Sample.path): is not UTF-8 text; save it as plain text")
    ) { try Configuration([0xFF, 0xFE, 0x41], path: Sample.path) }
  }

  @Test("A line break in a configuration's path cannot break the message")
  func showsPathOnOneLine() {
    #expect(
      throws: EntraSyncError(.configuration, "a\\u{a}b: is not UTF-8 text; save it as plain text")
    ) { try Configuration([0xFF], path: "a\nb") }
  }
}
