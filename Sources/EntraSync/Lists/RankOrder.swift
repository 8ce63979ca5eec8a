/// Which ranks come first among the people of one address.
///
/// There are few ranks, however many people have an address. So ranks are compared, and never each
/// person with each other.
struct RankOrder {
  /// The ranks that no other one comes before.
  let top: Set<ClaimRank>
  /// For each other rank, the ranks that come before it, and why.
  private let advantages: [ClaimRank: [ClaimRank: ClaimRank.Reason]]

  /// Compares ranks.
  ///
  /// - Parameters:
  ///   - ranks: The rank of each person.
  ///   - advantage: Why one rank comes before another; `nil` if it does not.
  init(
    _ ranks: some Sequence<ClaimRank>,
    by advantage: (ClaimRank, ClaimRank) -> ClaimRank.Reason? = { $0.advantage(over: $1) }
  ) {
    let distinct = Set(ranks)
    var advantages: [ClaimRank: [ClaimRank: ClaimRank.Reason]] = [:]
    for loser in distinct {
      for winner in distinct {
        guard let reason = advantage(winner, loser) else { continue }
        advantages[loser, default: [:]][winner] = reason
      }
    }
    top = distinct.filter { advantages[$0] == nil }
    self.advantages = advantages
  }

  /// Why one rank comes before another; `nil` if it does not.
  func advantage(of winner: ClaimRank, over loser: ClaimRank) -> ClaimRank.Reason? {
    advantages[loser]?[winner]
  }
}
