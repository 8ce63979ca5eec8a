/// A stand-in for Entra ID's token endpoint and for Graph's groups and users, on 127.0.0.1.
///
/// ```swift
/// let simulator = try await GraphSimulator.start(SimulatorOptions(members: 250))
/// let configuration = simulator.configurationText(group: BuiltInGroup.main.id)
/// // … let a client read the group …
/// #expect(simulator.requests.allSatisfy { $0.status == 200 })
/// await simulator.stop()
/// ```
///
/// The server runs on the threads of Swift's concurrency: a client that blocks while it waits needs
/// a thread of its own. All methods but ``start(_:)`` and ``stop()`` are synchronous and may be
/// called from any thread.
public final class GraphSimulator: Sendable {
  /// The port that the simulator listens on.
  public let port: UInt16
  /// The scheme, host and port that clients use to reach the simulator.
  public let origin: String
  private let registration: Registration
  private let service: GraphService
  private let listener: Listener

  private init(
    listener: Listener, origin: String, registration: Registration, service: GraphService
  ) {
    port = listener.port
    self.listener = listener
    self.origin = origin
    self.registration = registration
    self.service = service
  }

  /// Starts a simulator, which serves until ``stop()`` is called.
  ///
  /// - Parameter options: The port, the people, the faults and the application.
  /// - Throws: ``SimulatorError`` if the simulator cannot listen on the port.
  /// - Returns: The running simulator.
  public static func start(
    _ options: SimulatorOptions = SimulatorOptions()
  ) async throws -> GraphSimulator {
    let service = GraphService(
      registration: options.registration,
      directory: .builtIn(members: options.members, seed: options.seed), faults: options.faults,
      roles: options.roles)
    let listener = try await Listener.open(port: options.port, handler: service)
    let origin = options.publicOrigin ?? "http://127.0.0.1:\(listener.port)"
    service.withState {
      $0.origin = origin
      $0.port = listener.port
      $0.machine = options.machine
      $0.secrets = options.secrets ?? $0.secrets
      $0.federations =
        options.federations ?? [.cluster, .assigned(in: options.registration.tenant)]
    }
    return GraphSimulator(
      listener: listener, origin: origin, registration: options.registration, service: service)
  }

  /// Closes the port and all connections.
  public func stop() async {
    await listener.close()
  }

  /// The text of a `.entraidconf` that makes a client read a group from this simulator.
  ///
  /// - Parameters:
  ///   - group: The group's id.
  ///   - queryFilter: The attributes to ask for.
  /// - Returns: The text of the file, which holds the secret.
  public func configurationText(
    group: String = BuiltInGroup.main.id, queryFilter: String = "mail"
  ) -> String {
    ConfigurationText.make(
      registration: registration, group: group, queryFilter: queryFilter, origin: origin)
  }

  /// The requests received so far, oldest first; of very many, at least the newest 10,000.
  public var requests: [ReceivedRequest] {
    service.withState { $0.journal.requests }
  }

  /// Forgets the requests received so far.
  public func forgetRequests() {
    service.withState { $0.journal.clear() }
  }

  /// Replaces all faults; their counts start again at 0.
  public func setFaults(_ rules: [FaultRule]) {
    service.withState { $0.faults = FaultPlan(rules) }
  }

  /// Changes the roles of the application, for the tokens that it gets from now on.
  public func setRoles(_ roles: [Role]) {
    service.withState { $0.roles = roles }
  }

  /// Replaces the machine that clients run on.
  public func setMachine(_ machine: Machine) {
    service.withState { $0.machine = machine }
  }

  /// Replaces the client secrets of the application.
  public func setSecrets(_ secrets: [ClientSecret]) {
    service.withState { $0.secrets = secrets }
  }

  /// Replaces the federated credentials of the application.
  public func setFederations(_ federations: [FederatedCredential]) {
    service.withState { $0.federations = federations }
  }

  /// Makes all access tokens that were issued so far expire.
  public func expireTokens() {
    service.withState { $0.tokens.expireAll(now: .now) }
  }

  /// The current groups and their members.
  public var directory: Directory {
    service.withState { $0.directory }
  }

  /// Changes the groups and their members, between two requests.
  ///
  /// - Parameter change: The change, such as `{ $0.setMembers(of: id, to: […]) }`.
  public func updateDirectory(_ change: (inout Directory) -> Void) {
    service.withState { change(&$0.directory) }
  }
}

/// A reason why a simulator did not start.
public enum SimulatorError: Error, Equatable, CustomStringConvertible {
  /// The simulator cannot listen on the port.
  case cannotListen(port: UInt16, reason: String)

  /// One line that explains the error.
  public var description: String {
    switch self {
    case .cannotListen(let port, let reason):
      "cannot listen on 127.0.0.1, port \(port): \(reason)"
    }
  }
}
