import Testing

@testable import EntraSync

@Suite struct LookupAnswerTests {
  static let anna = LookupAnswer.member([Sample.member([("mail", "a@b.fi")])])
  static let other = LookupAnswer.member([Sample.member([("mail", "c@d.fi")])])
  static let late = LookupAnswer.unknown(EntraSyncError(.timeout, "too late"))
  static let refused = LookupAnswer.unknown(EntraSyncError(.permission, "refused"))

  @Test(
    "A found person decides, and an unknown answer outweighs a non-member",
    arguments: [
      (anna, anna, anna), (anna, other, anna), (anna, .notMember, anna), (anna, late, anna),
      (.notMember, anna, anna), (.notMember, .notMember, .notMember), (.notMember, late, late),
      (late, anna, anna), (late, .notMember, late), (late, refused, late),
    ] as [(LookupAnswer, LookupAnswer, LookupAnswer)])
  func merges(first: LookupAnswer, second: LookupAnswer, both: LookupAnswer) {
    #expect(first.merged(with: second) == both)
  }
}
