import EntraSync
import Foundation
import GraphSimulator
import Synchronization
import Testing

@testable import EntraSyncIO

/// What came of a run without a secret.
struct IdentityRun: Sendable {
  /// How many people were read; `nil` after a failure.
  let people: Int?
  /// The error, if there is one.
  let error: EntraSyncError?
  /// The lines of the log.
  let log: [String]

  /// Everything that somebody could see of it.
  var words: String { ([error?.message ?? ""] + log).joined(separator: "\n") }
}

extension SimulatedTenant {
  /// The kinds of machine that have managed identities.
  enum MachineKind: String, CaseIterable, Sendable {
    case virtualMachine, arc, appService
  }

  /// What a process finds around it on a machine whose tokens the simulator issues.
  func surroundings(_ machine: MachineKind) throws -> Surroundings {
    let origin = simulator.origin
    let environment: [String: String]
    var simulated = Machine()
    switch machine {
    case .virtualMachine: environment = ["AZURE_POD_IDENTITY_AUTHORITY_HOST": origin]
    case .arc:
      if try !names().contains("keys") { try makeFolder("keys") }
      simulated.keyFolder = path("keys").text
      simulator.setMachine(simulated)
      environment = [
        "IDENTITY_ENDPOINT": "\(origin)/metadata/identity/oauth2/token", "IMDS_ENDPOINT": origin,
      ]
    case .appService:
      environment = [
        "IDENTITY_ENDPOINT": "\(origin)/msi/token/", "IDENTITY_HEADER": simulated.header,
      ]
    }
    var surroundings = Surroundings(
      environment: { environment[$0] }, hasArcAgent: { false })
    surroundings.keyFolder = path("keys")
    return surroundings
  }

  /// A configuration in which a managed identity signs in itself.
  func identity(_ value: String = "system", _ changes: [String: String] = [:]) throws -> Path {
    let keys = [
      "TENANTID": "", "CLIENTID": "", "CLIENTSECRET": "", "LOGINURL": "", "MANAGEDIDENTITY": value,
    ]
    return try configuration(keys.merging(changes) { $1 })
  }

  /// A configuration in which the assigned identity vouches for the application.
  func vouching(_ changes: [String: String] = [:]) throws -> Path {
    let id = Machine.Identity.assigned.clientID
    return try configuration(
      ["CLIENTSECRET": "", "MANAGEDIDENTITY": id].merging(changes) { $1 })
  }

  /// A configuration with a token of another issuer, which this writes.
  func federated(
    _ token: String = FederatedCredential.cluster.token(), _ changes: [String: String] = [:]
  ) throws -> Path {
    try write("token", token)
    try changeMode("token", 0o600)
    return try configuration(
      ["CLIENTSECRET": "", "FEDERATEDTOKENFILE": "token"].merging(changes) { $1 })
  }

  /// Reads people as a new process would, `times` times with one client.
  func read(
    _ configuration: Path, in surroundings: Surroundings, times: Int = 1,
    limits: Limits = .short, between: @escaping @Sendable () throws -> Void = {}
  ) async throws -> IdentityRun {
    try await blocking {
      let said = Mutex<[String]>([])
      var people: Int?
      do {
        let client = try Client(configurationAt: configuration, in: surroundings)
        client.limits = limits
        client.observer.log = { _, line in said.withLock { $0.append(line) } }
        for number in 1...times {
          people = try client.readPeople(into: ()) { _, _, _ in }.report.fetched
          if number < times { try between() }
        }
      } catch let error as EntraSyncError {
        return IdentityRun(people: nil, error: error, log: said.withLock(\.self))
      }
      return IdentityRun(people: people, error: nil, log: said.withLock(\.self))
    }
  }
}

extension [ReceivedRequest] {
  /// Those for a token of a managed identity.
  var identities: [ReceivedRequest] {
    filter { $0.target.hasPrefix("/metadata/") || $0.target.hasPrefix("/msi/") }
  }
}
