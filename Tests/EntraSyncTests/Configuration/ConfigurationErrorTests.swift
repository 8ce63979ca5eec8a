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
    ("CLOUD", "germany", "must be one of global, usgov, dod, china, bleu, delos, govsg"),
    ("LOGINURL", "login.microsoftonline.com", "is not a URL"),
    ("LOGINURL", "http://login.microsoftonline.com", "http is allowed on a loopback address only"),
    ("GRAPHURL", "ftp://graph.microsoft.com", "must begin with https://"),
    ("GRAPHURL", "https://user:word@graph.microsoft.com", "must be a plain URL"),
    ("GRAPHURL", "https://graph.microsoft.com/v1.0/", "must end before /v1.0"),
    ("CAFILE", "", "is empty"),
    (
      "CAFILE", String(repeating: "../", count: 1365) + "a",
      "is longer than the 4095 bytes that a path can have"
    ),
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
      ("CLIENTKEYPASSWORD = word", "CLIENTKEYPASSWORD"),
      ("CLIENTKEYPASSWORDFILE = /etc/word", "CLIENTKEYPASSWORDFILE"),
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

  @Test(
    "CLIENTCERTIFICATE, CLIENTKEY and their password are one credential",
    arguments: [
      (["CLIENTKEY = /k.pem"], "/k.pem", nil, ["/c.pem", "/k.pem"]), ([], nil, nil, ["/c.pem"]),
      (["CLIENTKEYPASSWORD = a b"], nil, "a b", ["/c.pem"]),
      (
        ["CLIENTKEY = /k.pem", "CLIENTKEYPASSWORDFILE = /p"], "/k.pem", "file /p",
        ["/c.pem", "/k.pem", "/p"]
      ),
    ] as [([String], String?, String?, [String])])
  func readsCertificate(lines: [String], key: String?, password: String?, files: [String]) throws {
    let text = Sample.text(
      without: ["CLIENTSECRET"], adding: ["CLIENTCERTIFICATE = /c.pem"] + lines)
    let configuration = try Configuration(Array(text.utf8), path: Sample.path)
    guard case .certificate("/c.pem", let readKey, let readPassword) = configuration.credential
    else {
      Issue.record("not the certificate")
      return
    }
    let shown: String? =
      switch readPassword {
      case .text(let secret): secret.withBytes { String(decoding: $0, as: UTF8.self) }
      case .file(let path): "file \(path)"
      case nil: nil
      }
    #expect(readKey == key)
    #expect(shown == password)
    #expect(configuration.credential.files == files)
    #expect(configuration.holdsSecret == (password == "a b"))
  }

  @Test(
    "A key or password without a certificate, and a second password, are each refused",
    arguments: [
      (
        ["CLIENTKEY = /k.pem"],
        "CLIENTCERTIFICATE is missing; add a line CLIENTCERTIFICATE = with the file of the "
          + "certificate that CLIENTKEY (line 4) belongs to"
      ),
      (
        ["CLIENTKEYPASSWORDFILE = /p"],
        "CLIENTCERTIFICATE is missing; add a line CLIENTCERTIFICATE = with the file of the "
          + "certificate that CLIENTKEYPASSWORDFILE (line 4) belongs to"
      ),
      (
        ["CLIENTCERTIFICATE = c", "CLIENTKEYPASSWORD = p", "CLIENTKEYPASSWORDFILE = /p"],
        "line 6: CLIENTKEYPASSWORDFILE is a second password beside CLIENTKEYPASSWORD; keep one"
      ),
    ])
  func refusesHalfCertificate(lines: [String], message: String) {
    #expect(
      Sample.refusal(of: Sample.text(without: ["CLIENTSECRET"], adding: lines))
        == "\(Sample.path): \(message)")
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
