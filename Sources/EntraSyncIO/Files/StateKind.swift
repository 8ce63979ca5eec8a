/// A kind of state that runs leave in STATEDIR for later runs, such as tokens.
///
/// Several kinds can be kept in one folder. Each clears away its own files and no other's.
struct StateKind {
  /// How the names of its files begin. No other kind's names may begin in the same way.
  let namePrefix: String
  /// After how many seconds a file is of no more use to anybody.
  let lifetime: Double
}
