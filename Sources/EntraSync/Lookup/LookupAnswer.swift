/// What is known about an address. "Cannot tell" is an answer of its own and never means no.
public enum LookupAnswer: Equatable, Sendable {
  /// The people in the groups who have it: one, unless the directory gives it to several. If the
  /// address itself found a person, it is the only address of theirs that is kept.
  case member([Member])
  /// Nobody in the groups has it.
  case notMember
  /// Graph cannot tell, for this reason.
  case unknown(EntraSyncError)
}

extension LookupAnswer {
  /// Combines the answers of two configurations. "Member" wins over both others, and "cannot tell"
  /// wins over "not a member".
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
