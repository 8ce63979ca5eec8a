import EntraSync
import Foundation
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("The connection between two lookups")
struct LookupConnectionTests {
  @Test("A server that is gone makes an address unknown, and the message names the server")
  func stoppedServer() async throws {
    let tenant = try await SimulatedTenant.withSomebody { $0 }
    let found = try await tenant.withClient(retries: 1) { client, simulator in
      client.answers(["anna@example.com"]).map { answer in
        guard case .unknown(let error) = answer else { return "\(answer)" }
        #expect(error.status == .network)
        return error.message
      }
    }
    #expect(found.count == 1)
    let server = "cannot connect to \(tenant.simulator.origin)"
    #expect(found.first?.contains(server) == true, "\(found)")
  }

  @Test("A server that goes away after a lookup makes the next one unknown")
  func serverGoesAway() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      nonisolated(unsafe) let client = try Client(configurationAt: tenant.configuration())
      client.limits = .short
      let before = try await tenant.blocking { client.verdicts("anna@example.com") }
      #expect(before == [.member])
      await tenant.simulator.stop()
      let after = try await tenant.blocking { client.verdicts("anna@example.com") }
      #expect(after == [.unknown(.network)])
    }
  }

  @Test("After a server restarts, a lookup connects again, and signs in again if the server asks")
  func serverComesBack() async throws {
    try await SimulatedTenant.with { tenant in
      nonisolated(unsafe) let client = try Client(configurationAt: tenant.configuration())
      client.limits = .short
      let mail = try #require(tenant.firstMember?.mail)
      #expect(try await tenant.blocking { client.verdicts(mail) } == [.member])
      await tenant.simulator.stop()

      let successor = try await GraphSimulator.start(
        SimulatorOptions(port: tenant.simulator.port, members: 30))
      let found = try await tenant.blocking { client.verdicts(mail) + client.verdicts(mail) }
      let requests = successor.requests
      await successor.stop()
      #expect(found == [.member, .member])
      #expect(requests.trips == ["$batch", "token", "$batch", "$batch"])
      #expect(requests.connections.count == 1)
    }
  }

  @Test("An answer that breaks off closes its connection, and the next lookup opens a new one")
  func brokenConnection() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      try await tenant.withClient(retries: 0) { client, simulator in
        #expect(client.verdicts("anna@example.com") == [.member])
        let before = simulator.requests.connections
        simulator.setFaults([try FaultRule("cut-body*1@batch")])
        #expect(client.verdicts("anna@example.com") == [.unknown(.network)])
        simulator.forgetRequests()
        #expect(client.verdicts("anna@example.com") == [.member])
        #expect(simulator.requests.trips == ["$batch"])
        #expect(simulator.requests.connections.isDisjoint(with: before))
      }
    }
  }

  @Test("Two clients share neither a connection nor a token")
  func twoClients() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      let path = try tenant.configuration()
      try await tenant.blocking {
        let clients = [
          try Client(configurationAt: path), try Client(configurationAt: path),
        ]
        for client in clients { #expect(client.verdicts("anna@example.com") == [.member]) }
      }
      #expect(tenant.simulator.requests.trips == ["token", "$batch", "token", "$batch"])
      #expect(tenant.simulator.requests.connections.count == 2)
    }
  }
}

extension SimulatedTenant {
  /// The first person of the main group with an address.
  fileprivate var firstMember: Person? {
    for case .user(let person) in simulator.directory.members(of: BuiltInGroup.main.id)
    where person.mail != nil && person.mail == person.userPrincipalName {
      return person
    }
    return nil
  }
}
