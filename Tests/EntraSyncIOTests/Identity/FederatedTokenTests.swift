import EntraSync
import Foundation
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("A sign-in by a token of another issuer")
struct FederatedTokenTests {
  private static let nowhere = Surroundings(environment: { _ in nil }, hasArcAgent: { false })

  @Test("The token is sent as the client assertion of the application")
  func reads() async throws {
    try await SimulatedTenant.with { tenant in
      let run = try await tenant.read(tenant.federated(), in: Self.nowhere)
      #expect(run.people == 30, "\(run.words)")
      #expect(
        tenant.simulator.requests.signIns.map(\.formFields)
          == [["client_id", "scope", "client_assertion_type", "client_assertion", "grant_type"]])
      #expect(!run.words.contains("eyJ"))
    }
  }

  @Test("The file is read anew at each sign-in")
  func readAnew() async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.federated()
      let simulator = tenant.simulator
      let run = try await tenant.read(path, in: Self.nowhere, times: 2) {
        simulator.setFederations([FederatedCredential(issuer: "https://x.example", subject: "new")])
        try tenant.write(
          "token", FederatedCredential(issuer: "https://x.example", subject: "new").token() + "\n")
        simulator.expireTokens()
      }
      #expect(run.people == 30, "\(run.words)")
      #expect(simulator.requests.signIns.map(\.status) == [200, 200])
    }
  }

  @Test("A token that is shared outlives the content of the file, but not its name")
  func shared() async throws {
    try await SimulatedTenant.with { tenant in
      for _ in 1...2 {
        let path = try tenant.federated(
          FederatedCredential.cluster.token(), ["STATEDIR": "state"])
        #expect(try await tenant.read(path, in: Self.nowhere).people == 30)
      }
      #expect(tenant.simulator.requests.signIns.count == 1)
      try tenant.write("other", FederatedCredential.cluster.token())
      let other = try tenant.configuration(
        ["CLIENTSECRET": "", "FEDERATEDTOKENFILE": "other", "STATEDIR": "state"])
      #expect(try await tenant.read(other, in: Self.nowhere).people == 30)
      #expect(tenant.simulator.requests.signIns.count == 2)
    }
  }

  @Test("A federated credential that is missing is said with what it must have")
  func missing() async throws {
    try await SimulatedTenant.with { tenant in
      tenant.simulator.setFederations([])
      let run = try await tenant.read(tenant.federated(), in: Self.nowhere)
      #expect(run.error?.aadstsCode == 700_211)
      #expect(
        run.error?.message.contains(
          "it has the issuer \"https://issuer.example.com/cluster\", the subject "
            + "\"system:serviceaccount:lists:entrasync\" and the audience "
            + "\"api://AzureADTokenExchange\"; add one with exactly these") == true, "\(run.words)")
      // It may be new.
      #expect(tenant.simulator.requests.signIns.count == 3)
      try tenant.setFaults("no-federation:2@token")
      tenant.simulator.setFederations([.cluster])
      #expect(try await tenant.read(tenant.federated(), in: Self.nowhere).people == 30)
    }
  }

  @Test("The managed identity's token is shown as a federated credential must have it")
  func missingForIdentity() async throws {
    try await SimulatedTenant.with { tenant in
      tenant.simulator.setFederations([])
      let run = try await tenant.read(
        tenant.vouching(), in: tenant.surroundings(.virtualMachine))
      #expect(
        run.error?.message.contains(
          "the subject \"\(Machine.Identity.assigned.objectID)\"") == true)
      // One token suffices for all tries.
      #expect(tenant.simulator.requests.identities.count == 1)
    }
  }

  @Test("A claims challenge of Graph is answered by Entra ID, with the same token")
  func claimsChallenge() async throws {
    try await SimulatedTenant.with(faults: ["claims-challenge*1@groups"]) { tenant in
      let run = try await tenant.read(tenant.federated(), in: Self.nowhere)
      #expect(run.people == 30, "\(run.words)")
      #expect(tenant.simulator.requests.signIns.last?.formFields.contains("claims") == true)
    }
  }

  /// What stands for a token that has ended.
  private static let ended = "ended"

  @Test(
    "A file that holds no token, or one that has ended, is not sent",
    arguments: [
      ("", "is empty; put a token of another issuer into it"),
      ("a.b.c\nd.e.f", "has more than one line; it must hold a token of another issuer alone"),
      ("geheim~geheim", "holds no JSON Web Token, which is three parts in base64url with dots"),
      ("geh+im.geheim.geheim", "holds no JSON Web Token"), ("e30..AAAA", "holds no JSON Web Token"),
      (ended, "ended on "),
    ])
  func unusable(content: String, reason: String) async throws {
    // No test prints a token, not even as its argument.
    let content =
      content == Self.ended ? FederatedCredential.cluster.token(lifetime: -301) : content
    try await SimulatedTenant.with { tenant in
      let run = try await tenant.read(tenant.federated(content), in: Self.nowhere)
      #expect(run.error?.status == .configuration)
      #expect(run.error?.message.contains("FEDERATEDTOKENFILE (line ") == true)
      #expect(run.error?.message.contains(reason) == true, "\(run.words)")
      #expect(!run.words.contains("geh"))
      #expect(tenant.simulator.requests.isEmpty)
    }
  }

  @Test("A file that everybody may read is warned of")
  func isPublic() async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.federated()
      try tenant.changeMode("token", 0o644)
      let run = try await tenant.read(path, in: Self.nowhere)
      #expect(run.people == 30)
      #expect(
        run.words.contains(
          "every user of this system can read the file of FEDERATEDTOKENFILE (line "))
    }
  }
}
