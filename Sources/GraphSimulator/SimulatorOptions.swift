/// The options that a simulator is started with.
public struct SimulatorOptions: Sendable {
  /// The port on 127.0.0.1, or 0 for any free port.
  public var port: UInt16
  /// The number of people in ``BuiltInGroup/main``.
  public var members: Int
  /// The seed of the made-up people; the same seed gives the same people.
  public var seed: UInt64
  /// The faults to simulate.
  public var faults: [FaultRule]
  /// The application that may sign in.
  public var registration: Registration
  /// The roles that an administrator has granted to the application.
  public var roles: [Role]
  /// The machine that clients run on.
  public var machine = Machine()
  /// The client secrets of the application; nil for that of the registration, which ends in a year.
  public var secrets: [ClientSecret]?
  /// The federated credentials of the application; nil for those of a cluster and of an identity
  /// that is assigned to the machine.
  public var federations: [FederatedCredential]?
  /// The scheme, host and port of a proxy in front; nil for the simulator's own.
  public var publicOrigin: String?

  /// Creates options; every part has a default.
  ///
  /// - Parameters:
  ///   - port: The port, or 0 for any free port.
  ///   - members: The number of people in the main group.
  ///   - seed: The seed of the made-up people.
  ///   - faults: The faults to simulate.
  ///   - registration: The application that may sign in.
  ///   - roles: The roles of the application.
  ///   - publicOrigin: The scheme, host and port of a proxy in front, without a slash at the end.
  public init(
    port: UInt16 = 0, members: Int = 2_500, seed: UInt64 = 1, faults: [FaultRule] = [],
    registration: Registration = Registration(), roles: [Role] = Role.usual,
    publicOrigin: String? = nil
  ) {
    self.port = port
    self.members = members
    self.seed = seed
    self.faults = faults
    self.registration = registration
    self.roles = roles
    self.publicOrigin = publicOrigin
  }
}
