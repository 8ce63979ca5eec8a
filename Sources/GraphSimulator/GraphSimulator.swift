/// Entra ID's token endpoint and Graph's groups, members and users, made up, on 127.0.0.1.
///
/// ```swift
/// let simulator = try await GraphSimulator.start(SimulatorOptions(members: 250))
/// let configuration = simulator.configurationText(group: BuiltInGroup.main.id)
/// // … let a client read the group …
/// #expect(simulator.requests.allSatisfy { $0.status == 200 })
/// await simulator.stop()
/// ```
///
/// The server runs on Swift's own threads: a client that blocks while it waits needs a thread of
/// its own. Everything but starting and stopping is synchronous and may be called from any thread.
public final class GraphSimulator: Sendable {
  /// The port that the simulator listens on.
  public let port: UInt16
  /// The scheme and host under which clients reach it.
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

  /// Starts a simulator, which serves from the moment this returns until ``stop()``.
  ///
  /// - Parameter options: Port, people and faults.
  /// - Throws: ``SimulatorError`` when the port cannot be had.
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
    }
    return GraphSimulator(
      listener: listener, origin: origin, registration: options.registration, service: service)
  }

  /// Closes the port and all connections.
  public func stop() async {
    await listener.close()
  }

  /// A `.entraidconf` with which a client reads a group from this simulator.
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

  /// The requests received so far, oldest first; the newest 10,000 at least.
  public var requests: [ReceivedRequest] {
    service.withState { $0.journal.requests }
  }

  /// Forgets the requests received so far.
  public func forgetRequests() {
    service.withState { $0.journal.clear() }
  }

  /// Replaces what goes wrong on purpose; all counting starts again.
  public func setFaults(_ rules: [FaultRule]) {
    service.withState { $0.faults = FaultPlan(rules) }
  }

  /// Changes what the application is allowed to do, by the tokens that it is given from now on.
  public func setRoles(_ roles: [Role]) {
    service.withState { $0.roles = roles }
  }

  /// Ends the life of all access tokens given out so far.
  public func expireTokens() {
    service.withState { $0.tokens.expireAll(now: .now) }
  }

  /// The groups and who is in them, as they are now.
  public var directory: Directory {
    service.withState { $0.directory }
  }

  /// Changes who is in the groups, between two requests.
  ///
  /// - Parameter change: Such as `{ $0.setMembers(of: id, to: […]) }`.
  public func updateDirectory(_ change: (inout Directory) -> Void) {
    service.withState { change(&$0.directory) }
  }
}

/// Why a simulator did not start.
public enum SimulatorError: Error, Equatable, CustomStringConvertible {
  /// The port cannot be listened on.
  case cannotListen(port: UInt16, reason: String)

  /// One line that says what is wrong.
  public var description: String {
    switch self {
    case .cannotListen(let port, let reason):
      "cannot listen on 127.0.0.1, port \(port): \(reason)"
    }
  }
}
