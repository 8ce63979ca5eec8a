import Testing

@testable import GraphSimulator

@Suite struct ConfigurationTextTests {
  @Test func `The configuration text names everything that a client needs`() async throws {
    let simulator = try await GraphSimulator.start(SimulatorOptions(members: 1))
    let text = simulator.configurationText(
      group: BuiltInGroup.oddities.id, queryFilter: "mail,mobilePhone")
    #expect(
      text == """
        TENANTID = 7e000000-0000-4000-8000-000000000001
        CLIENTID = c1000000-0000-4000-8000-000000000001
        CLIENTSECRET = s&c=r+t%~#;'
        GROUPID = a0000000-0000-4000-8000-000000000004
        QUERYFILTER = mail,mobilePhone
        LOGINURL = http://127.0.0.1:\(simulator.port)
        GRAPHURL = http://127.0.0.1:\(simulator.port)

        """)
    await simulator.stop()
  }

  @Test(arguments: [
    ("plain", "plain"), ("with space", "\"with space\""), ("#hash", "#hash"), ("", "\"\""),
    ("\"quoted\"", "\"\"quoted\"\""), ("ä", "\"ä\""),
  ])
  func `The configuration text quotes a secret where it must`(secret: String, value: String) {
    let text = ConfigurationText.make(
      registration: Registration(clientSecret: secret), group: "g", queryFilter: "mail",
      origin: "o")
    #expect(text.contains("\nCLIENTSECRET = \(value)\n"))
  }

  @Test func `The configuration and nextLinks name the origin of a proxy`() async throws {
    let simulator = try await GraphSimulator.start(
      SimulatorOptions(members: 250, publicOrigin: "https://localhost:8443"))
    #expect(simulator.configurationText().contains("GRAPHURL = https://localhost:8443\n"))
    let page = try await SignedIn(to: simulator).members(query: "?$top=5")
    #expect(
      String(decoding: page.body, as: UTF8.self)
        .contains(#""@odata.nextLink":"https://localhost:8443/v1.0/groups/"#))
    await simulator.stop()
  }
}
