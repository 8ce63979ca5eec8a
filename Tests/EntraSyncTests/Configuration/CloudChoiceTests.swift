import Testing

@testable import EntraSync

@Suite struct CloudChoiceTests {
  static func read(_ lines: [String]) throws -> Configuration {
    try Configuration(Array(Sample.text(adding: lines).utf8), path: Sample.path)
  }

  @Test(
    "A cloud sets both endpoints, the scope and the audience",
    arguments: [
      ("global", "login.microsoftonline.com", "graph.microsoft.com"),
      ("USGov", "login.microsoftonline.us", "graph.microsoft.us"),
      ("dod", "login.microsoftonline.us", "dod-graph.microsoft.us"),
      ("china", "login.partner.microsoftonline.cn", "microsoftgraph.chinacloudapi.cn"),
      ("Bleu", "login.sovcloud-identity.fr", "graph.svc.sovcloud.fr"),
      ("delos", "login.sovcloud-identity.de", "graph.svc.sovcloud.de"),
      ("GOVSG", "login.sovcloud-identity.sg", "graph.svc.sovcloud.sg"),
    ])
  func readsCloud(name: String, login: String, graph: String) throws {
    let configuration = try Self.read(["CLOUD = \(name)"])
    #expect(configuration.login.origin == "https://\(login)")
    #expect(configuration.graph.origin == "https://\(graph)")
    #expect(configuration.scope == "https://\(graph)/.default")
    #expect(
      configuration.audience == "https://\(login)/\(Sample.tenant)/oauth2/v2.0/token")
    #expect(configuration.warnings.isEmpty)
  }

  @Test("Each cloud is found by its own hosts, in place of CLOUD", arguments: Cloud.allCases)
  func isFound(cloud: Cloud) throws {
    let byGraph = try Self.read(["GRAPHURL = \(cloud.graphURL)"])
    #expect(byGraph.login.origin == cloud.loginURL)
    #expect(byGraph.scope == "\(cloud.graphURL)/.default")
    let both = try Self.read(["LOGINURL = \(cloud.loginURL)", "GRAPHURL = \(cloud.graphURL)/"])
    #expect(both.scope == "\(cloud.graphURL)/.default")
    #expect(both.audience.hasPrefix("\(cloud.loginURL)/"))
    #expect(both.warnings.isEmpty)
    for alias in cloud.hosts.aliases {
      let configuration = try Self.read(["LOGINURL = https://\(alias)", "CLOUD = \(cloud)"])
      #expect(configuration.audience.hasPrefix("https://\(alias)/"))
      #expect(configuration.warnings.isEmpty)
    }
  }

  @Test(
    "A token is asked for the cloud's own Graph, even where GRAPHURL is a proxy in front of it",
    arguments: [
      (["GRAPHURL = http://127.0.0.1:8080"], "https://graph.microsoft.com/.default"),
      (["GRAPHURL = https://proxy.example/graph"], "https://graph.microsoft.com/.default"),
      (
        ["CLOUD = china", "GRAPHURL = https://proxy.example"],
        "https://microsoftgraph.chinacloudapi.cn/.default"
      ),
      (["GRAPHURL = https://GRAPH.microsoft.us:443/"], "https://graph.microsoft.us/.default"),
      (["GRAPHURL = https://graph.svc.sovcloud.fr:8443"], "https://graph.svc.sovcloud.fr/.default"),
      (["CLOUD = usgov", "LOGINURL = http://[::1]:1"], "https://graph.microsoft.us/.default"),
      (
        ["CLOUD = dod", "GRAPHURL = https://graph.microsoft.us"],
        "https://graph.microsoft.us/.default"
      ),
      // The sign-in host tells the cloud where nothing else does.
      (
        ["LOGINURL = https://login.sovcloud-identity.de", "GRAPHURL = https://proxy.example"],
        "https://graph.svc.sovcloud.de/.default"
      ),
      (["LOGINURL = https://login.sovcloud-identity.fr"], "https://graph.svc.sovcloud.fr/.default"),
      (
        ["GRAPHURL = https://graph.microsoft.us.evil.example"],
        "https://graph.microsoft.com/.default"
      ),
      (
        ["GRAPHURL = https://proxy.example", "SCOPE = api://proxy.example/graph/.default"],
        "api://proxy.example/graph/.default"
      ),
      (
        ["CLOUD = delos", "SCOPE = https://graph.svc.sovcloud.de//.default"],
        "https://graph.svc.sovcloud.de//.default"
      ),
    ])
  func choosesScope(lines: [String], scope: String) throws {
    #expect(try Self.read(lines).scope == scope)
  }

  @Test(
    "A cloud that nobody knows is reached with LOGINURL, GRAPHURL and SCOPE",
    arguments: [
      ([], "https://login.example.gov"),
      // A proxy in front of a known cloud is no audience.
      (["CLOUD = usgov"], "https://login.microsoftonline.us"),
    ])
  func reachesUnknownCloud(lines: [String], authority: String) throws {
    let configuration = try Self.read(
      lines + [
        "LOGINURL = https://login.example.gov", "GRAPHURL = https://graph.example.gov",
        "SCOPE = https://graph.example.gov/.default",
      ])
    #expect(configuration.scope == "https://graph.example.gov/.default")
    #expect(configuration.audience == "\(authority)/\(Sample.tenant)/oauth2/v2.0/token")
    #expect(configuration.warnings.isEmpty)
  }

  @Test(
    "Keys that name two clouds cause a warning that names both keys",
    arguments: [
      (
        ["LOGINURL = https://login.microsoftonline.com", "GRAPHURL = https://graph.microsoft.us"],
        "line 6: GRAPHURL is of the cloud usgov, but LOGINURL (line 5) is of global;"
      ),
      (
        [
          "GRAPHURL = https://graph.svc.sovcloud.fr", "LOGINURL = https://login.microsoftonline.us",
        ],
        "line 5: GRAPHURL is of the cloud bleu, but LOGINURL (line 6) is of usgov or dod;"
      ),
      (
        ["CLOUD = china", "LOGINURL = https://westeurope.login.microsoft.com"],
        "line 6: LOGINURL is of the cloud global, but CLOUD (line 5) is of china;"
      ),
      (
        ["CLOUD = dod", "GRAPHURL = https://graph.microsoft.us"],
        "line 6: GRAPHURL is of the cloud usgov, but CLOUD (line 5) is of dod;"
      ),
      (
        ["CLOUD = dod", "SCOPE = https://graph.microsoft.com/.default"],
        "line 6: SCOPE is of the cloud global, but CLOUD (line 5) is of dod;"
      ),
    ])
  func warnsOfMixture(lines: [String], start: String) throws {
    #expect(
      try Self.read(lines).warnings == [
        "\(start) a token of one cloud is not valid in another, so correct one of them"
      ])
  }

  @Test("A SCOPE of a cloud that nobody knows is doubted where no other key says where that is")
  func doubtsLoneScope() throws {
    let scope = "SCOPE = https://graph.microsoft.co/.default"
    #expect(
      try Self.read([scope]).warnings == [
        "line 5: SCOPE is of no cloud that is known here, so the sign-in goes to the global one; "
          + "set LOGINURL and GRAPHURL too, or correct SCOPE"
      ])
    for line in ["CLOUD = dod", "LOGINURL = https://x.example", "GRAPHURL = https://x.example"] {
      #expect(try Self.read([scope, line]).warnings.isEmpty)
    }
  }

  @Test(
    "Keys that agree on a cloud, or name hosts of no cloud, cause no warning",
    arguments: [
      ["CLOUD = dod", "LOGINURL = https://login.usgovcloudapi.net"],
      ["LOGINURL = https://login.microsoftonline.us", "GRAPHURL = https://dod-graph.microsoft.us"],
      ["CLOUD = bleu", "LOGINURL = https://proxy.example", "GRAPHURL = http://127.0.0.1:1"],
      ["LOGINURL = https://login-us.microsoftonline.com", "CLOUD = usgov"],
      ["LOGINURL = https://login-us.microsoftonline.com"],
    ])
  func acceptsAgreement(lines: [String]) throws {
    #expect(try Self.read(lines).warnings.isEmpty)
  }

  @Test(
    "SCOPE is a resource with /.default behind it",
    arguments: [
      "https://graph.microsoft.com/.default", "api://4290173a-9421-4eb6-acb4-03f2add15a5f/.default",
      "00000003-0000-0000-c000-000000000000/.default", "https://graph.example/a/b/.default",
    ])
  func readsScope(text: String) throws {
    #expect(try Scope(text).text == text)
  }

  @Test(
    "A SCOPE that is no resource with /.default behind it is refused without showing it",
    arguments: [
      "", ".default", "/.default", "https://graph.microsoft.com", "https://graph.microsoft.com/",
      "https://graph.microsoft.com/User.Read", "https://graph.microsoft.com/.DEFAULT",
      "http://graph.microsoft.com/.default", "http://127.0.0.1/.default", "api:///.default",
      "graph.microsoft.com/.default", "api://a b/.default", "api://\u{E9}/.default",
      "https://graph.microsoft.com/.default https://graph.microsoft.com/.default",
      "https://graph.microsoft.com/.default offline_access", "https://u:p@graph/.default",
      "https://graph.microsoft.com/?a/.default", "Qx8~S3cr3t/.default",
      "https://graph.microsoft.com/.default\u{301}",
    ])
  func refusesScope(text: String) {
    let error = #expect(throws: Malformed.self) { try Scope(text) }
    #expect(error?.reason.hasPrefix("must be like https://graph.microsoft.com/.default: ") == true)
    #expect(error?.reason.contains("S3cr3t") == false)
  }
}
