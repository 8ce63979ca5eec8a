import Testing

@testable import EntraSync

@Suite("The token service of a machine")
struct IdentityServiceTests {
  static func service(
    _ environment: [String: String] = [:], hasArcAgent: Bool = false
  ) throws -> IdentityService {
    try IdentityService(
      environment: { environment[$0] }, hasArcAgent: hasArcAgent,
      of: try ManagedIdentityTests.configuration())
  }

  static func refusal(_ environment: [String: String]) -> String? {
    do {
      let service = try service(environment)
      return "\(service.kind) at \(service.url)"
    } catch let error as EntraSyncError {
      return error.status == .configuration ? error.message : "\(error)"
    } catch {
      return "\(error)"
    }
  }

  static let arc = "http://localhost:40342/metadata/identity/oauth2/token"
  static let appService = "http://169.254.129.5:8081/msi/token/"

  @Test("The environment decides which service it is, in the order of MSAL")
  func order() throws {
    let machine = try Self.service()
    #expect(machine.kind == .virtualMachine)
    #expect(machine.url == "http://169.254.169.254/metadata/identity/oauth2/token")
    #expect(machine.origin == "http://169.254.169.254")

    // Cron's environment is empty.
    let agent = try Self.service(hasArcAgent: true)
    #expect(agent.kind == .arc)
    #expect(agent.url == "http://127.0.0.1:40342/metadata/identity/oauth2/token")

    let told = try Self.service(["IDENTITY_ENDPOINT": Self.arc, "IMDS_ENDPOINT": "http://x"])
    #expect(told.kind == .arc)
    #expect(told.url == Self.arc)

    let both = try Self.service(
      [
        "IDENTITY_ENDPOINT": Self.appService, "IDENTITY_HEADER": "abc", "IMDS_ENDPOINT": "x",
        "MSI_ENDPOINT": "y", "AZURE_POD_IDENTITY_AUTHORITY_HOST": "http://127.0.0.1:9",
      ], hasArcAgent: true)
    #expect(both.kind == .appService)
    #expect(both.url == Self.appService)
    #expect(both.origin == "http://169.254.129.5:8081")

    let pod = try Self.service(["AZURE_POD_IDENTITY_AUTHORITY_HOST": "http://127.0.0.1:9/"])
    #expect(pod.url == "http://127.0.0.1:9/metadata/identity/oauth2/token")

    // An endpoint without anything else says nothing, nor does an empty variable.
    for rest in [["IDENTITY_ENDPOINT": Self.arc], ["IDENTITY_HEADER": "x"], ["MSI_ENDPOINT": ""]] {
      #expect(try Self.service(rest).kind == .virtualMachine)
    }
  }

  @Test(
    "The environment names no server but one of this machine",
    arguments: [
      "https://127.0.0.1/msi/token", "http://evil.example/msi/token",
      "http://127.0.0.1.evil.example/msi/token", "http://169.254.169.254.evil.example/",
      "http://user@127.0.0.1/", "http://127.0.0.1/?x=", "http://10.0.0.1/", "file:///etc/passwd",
      "http://169.25.4.1/", "http://169.254.1.256/", "http://[fe80::1]/", "127.0.0.1",
      "http://127.0.0.1/\r\nX: y",
    ])
  func bounds(url: String) {
    let start = "MANAGEDIDENTITY (line 2): "
    func end(_ bounds: String) -> String {
      " in the environment is not an http URL of \(bounds), so that it is not asked; remove it from "
        + "the environment, or correct it"
    }
    #expect(
      Self.refusal(["IDENTITY_ENDPOINT": url, "IDENTITY_HEADER": "abc"])
        == start + "IDENTITY_ENDPOINT" + end("a loopback or link-local address"))
    #expect(
      Self.refusal(["AZURE_POD_IDENTITY_AUTHORITY_HOST": url])
        == start + "AZURE_POD_IDENTITY_AUTHORITY_HOST" + end("a loopback or link-local address"))
    #expect(
      Self.refusal(["IDENTITY_ENDPOINT": url, "IMDS_ENDPOINT": "x"])
        == start + "IDENTITY_ENDPOINT" + end("a loopback address"))
  }

  @Test("The key of Azure Arc is shown to nobody but this machine")
  func arcIsHere() {
    #expect(
      Self.refusal(["IDENTITY_ENDPOINT": "http://169.254.1.1/", "IMDS_ENDPOINT": "x"])?
        .contains("is not an http URL of a loopback address, so that it is not asked") == true)
  }

  @Test("What is not supported is named")
  func unsupported() {
    let fabric = [
      "IDENTITY_ENDPOINT": "https://10.0.0.4:2377/", "IDENTITY_HEADER": "abc",
      "IDENTITY_SERVER_THUMBPRINT": "x",
    ]
    let advice =
      ", whose managed identities are not supported; use an Azure VM, Azure Arc or App Service, or "
      + "another credential"
    #expect(
      Self.refusal(fabric)
        == "MANAGEDIDENTITY (line 2): the environment is that of Service Fabric\(advice)")
    #expect(
      Self.refusal(["MSI_ENDPOINT": "http://127.0.0.1:50342/oauth2/token"])
        == "MANAGEDIDENTITY (line 2): the environment is that of Cloud Shell or Azure Machine "
        + "Learning\(advice)")
  }

  @Test("A header from the environment adds no other header", arguments: ["a\r\nX: y", "a b", "ä"])
  func header(value: String) {
    #expect(
      Self.refusal(["IDENTITY_ENDPOINT": Self.appService, "IDENTITY_HEADER": value])
        == "MANAGEDIDENTITY (line 2): IDENTITY_HEADER in the environment has a space or a "
        + "character that no header may hold; leave it as App Service has set it")
  }
}

