import ArgumentParser
import Foundation
import GraphSimulator

/// `graph-simulator`: prints a configuration, then serves until it is told to end.
@main
struct GraphSimulatorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph-simulator",
    abstract: "Stands in for Microsoft's sign-in and Graph on 127.0.0.1.",
    discussion: """
      Prints the .entraidconf to use, a comment "# group NAME ID" for each built-in group, a line \
      "# ready" and nothing more, then serves until SIGTERM or SIGINT.

      Groups: \(BuiltInGroup.allCases.map { "\($0.rawValue) \($0.id)" }.joined(separator: ", ")).

      Faults: \(Fault.kinds.joined(separator: ", ")).
      """)

  @Option(help: "The port; 0 takes any free one.")
  var port: UInt16 = 0

  @Option(help: "How many people the main group has.")
  var members = 2_500

  @Option(help: "What the people are made from: the same number, the same people.")
  var seed: UInt64 = 1

  @Option(
    name: .customLong("fault"),
    help: ArgumentHelp(
      "What goes wrong, such as throttle:2, forbidden@oddities, unavailable:1@main#2, "
        + "cut-body:100*1, expired-secret@token, throttle:1:3@check; may be given several times. A "
        + "target is a group (its members), token, identity (the machine's own tokens), users, user (one user by id), check "
        + "(checkMemberGroups and memberOf), groups, application or batch.",
      valueName: "kind[:argument][*times][@target][#page]"),
    transform: { try FaultRule($0) })
  var faults: [FaultRule] = []

  @Option(help: "The group that the configuration names: a built-in group or a GUID.")
  var group: GroupID = GroupID(id: BuiltInGroup.main.id)

  @Option(help: "The attributes that the configuration names.")
  var queryFilter = "mail"

  @Option(help: "The tenant: a GUID or a domain.")
  var tenant = Registration().tenant

  @Option(help: "The application's id.")
  var clientId = Registration().clientID

  @Option(help: "A file with the client secret, whose last newline does not count.")
  var secretFile: String?

  @Option(
    help: ArgumentHelp(
      "In how many days the client secret ends; a negative number for one that has ended.",
      valueName: "days"))
  var secretEnds = 365.0

  @Option(help: "A file with another client secret of the application, which ends in a year.")
  var nextSecretFile: String?

  @Option(help: "A file with the application's certificate in PEM, for a sign-in without a secret.")
  var certificate: String?

  @Option(
    help: ArgumentHelp(
      "What the application is allowed to do: \(Role.allCases.map(\.rawValue).joined(separator: ", ")); "
        + "an empty text for nothing.", valueName: "role,role"))
  var roles = RoleNames(roles: Role.usual)

  @Option(help: "The folder into which Azure Arc's agent writes its keys; no agent without it.")
  var keyFolder: String?

  @Flag(help: "The machine has no managed identity.")
  var noIdentity = false

  @Option(
    help: "A file to write a token of another issuer into, for a sign-in without a secret.")
  var federatedToken: String?

  @Option(help: "Scheme and host of a proxy in front, such as https://localhost:8443.")
  var publicOrigin: String?

  mutating func validate() throws {
    guard members >= 0 else { throw ValidationError("--members cannot be negative") }
  }

  mutating func run() async throws {
    Endings.watch()
    do {
      let simulator = try await GraphSimulator.start(options())
      if let federatedToken {
        try Data(FederatedCredential.cluster.token().utf8)
          .write(to: URL(fileURLWithPath: federatedToken))
      }
      let text = simulator.configurationText(group: group.id, queryFilter: queryFilter)
      let groups = BuiltInGroup.allCases.map { "# group \($0.rawValue) \($0.id)\n" }.joined()
      try FileHandle.standardOutput.write(contentsOf: Data("\(text)\(groups)# ready\n".utf8))
      try await Endings.wait()
      await simulator.stop()
    } catch {
      try? FileHandle.standardError.write(contentsOf: Data("graph-simulator: \(error)\n".utf8))
      throw ExitCode.failure
    }
  }

  private func options() throws -> SimulatorOptions {
    var registration = Registration(tenant: tenant, clientID: clientId)
    if let secretFile { registration.clientSecret = try TextFile.read(secretFile, "secret") }
    registration.certificate = try certificate.map { try TextFile.read($0, "certificate") }
    var options = SimulatorOptions(
      port: port, members: members, seed: seed, faults: faults, registration: registration,
      roles: roles.roles, publicOrigin: publicOrigin)
    var secrets = [ClientSecret(registration.clientSecret, endingIn: secretEnds)]
    if let nextSecretFile {
      secrets.append(ClientSecret(try TextFile.read(nextSecretFile, "secret")))
    }
    options.secrets = secrets
    options.machine.keyFolder = keyFolder
    if noIdentity { (options.machine.system, options.machine.assigned) = (nil, []) }
    return options
  }
}
