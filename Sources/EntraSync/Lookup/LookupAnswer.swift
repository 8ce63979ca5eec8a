/// What is known about an address. Not to know is an answer of its own: it is never taken for a no.
public enum LookupAnswer: Equatable, Sendable {
  /// The people in the groups who have it: one, unless the directory gives it to several. Where a
  /// person was found by the address itself, it is the only one that is left of theirs.
  case member([Member])
  /// Nobody in the groups has it.
  case notMember
  /// It cannot be told, for this reason.
  case unknown(EntraSyncError)
}

extension LookupAnswer {
  /// What two configurations say together: one that finds the address decides, and one that cannot
  /// tell outweighs one that does not find it.
  ///
  /// - Parameter other: Another configuration's answer.
  /// - Returns: The answer of both.
  public func merged(with other: LookupAnswer) -> LookupAnswer {
    switch (self, other) {
    case (.member, _), (.unknown, .notMember), (.unknown, .unknown): self
    case (_, .member), (.notMember, .unknown): other
    case (.notMember, .notMember): self
    }
  }
}
