import EntraSync
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("When a server fails")
struct FaultTests {
  /// A fault, the status of its error, and a word that the message must contain.
  static let fatal: [(fault: String, status: Status, word: String)] = [
    ("throttle:1:86400", .throttled, "86400 s"),
    ("throttle:1:86400@token", .throttled, "86400 s"),
    ("unavailable:1:86400", .server, "HTTP 503"),
    ("gateway-timeout:1:86400", .server, "HTTP 504"),
    ("server-error", .server, "HTTP 500"),
    ("bad-gateway", .server, "HTTP 502"),
    ("forbidden", .permission, "User.Read.All"),
    ("unauthorized", .authentication, "does not accept the token"),
    ("not-found", .notFound, "GROUPID (line 4)"),
    ("missing-permission", .permission, "User.Read.All"),
    // The token names User.Read.All, so that no permission is missing.
    ("null-attributes:mail", .notFound, "has a value of mail"),
    ("absent-attributes:mail", .notFound, "has a value of mail"),
    ("cut-body", .network, "broke off"),
    ("cut-body#2", .network, "broke off"),
    ("reset", .network, "broke off"),
    ("reset#2", .network, "broke off"),
    ("no-value@token", .server, "no access token"),
    ("cut-body@token", .network, "broke off"),
    ("reset@token", .network, "broke off"),
    ("expired-secret@token", .authentication, "CLIENTSECRET (line 3)"),
    ("forbidden@token", .authentication, "Conditional Access"),
    ("server-error@token", .server, "[AADSTS90033, trace id "),
  ]

  @Test("A list stays as it was when a server fails, and one line says why", arguments: fatal)
  func listStays(fault: String, status: Status, word: String) async throws {
    try await SimulatedTenant.with(members: 1100) { tenant in
      let error = try await tenant.failedRun(fault)
      #expect(error.status == status)
      #expect(error.message.contains(word), "\(error.message)")
    }
  }

  /// What a missing permission hides, a configuration that needs it, and a word of the message.
  static let gaps: [(fault: String, changes: [String: String], word: String)] = [
    ("null-attributes:mobilePhone", ["QUERYFILTER": "mail,mobilePhone"], "mobilePhone"),
    ("absent-attributes:userType", ["USERTYPE": "member"], "userType"),
    ("absent-attributes:accountEnabled", ["ACCOUNTS": "enabled"], "accountEnabled"),
  ]

  @Test("A missing permission that hides what a list needs is named", arguments: gaps)
  func namesGap(fault: String, changes: [String: String], word: String) async throws {
    // The token does not show which permissions it has.
    try await SimulatedTenant.with(faults: [fault, "opaque-token@token"]) { tenant in
      let error = try await tenant.writeList(from: tenant.configuration(changes)).error
      #expect(error?.status == .permission)
      #expect(error?.message.contains(word) == true)
      #expect(error?.message.contains("User.Read.All") == true)
      #expect(try tenant.names() == ["test.entraidconf"])
    }
  }

  @Test("A telephone number that no line needs may be missing for everybody")
  func ignoresGapThatDoesNotMatter() async throws {
    try await SimulatedTenant.with(faults: ["null-attributes:mobilePhone"]) { tenant in
      let path = try tenant.configuration(["QUERYFILTER": "mail,mobilePhone"])
      #expect(try await tenant.writeList(from: path, template: "{mail}").get().written > 0)
    }
  }

  @Test("A token that Graph refuses is replaced by a new one in the same run")
  func replacesRefusedToken() async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.configuration()
      let simulator = tenant.simulator
      let outcomes = try await tenant.blocking {
        let client = try Client(configurationAt: path)
        _ = try client.readPeople(into: ()) { _, _, _ in }.report
        simulator.expireTokens()
        return (1...2).map { _ in (try? client.readPeople(into: ()) { _, _, _ in }) != nil }
      }
      #expect(outcomes == [true, true])
    }
  }

  @Test(
    "A busy server is asked again after the time that it named",
    arguments: [
      "throttle:2:0", "unavailable:2:0", "gateway-timeout:2:0", "throttle:2:0#2",
      "throttle:2:0@token", "unavailable:1:0@token",
    ])
  func triesAgain(fault: String) async throws {
    try await SimulatedTenant.with(members: 1100) { tenant in
      let calm = try await tenant.calmRun()
      let requests = try await tenant.survivedRun(fault, like: calm)
      #expect(requests.count > calm.requests.count)
    }
  }

  @Test("A busy server is retried only a limited number of times")
  func givesUp() async throws {
    try await SimulatedTenant.with(faults: ["throttle:99:0"]) { tenant in
      let error = try await tenant.writeList(from: tenant.configuration()).error
      #expect(error?.status == .throttled)
      #expect(error?.httpStatus == 429)
      #expect(tenant.simulator.requests.count == 1 + 1 + 1 + RetryPolicy.standard.maximumRetries)
    }
  }

  @Test("A message names a server that is stopped, and says what to check")
  func namesStoppedServer() async throws {
    let (path, tenant) = try await SimulatedTenant.with { ($0.simulator.port, $0) }
    let error = try await tenant.writeList(from: tenant.configuration()).error
    #expect(error?.status == .network)
    #expect(error?.message.contains("cannot connect to http://127.0.0.1:\(path)") == true)
  }

  /// Wrong values in a configuration, and the error that Entra's answer becomes.
  static let refusals: [(key: String, value: String, code: Int, word: String)] = [
    ("TENANTID", "7e000000-0000-4000-8000-00000000ffff", 90_002, "TENANTID (line"),
    ("CLIENTID", "c1000000-0000-4000-8000-00000000ffff", 700_016, "CLIENTID (line"),
    ("CLIENTSECRET", "wrong", 7_000_215, "its Value, not its ID"),
  ]

  @Test("A refused sign-in names the key and its line", arguments: refusals)
  func namesWrongKey(key: String, value: String, code: Int, word: String) async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.configuration([key: value])
      let error = try await tenant.writeList(from: path).error
      #expect(error?.status == .authentication)
      #expect(error?.aadstsCode == code)
      #expect(error?.message.contains(word) == true, "\(error?.message ?? "")")
      #expect(error?.message.contains("trace id") == true)
      #expect(error?.requestID?.isEmpty == false)
    }
  }
}
