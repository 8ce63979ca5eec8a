/// What a simulator is started with.
public struct SimulatorOptions: Sendable {
  /// The port on 127.0.0.1, or 0 for any free one.
  public var port: UInt16
  /// How many people ``BuiltInGroup/main`` has.
  public var members: Int
  /// What the made-up people are made from: the same seed, the same people.
  public var seed: UInt64
  /// What goes wrong on purpose.
  public var faults: [FaultRule]
  /// The application that may sign in.
  public var registration: Registration
  /// What the application is allowed to do.
  public var roles: [Role]
  /// The scheme and host under which clients reach the simulator, where a proxy stands in front;
  /// nil for `http://127.0.0.1:PORT`.
  public var publicOrigin: String?

  /// Options; what is not said is made up.
  ///
  /// - Parameters:
  ///   - port: The port, or 0 for any free one.
  ///   - members: How many people the main group has.
  ///   - seed: What they are made from.
  ///   - faults: What goes wrong on purpose.
  ///   - registration: The application that may sign in.
  ///   - roles: What it is allowed to do.
  ///   - publicOrigin: Scheme and host of a proxy in front, without a slash at the end.
  public init(
    port: UInt16 = 0, members: Int = 2_500, seed: UInt64 = 1, faults: [FaultRule] = [],
    registration: Registration = Registration(), roles: [Role] = Role.allCases,
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