@Suite("A request for a managed identity's token")
struct IdentityRequestTests {
  static func lines(_ request: IdentityRequest) -> [String] {
    request.headers.map { $0.withBytes { String(decoding: $0, as: UTF8.self) } }
  }

  @Test("A virtual machine is asked for a resource, with the header that no browser sends")
  func virtualMachine() throws {
    let request = IdentityRequest(
      to: try IdentityServiceTests.service(), as: .system, for: "https://graph.microsoft.com")
    #expect(
      request.url
        == "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01"
        + "&resource=https%3A%2F%2Fgraph.microsoft.com")
    #expect(Self.lines(request) == ["Metadata: true"])
  }

  @Test("A user-assigned identity is asked for by its client id")
  func user() throws {
    let id = try #require(ObjectID(ManagedIdentityTests.identity))
    let request = IdentityRequest(
      to: try IdentityServiceTests.service(), as: .user(id), for: "api://AzureADTokenExchange")
    #expect(
      request.url.hasSuffix(
        "&resource=api%3A%2F%2FAzureADTokenExchange&client_id=\(ManagedIdentityTests.identity)"))
  }

  @Test("Azure Arc sees the content of its key, and App Service its header, which nobody else does")
  func proofs() throws {
    let arc = IdentityRequest(
      to: try IdentityServiceTests.service(hasArcAgent: true), as: .system, for: "r",
      proving: Secret("geheim".utf8))
    #expect(arc.url.contains("?api-version=2020-06-01&resource=r"))
    #expect(Self.lines(arc) == ["Metadata: true", "Authorization: Basic geheim"])
    let appService = IdentityRequest(
      to: try IdentityServiceTests.service(
        ["IDENTITY_ENDPOINT": IdentityServiceTests.appService, "IDENTITY_HEADER": "geheim"]),
      as: .system, for: "r")
    #expect(
      appService.url == "http://169.254.129.5:8081/msi/token/?api-version=2019-08-01&resource=r")
    #expect(Self.lines(appService) == ["Metadata: true", "X-IDENTITY-HEADER: geheim"])
    #expect(!"\(arc) \(appService)".contains("geheim"))
  }
}

@Suite("The challenge of Azure Arc's agent")
struct ArcChallengeTests {
  @Test(
    "A key is named with or without quotes",
    arguments: [
      "Basic realm=/var/opt/azcmagent/tokens/a-B_1.key",
      "basic  Realm=\"/var/opt/azcmagent/tokens/a-B_1.key\"",
    ])
  func names(header: String) throws {
    #expect(try ArcChallenge([header]).path == "/var/opt/azcmagent/tokens/a-B_1.key")
  }

  @Test(
    "A key that is not a .key file of the agent's folder is not read",
    arguments: [
      "/etc/shadow", "/etc/ssl/private/server.key", "/var/opt/azcmagent/tokenz/a.key",
      "/home/somebody/secrets/ab/a.key", "/var/opt/azcmagent/tokens/../../x.key",
      "/var/opt/azcmagent/tokens/x/y.key", "/var/opt/azcmagent/tokens/x.txt",
      "/var/opt/azcmagent/tokens/.key", "/var/opt/azcmagent/tokens", "", "x.key",
      "/var/opt/azcmagent/tokensx/a.key", "/var/opt/azcmagent/tokens//a.key",
      "/var/opt/azcmagent/tokens/a b.key", "/var/opt/azcmagent/tokens/\u{0}.key",
    ])
  func refuses(path: String) {
    let error = #expect(throws: EntraSyncError.self) { try ArcChallenge(["Basic realm=\(path)"]) }
    #expect(error?.status == .server)
    #expect(
      error?.message
        == "Azure Arc's agent names a key that is not a .key file of /var/opt/azcmagent/tokens, and "
        + "was not read; is it the agent that answers there? Look with: azcmagent show")
  }

  @Test(
    "An answer without one challenge is none",
    arguments: [
      [], ["Bearer realm=/var/opt/azcmagent/tokens/a.key"], ["Basic"],
      [
        "Basic realm=/var/opt/azcmagent/tokens/a.key",
        "Basic realm=/var/opt/azcmagent/tokens/b.key",
      ],
      ["Basic realm=/var/opt/azcmagent/tokens/" + String(repeating: "a", count: 5000) + ".key"],
    ])
  func none(headers: [String]) {
    let error = #expect(throws: EntraSyncError.self) { try ArcChallenge(headers) }
    #expect(
      error?.message
        == "Azure Arc's agent names no key for the managed identity; is it the agent that answers "
        + "there? Look with: azcmagent show")
  }
}
