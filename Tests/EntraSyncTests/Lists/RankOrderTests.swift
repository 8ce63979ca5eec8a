import Testing

@testable import EntraSync

@Suite struct RankOrderTests {
  /// Every rank that the first two alternatives can have.
  static let ranks: [ClaimRank] = (0...1).flatMap { alternative in
    [nil, "Member", "Guest"].flatMap { userType in
      [nil, true, false].compactMap { isEnabled in
        ObjectID("00000000-0000-4000-8000-000000000001").map { id in
          var member = Member(id: id, type: "user")
          member.account.userType = userType.map(Member.UserType.init)
          member.account.isEnabled = isEnabled
          return ClaimRank(alternative: alternative, of: member)
        }
      }
    }
  }

  @Test("The ranks of many people are compared as seldom as those of few", arguments: [1, 100])
  func comparesRanks(people: Int) {
    var comparisons = 0
    let everybody = (0..<people).flatMap { _ in Self.ranks }
    _ = RankOrder(everybody) {
      comparisons += 1
      return $0.advantage(over: $1)
    }
    #expect(comparisons == Set(Self.ranks).count * Set(Self.ranks).count)
  }

  @Test("Ranks come first if no other comes before them, and advantages are those of the ranks")
  func agreesWithRanks() {
    for subset in [Self.ranks, Array(Self.ranks.dropFirst(4)), Array(Self.ranks.suffix(3))] {
      let order = RankOrder(subset)
      for one in subset {
        #expect(
          order.top.contains(one) == !subset.contains { $0.advantage(over: one) != nil })
        for other in subset {
          #expect(order.advantage(of: other, over: one) == other.advantage(over: one))
        }
      }
    }
  }
}
