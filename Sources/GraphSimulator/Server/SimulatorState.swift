/// Everything that requests and tests change.
struct SimulatorState: Sendable {
  /// The groups and who is in them.
  var directory: Directory
  /// What goes wrong on purpose.
  var faults: FaultPlan
  /// What the application is allowed to do, by the tokens given out from now on.
  var roles: [Role]
  /// The access tokens given out.
  var tokens = IssuedTokens()
  /// The page tokens given out.
  var skipTokens = SkipTokens()
  /// The requests received.
  var journal = Journal()
  /// The simulator's own scheme and host, known once it listens.
  var origin = ""
  /// The port that it listens on, known from then on too.
  var port: UInt16 = 0
}
