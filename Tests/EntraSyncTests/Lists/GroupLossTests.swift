import Testing

@testable import EntraSync

@Suite("Groups that have lost people")
struct GroupLossTests {
  private static func group(_ id: String, _ people: Int, isExcluded: Bool = false)
    -> RunRecord.Group
  {
    RunRecord.Group(id: id, isExcluded: isExcluded, people: people)
  }

  private static func loss(_ before: Int, _ now: Int, isExcluded: Bool = false) -> GroupLoss {
    GroupLoss(group: "a", isExcluded: isExcluded, before: before, now: now)
  }

  @Test("Only a group that both readings name has lost people, each in its own role")
  func comparesSameGroups() {
    let old = [Self.group("a", 5), Self.group("b", 4), Self.group("c", 9, isExcluded: true)]
    let new = [
      Self.group("c", 2), Self.group("c", 3, isExcluded: true), Self.group("a", 6),
      Self.group("d", 0),
    ]
    #expect(
      GroupLoss.all(from: old, to: new)
        == [GroupLoss(group: "c", isExcluded: true, before: 9, now: 3)])
    #expect(GroupLoss.all(from: [], to: new).isEmpty)
  }

  @Test("Of a group in several configurations, the one that sees most people counts, once")
  func countsGroupOnce() {
    let old = [Self.group("a", 5), Self.group("a", 7)]
    #expect(
      GroupLoss.all(from: old, to: [Self.group("a", 3), Self.group("a", 2)])
        == [Self.loss(7, 3)])
    #expect(GroupLoss.all(from: old, to: [Self.group("a", 7)]).isEmpty)
  }

  @Test(
    "A group that has lost all, or more than MAXREMOVED, is an objection",
    arguments: [
      (ChangeGuard.Limit.percent(50), 20, 10, false), (.percent(50), 20, 9, true),
      (.percent(50), 9, 1, false), (.percent(50), 1, 0, true), (.off, 20, 1, false),
      (.off, 20, 0, true), (.count(3), 9, 6, false), (.count(3), 9, 5, true),
      (.count(0), 2, 1, true), (.percent(0), 2, 1, true),
    ])
  func judges(limit: ChangeGuard.Limit, before: Int, now: Int, isStopped: Bool) {
    let changeGuard = ChangeGuard(maximumRemoved: limit)
    for isExcluded in [false, true] {
      let objection = changeGuard.objection(
        to: Self.loss(before, now, isExcluded: isExcluded))
      #expect((objection != nil) == isStopped)
    }
  }

  @Test("EXCLUDEEMPTY lets a small exclusion lose all, and no other group")
  func allowsEmptyExclusion() {
    let changeGuard = ChangeGuard()
    func objects(_ before: Int, isExcluded: Bool) -> Bool {
      changeGuard.objection(to: Self.loss(before, 0, isExcluded: isExcluded), mayBeEmpty: true)
        != nil
    }
    #expect(!objects(3, isExcluded: true))
    #expect(objects(30, isExcluded: true))
    #expect(objects(3, isExcluded: false))
  }

  @Test("A loss is read as it is written, and nothing else is", arguments: [false, true])
  func readsItself(isExcluded: Bool) {
    for loss in [Self.loss(40, 0, isExcluded: isExcluded), Self.loss(1, 0, isExcluded: isExcluded)]
    {
      #expect(GroupLoss("\(loss)") == loss)
      for text in ["\(loss) ", " \(loss)", "\(loss), or so", "# \(loss)", ""] {
        #expect(GroupLoss(text) == nil)
      }
    }
    #expect(GroupLoss("group a had 040 people, and has 0") == nil)
    #expect(GroupLoss("group a had 99999999999999999999 people, and has 0") == nil)
  }

  @Test("An acceptance holds for the losses that were shown, and little more")
  func acceptsShownLosses() throws {
    var line = LineSet()
    line.insert("a@example.com".utf8)
    let text = Proposal.text(
      line.difference(from: line), losses: [Self.loss(40, 12)], of: "list", objection: "x",
      acceptance: "y", now: 0)
    let acceptance = try #require(Acceptance(proposal: line.fileContent, text: text))
    #expect(acceptance.unseen(of: Self.loss(40, 12)) == Self.loss(12, 12))
    #expect(acceptance.unseen(of: Self.loss(40, 30)) == Self.loss(12, 12))
    #expect(acceptance.unseen(of: Self.loss(40, 3)) == Self.loss(12, 3))
    let other = Self.loss(40, 12, isExcluded: true)
    #expect(acceptance.unseen(of: other) == other)
  }
}
