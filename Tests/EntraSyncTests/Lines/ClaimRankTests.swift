import Testing

@testable import EntraSync

@Suite struct ClaimRankTests {
  static let ids = (1...2).compactMap { ObjectID("00000000-0000-4000-8000-00000000000\($0)") }

  /// Somebody with the address; a contact has no account.
  static func claim(
    _ number: Int, type: String = "user", userType: String? = nil, isEnabled: Bool? = nil,
    alternative: Int = 0
  ) -> Claim {
    var member = Member(id: ids[number - 1], type: type)
    member.account.userType = userType.map(Member.UserType.init)
    member.account.isEnabled = isEnabled
    return Claim(
      address: "anna@example.com", person: member.id,
      rank: ClaimRank(alternative: alternative, of: member), outcome: .lines(["\(number)"]))
  }

  @Test(
    "Whoever does not get an address is told why by the rule that decided",
    arguments: [
      (claim(2, userType: "Guest", isEnabled: true), "since a member comes before a guest"),
      (claim(2, type: "orgContact"), "since a member comes before a mail contact"),
      (
        claim(2, userType: "Member", isEnabled: false),
        "since an enabled account comes before a disabled one"
      ),
      (
        claim(2, userType: "Member", isEnabled: true, alternative: 1),
        "in whom an earlier attribute of QUERYFILTER holds it"
      ),
    ])
  func tells(loser: Claim, reason: String) throws {
    let winner = Self.claim(1, userType: "Member", isEnabled: true)
    for claims in [[winner, loser], [loser, winner]] {
      var set = ClaimSet()
      for claim in claims { set.insert(claim) }
      let losers = set.resolve(excluding: Exclusions()).losers
      #expect(losers.map(\.person) == [Self.ids[1]])
      #expect(
        losers.map(\.reason) == [
          "\"anna@example.com\" is the address of \(Self.ids[0].text), \(reason)"
        ])
    }
  }

  @Test("A mail contact and a guest are of one rank, and an earlier attribute decides")
  func weighsContacts() {
    let contact = Self.claim(1, type: "orgContact").rank
    let guest = Self.claim(2, userType: "Guest", isEnabled: true).rank
    #expect(contact.advantage(over: guest) == nil)
    #expect(guest.advantage(over: contact) == nil)
    let later = Self.claim(2, userType: "Member", isEnabled: true, alternative: 1).rank
    #expect(contact.advantage(over: later) == .alternative)
    #expect(contact.merged(with: contact) == contact)
  }
}
