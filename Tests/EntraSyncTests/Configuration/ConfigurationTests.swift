import Testing

@testable import EntraSync

@Suite struct ConfigurationTests {
  @Test("A configuration needs four keys, and the others have defaults")
  func hasDefaults() throws {
    let configuration = try Sample.configuration()
    #expect(configuration.path == Sample.path)
    #expect(configuration.tenant == Sample.tenant)
    #expect(configuration.clientID.text == Sample.client)
    #expect(configuration.clientSecret == Sample.secret)
    #expect(configuration.groups.map(\.text) == [Sample.group])
    #expect(configuration.queryFilter.fields.map(\.name) == ["mail"])
    #expect(configuration.excludedGroups.isEmpty)
    #expect(configuration.membership == .direct)
    #expect(configuration.accounts == .all)
    #expect(configuration.userType == .all)
    #expect(configuration.login.origin == "https://login.microsoftonline.com")
    #expect(configuration.graph.origin == "https://graph.microsoft.com")
    #expect(configuration.scope == "https://graph.microsoft.com/.default")
    #expect(configuration.caFile == nil)
    #expect(configuration.proxy == nil)
    #expect(configuration.timeout == 300)
    #expect(configuration.auditFile == nil)
    #expect(configuration.stateFolder == nil)
    #expect(configuration.changeGuard.maximumRemoved == .percent(50))
    #expect(configuration.changeGuard.maximumAdded == .percent(200))
    #expect(configuration.warnings.isEmpty)
  }

  @Test("The names of D-Center's form fields are understood as keys")
  func readsFormFields() throws {
    let text = """
      Tenant ID: \(Sample.tenant)
      Client ID: \(Sample.client)
      Client secret: \(Sample.secret)
      Group ID: \(Sample.group)
      Query filter: mail,mobilePhone
      """
    let configuration = try Configuration(Array(text.utf8), path: Sample.path)
    #expect(configuration.clientSecret == Sample.secret)
    #expect(configuration.queryFilter.fields.map(\.name) == ["mail", "mobilePhone"])
  }

  @Test("Every optional key of a configuration is read")
  func readsOptionalKeys() throws {
    let configuration = try Sample.configuration(
      adding: "QUERYFILTER = Mail, MOBILEPHONE",
      "EXCLUDEGROUPID = \(Sample.otherGroup.uppercased())",
      "MEMBERSHIP = Transitive", "ACCOUNTS = ENABLED", "USERTYPE = member",
      "CAFILE = /etc/ssl/own.pem", "PROXY = http://user:word@proxy.example:3128", "TIMEOUT = 60",
      "MAXREMOVED = 20 %", "MAXADDED = 100", "AUDITFILE = audit", "STATE_DIR = /var/lib/x")
    #expect(configuration.queryFilter.fields.map(\.name) == ["mail", "mobilePhone"])
    #expect(configuration.excludedGroups.map(\.text) == [Sample.otherGroup])
    #expect(configuration.membership == .transitive)
    #expect(configuration.accounts == .enabled)
    #expect(configuration.userType == .member)
    #expect(configuration.caFile == "/etc/ssl/own.pem")
    let proxy = configuration.proxy?.withBytes { String(decoding: $0, as: UTF8.self) }
    #expect(proxy == "http://user:word@proxy.example:3128")
    #expect(configuration.timeout == 60)
    #expect(configuration.changeGuard.maximumRemoved == .percent(20))
    #expect(configuration.changeGuard.maximumAdded == .count(100))
    #expect(configuration.auditFile == "audit")
    #expect(configuration.stateFolder == "/var/lib/x")
    #expect(configuration.warnings.isEmpty)
  }

  @Test("GROUPID's groups are kept in their order, each once, whatever the case")
  func readsSeveralGroups() throws {
    let configuration = try Sample.configuration(
      without: ["GROUPID"],
      adding: "GROUPID = \(Sample.otherGroup) , \(Sample.group),\(Sample.otherGroup.uppercased())")
    #expect(configuration.groups.map(\.text) == [Sample.otherGroup, Sample.group])
  }

  @Test(
    "A tenant may be named by a domain of its own, in any case",
    arguments: ["contoso.onmicrosoft.com", "Example.FI", "a-b.example.org"])
  func readsDomain(domain: String) throws {
    let configuration = try Sample.configuration(
      without: ["TENANTID"], adding: "TENANTID = \(domain)")
    #expect(configuration.tenant == domain.lowercased())
  }

  @Test("A message names the key, and its line where the file has it")
  func namesPlaces() throws {
    let configuration = try Sample.configuration()
    #expect(configuration.keyAndLine(.groupID) == "GROUPID (line 4)")
    #expect(configuration.keyAndLine(.cloud) == "CLOUD")
  }

  @Test("A client secret's ID in place of its Value causes a warning that does not show it")
  func warnsOfSecretID() throws {
    let id = "db380eec-79aa-41d4-9e8a-3de5bd41238a"
    let configuration = try Sample.configuration(
      without: ["CLIENTSECRET"], adding: "CLIENTSECRET = \(id)")
    #expect(
      configuration.warnings
        == ["line 4: CLIENTSECRET looks like the secret's ID; it must be its Value"])
  }

  @Test("Warnings about a configuration's text are kept")
  func keepsWarnings() throws {
    let configuration = try Sample.configuration(adding: "COLOUR = blue")
    #expect(configuration.warnings == ["line 5: unknown key COLOUR; it is ignored"])
  }
}
