import EntraSync
import Foundation
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("A sign-in by a managed identity")
struct ManagedIdentityTests {
  typealias Identity = Machine.Identity

  @Test(
    "Each kind of machine gives its own identity's token, and that of another one",
    arguments: SimulatedTenant.MachineKind.allCases, ["system", Identity.assigned.clientID])
  func reads(machine: SimulatedTenant.MachineKind, value: String) async throws {
    try await SimulatedTenant.with { tenant in
      let run = try await tenant.read(
        tenant.identity(value), in: tenant.surroundings(machine), times: 2)
      #expect(run.people == 30, "\(run.words)")
      let requests = tenant.simulator.requests
      // Nobody signs in at Entra ID, and the token is kept for the second run.
      #expect(requests.signIns.isEmpty)
      #expect(requests.identities.map(\.status) == (machine == .arc ? [401, 200] : [200]))
      #expect(requests.identities.allSatisfy { $0.headers["metadata"] == "true" })
      let client = value == "system" ? "" : "&client_id=\(value)"
      #expect(
        requests.identities.last?.target.hasSuffix(
          "&resource=https%3A%2F%2Fgraph.microsoft.com\(client)") == true)
    }
  }

  @Test("An identity vouches for an application, whose token then reads")
  func vouches() async throws {
    try await SimulatedTenant.with { tenant in
      let run = try await tenant.read(
        tenant.vouching(), in: tenant.surroundings(.virtualMachine))
      #expect(run.people == 30, "\(run.words)")
      let requests = tenant.simulator.requests
      #expect(
        requests.identities.map(\.target)
          == [
            "/metadata/identity/oauth2/token?api-version=2018-02-01"
              + "&resource=api%3A%2F%2FAzureADTokenExchange&client_id=\(Identity.assigned.clientID)"
          ])
      #expect(
        requests.signIns.map(\.formFields)
          == [["client_id", "scope", "client_assertion_type", "client_assertion", "grant_type"]])
    }
  }

  @Test(
    "What may pass is asked again",
    arguments: [
      "gone:5@identity", "throttle:2@identity", "unavailable:5@identity", "not-found:3@identity",
      "server-error:2@identity", "cut-json:20*2@identity", "reset:0*2@identity",
      "bad-gateway:1@identity",
    ])
  func asksAgain(fault: String) async throws {
    try await SimulatedTenant.with(faults: [fault]) { tenant in
      let run = try await tenant.read(
        tenant.identity(), in: tenant.surroundings(.virtualMachine))
      #expect(run.people == 30, "\(run.words)")
    }
  }

  @Test("A service that is not there is asked a few times only")
  func givesUp() async throws {
    try await SimulatedTenant.with(faults: ["not-found@identity"]) { tenant in
      let run = try await tenant.read(
        tenant.identity(), in: tenant.surroundings(.virtualMachine))
      #expect(
        run.error?.message.hasSuffix(
          "there is no such service here; MANAGEDIDENTITY (line 4) works on an Azure VM, with Azure Arc and in "
            + "App Service; gave up after 4 tries; the next run will try again") == true,
        "\(run.words)")
      #expect(tenant.simulator.requests.count == 4)
    }
    let port = try DeafPort(.refuses)
    try await SimulatedTenant.with { tenant in
      let host = "http://127.0.0.1:\(port.number)"
      var surroundings = try tenant.surroundings(.virtualMachine)
      surroundings.environment = { $0 == "AZURE_POD_IDENTITY_AUTHORITY_HOST" ? host : nil }
      let run = try await tenant.read(tenant.identity(), in: surroundings)
      #expect(run.error?.status == .network)
      #expect(
        run.error?.message.contains("cannot reach \(host), which gives an Azure VM its tokens (")
          == true)
      #expect(run.words.contains("proxy") == false)
      #expect(run.log.count { $0.contains("token of the managed identity at") } == 4)
    }
  }

  @Test("An answer that is no token's names who gave it", arguments: ["not-json", "no-value"])
  func noToken(fault: String) async throws {
    try await SimulatedTenant.with(faults: ["\(fault)@identity"]) { tenant in
      let run = try await tenant.read(
        tenant.identity(), in: tenant.surroundings(.virtualMachine))
      #expect(
        run.error?.message.contains(
          "\(tenant.simulator.origin) answered without a token of the managed identity; look "
            + "whether it is the service of an Azure VM") == true, "\(run.words)")
    }
  }

  @Test("A machine without the identity is told so at once")
  func refused() async throws {
    try await SimulatedTenant.with { tenant in
      let surroundings = try tenant.surroundings(.virtualMachine)
      let other = try await tenant.read(
        tenant.identity("1d000000-0000-4000-8000-0000000000ff"), in: surroundings)
      #expect(other.error?.message.contains("has no such managed identity") == true)
      tenant.simulator.setMachine(Machine(system: nil, assigned: []))
      let none = try await tenant.read(tenant.identity(), in: surroundings)
      #expect(none.error?.status == .authentication)
      #expect(none.error?.httpStatus == 400)
      #expect(none.error?.message.contains("has no managed identity of its own") == true)
      #expect(tenant.simulator.requests.count == 2)
    }
  }

  @Test("A token of another identity or tenant is not used, and one that cannot be read is")
  func otherIdentity() async throws {
    try await SimulatedTenant.with { tenant in
      let surroundings = try tenant.surroundings(.virtualMachine)
      let user = Identity.assigned.clientID
      try tenant.setFaults("other-identity@identity")
      for path in [try tenant.identity(user), try tenant.vouching()] {
        let run = try await tenant.read(path, in: surroundings)
        #expect(run.error?.message.contains("gave a token of the managed identity") == true)
      }
      #expect(tenant.simulator.requests.allSatisfy { $0.target.hasPrefix("/metadata/") })
      try tenant.setFaults("opaque-token@identity")
      #expect(try await tenant.read(tenant.identity(user), in: surroundings).people == 30)
      try tenant.setFaults()
      let path = try tenant.identity(
        "system", ["TENANTID": "7e000000-0000-4000-8000-0000000000ff"])
      let run = try await tenant.read(path, in: surroundings)
      #expect(run.error?.message.contains("is in the tenant 7e000000") == true)
    }
  }

  @Test("A token that Graph refuses is asked for anew")
  func renews() async throws {
    try await SimulatedTenant.with { tenant in
      let simulator = tenant.simulator
      let run = try await tenant.read(
        tenant.identity(), in: tenant.surroundings(.virtualMachine), times: 2
      ) { simulator.expireTokens() }
      #expect(run.people == 30, "\(run.words)")
      #expect(simulator.requests.identities.count == 2)
    }
  }

  @Test("No proxy sees a request for the machine's identity")
  func noProxy() async throws {
    try await SimulatedTenant.with { tenant in
      try await SimulatedTenant.with { proxy in
        // Neither Entra ID nor Graph is on this machine, so that their requests would go there.
        let path = try tenant.identity(
          "system", ["PROXY": proxy.simulator.origin, "GRAPHURL": "", "TIMEOUT": "20"])
        let run = try await tenant.read(path, in: tenant.surroundings(.virtualMachine))
        #expect(run.error != nil)
        #expect(tenant.simulator.requests.identities.map(\.status) == [200])
        #expect(proxy.simulator.requests.identities.isEmpty)
      }
    }
  }

  @Test("A redirect of the machine's service is not followed")
  func noRedirect() async throws {
    try await SimulatedTenant.with(faults: ["redirect:same@identity"]) { tenant in
      let run = try await tenant.read(
        tenant.identity(), in: tenant.surroundings(.appService))
      #expect(run.error?.httpStatus == 302)
      #expect(tenant.simulator.requests.count == 1)
    }
  }

  @Test("The machine's identity is not for a configuration that others can write")
  func reach() async throws {
    try await SimulatedTenant.with { tenant in
      for path in [try tenant.identity(), try tenant.vouching()] {
        try tenant.changeMode("test.entraidconf", 0o620)
        let run = try await tenant.read(path, in: tenant.surroundings(.virtualMachine))
        #expect(run.error?.status == .configuration)
        #expect(
          run.error?.message.contains(
            "cannot be used: other users can change or replace this configuration, and would have "
              + "the powers of this machine's managed identity by it") == true, "\(run.words)")
      }
      #expect(tenant.simulator.requests.isEmpty)
    }
  }

  @Test("The machine's own token is not kept in STATEDIR, and that of an application is")
  func stateFolder() async throws {
    try await SimulatedTenant.with { tenant in
      let surroundings = try tenant.surroundings(.virtualMachine)
      let alone = try tenant.identity("system", ["STATEDIR": "state"])
      for _ in 1...2 { #expect(try await tenant.read(alone, in: surroundings).people == 30) }
      #expect(try tenant.stored().isEmpty)
      #expect(tenant.simulator.requests.identities.count == 2)
      let vouching = try tenant.vouching(["STATEDIR": "state"])
      for _ in 1...2 { #expect(try await tenant.read(vouching, in: surroundings).people == 30) }
      #expect(try tenant.stored().count == 1)
      #expect(tenant.simulator.requests.signIns.count == 1)
      #expect(tenant.simulator.requests.identities.count == 3)
    }
  }

  @Test("A check says who has signed in, and which servers can be reached")
  func check() async throws {
    try await SimulatedTenant.with { tenant in
      let surroundings = try tenant.surroundings(.appService)
      func steps(_ path: Path) async throws -> [String] {
        try await tenant.blocking {
          let check = ClientCheck(try Client(configurationAt: path, in: surroundings))
          _ = try? check.run()
          return check.steps.map { "\($0.subject) \($0.outcome): \($0.text)" }
        }
      }
      let origin = tenant.simulator.origin
      let host = "host passed: \(origin) can be reached"
      #expect(
        try await steps(tenant.identity()).prefix(3) == [
          host,
          "credential passed: the managed identity has the object id \(Identity.system.objectID) "
            + "and the client id \(Identity.system.clientID)",
          "token passed: the sign-in was accepted",
        ])
      #expect(
        try await steps(tenant.vouching()).prefix(2)
          == [host, "token passed: the sign-in was accepted"])
      tenant.simulator.setMachine(Machine(system: nil, assigned: []))
      let failed = try await steps(tenant.identity())
      #expect(failed.first == host)
      #expect(failed.last?.hasPrefix("token failed: no token of the managed identity") == true)
    }
  }

  @Test(
    "No secret of a machine is in a log or an error",
    arguments: SimulatedTenant.MachineKind.allCases)
  func secrecy(machine: SimulatedTenant.MachineKind) async throws {
    try await SimulatedTenant.with { tenant in
      let surroundings = try tenant.surroundings(machine)
      for path in [try tenant.identity(), try tenant.vouching()] {
        let run = try await tenant.read(path, in: surroundings)
        #expect(run.people == 30)
        #expect(!run.words.contains("eyJ"))
        #expect(!run.words.contains(Machine().header))
      }
      let requests = tenant.simulator.requests
      #expect(requests.allSatisfy { $0.headers["x-identity-header"] == nil })
    }
  }
}
