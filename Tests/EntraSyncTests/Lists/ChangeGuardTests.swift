import Testing

@testable import EntraSync

@Suite struct ChangeGuardTests {
  typealias Limit = ChangeGuard.Limit

  static func change(_ before: Int, removed: Int = 0, added: Int = 0) -> ListChange {
    ListChange(before: before, after: before - removed + added, added: added, removed: removed)
  }

  @Test(
    "MAXREMOVED limits removals by a count or a percentage",
    arguments: [
      (.off, 1000, 999, true), (.count(0), 10, 0, true), (.count(0), 10, 1, false),
      (.count(0), 2, 1, false), (.count(5), 10, 5, true), (.count(5), 10, 6, false),
      (.percent(0), 10, 0, true), (.percent(0), 10, 1, false), (.percent(0), 2, 1, false),
      (.percent(50), 10, 5, true), (.percent(50), 10, 6, false), (.percent(50), 11, 5, true),
      (.percent(50), 11, 6, false), (.percent(50), 9, 8, true), (.percent(50), 1000, 500, true),
      (.percent(50), 1000, 501, false), (.percent(33), 100, 33, true),
      (.percent(33), 100, 34, false),
      (.percent(1), 99, 1, false), (.percent(1), 100, 1, true), (.percent(100), 10, 9, true),
      (.percent(.max), 10, 9, true), (.count(.max), 10, 9, true),
    ] as [(Limit, Int, Int, Bool)])
  func boundsRemovals(limit: Limit, before: Int, removed: Int, isAllowed: Bool) {
    let changeGuard = ChangeGuard(maximumRemoved: limit, maximumAdded: .off)
    let objection = changeGuard.objection(to: Self.change(before, removed: removed))
    #expect((objection == nil) == isAllowed)
    #expect(
      isAllowed
        || objection
          == "\(removed) of \(before) lines would be removed, more than MAXREMOVED (\(limit)) allows"
    )
  }

  @Test(
    "MAXADDED limits additions by a count or a percentage",
    arguments: [
      (.off, 10, 100_000, true), (.count(0), 10, 0, true), (.count(0), 10, 1, false),
      (.count(3), 10, 3, true), (.count(3), 10, 4, false), (.percent(0), 2, 1, false),
      (.percent(150), 10, 15, true), (.percent(150), 10, 16, false), (.percent(20), 9, 1000, true),
      (.percent(20), 10, 3, false),
    ] as [(Limit, Int, Int, Bool)])
  func boundsAdditions(limit: Limit, before: Int, added: Int, isAllowed: Bool) {
    let changeGuard = ChangeGuard(maximumRemoved: .off, maximumAdded: limit)
    let objection = changeGuard.objection(to: Self.change(before, added: added))
    #expect((objection == nil) == isAllowed)
    #expect(
      isAllowed
        || objection
          == "\(added) lines would be added to \(before), more than MAXADDED (\(limit)) allows"
    )
  }

  @Test("A missing or empty list may be filled, whatever the limits")
  func allowsFirstRun() {
    let strict = ChangeGuard(maximumRemoved: .count(0), maximumAdded: .count(0))
    #expect(strict.objection(to: Self.change(0, added: 100_000)) == nil)
    #expect(ChangeGuard().objection(to: Self.change(0, added: 1)) == nil)
  }

  @Test(
    "A missing or empty list for which no line is found is refused, whatever the limits",
    arguments: [
      ChangeGuard(), ChangeGuard(maximumRemoved: .off, maximumAdded: .off),
      ChangeGuard(maximumRemoved: .count(0), maximumAdded: .count(0)),
    ])
  func refusesEmptyFirstRun(changeGuard: ChangeGuard) {
    let change = Self.change(0)
    #expect(
      changeGuard.objection(to: change) == "no line was found for it, and it has none yet")
    #expect(change.findsNothing)
    #expect(!Self.change(0, added: 1).findsNothing)
    #expect(!Self.change(1, removed: 1).findsNothing)
  }

  @Test(
    "A change that removes every line is refused, whatever the limits",
    arguments: [1, 9, 10, 100_000])
  func refusesEmptying(before: Int) {
    let lax = ChangeGuard(maximumRemoved: .off, maximumAdded: .off)
    #expect(
      lax.objection(to: Self.change(before, removed: before))
        == "every line (\(before)) would be removed")
  }

  @Test(
    "A change after which no old line would stay is refused, whatever the limits and the size",
    arguments: [1, 2, 9, 10, 20, 100_000], [1, 3, 200_000])
  func refusesReplacement(before: Int, added: Int) {
    let lax = ChangeGuard(maximumRemoved: .off, maximumAdded: .off)
    let words = "none of its \(before) lines would stay"
    for changeGuard in [ChangeGuard(), lax] {
      let change = Self.change(before, removed: before, added: added)
      #expect(changeGuard.objection(to: change) == words)
      let rest = Self.change(before + 1, removed: before, added: added)
      #expect(changeGuard.objection(to: rest) != words)
    }
    #expect(
      lax.objection(to: Self.change(before + 1, removed: before, added: added)) == nil)
  }

  @Test(
    "By default, a list of ten lines or more gets at most twice as many as it had",
    arguments: [
      (9, 1000, true), (10, 20, true), (10, 21, false), (11, 22, true), (11, 23, false),
      (1000, 2000, true), (1000, 2001, false),
    ])
  func boundsAdditionsByDefault(before: Int, added: Int, isAllowed: Bool) {
    let objection = ChangeGuard().objection(to: Self.change(before, added: added))
    let words = "\(added) lines would be added to \(before), more than MAXADDED (200%) allows"
    #expect(objection == (isAllowed ? nil : words))
  }

  @Test("A list that does not change is always accepted")
  func allowsNoChange() {
    let strict = ChangeGuard(maximumRemoved: .count(0), maximumAdded: .count(0))
    #expect(strict.objection(to: Self.change(1000)) == nil)
  }

  @Test(
    "A limit of changes is off, a count or a percentage",
    arguments: [
      ("off", .off), ("OFF", .off), ("0", .count(0)), ("00", .count(0)), ("17", .count(17)),
      ("0%", .percent(0)), ("20%", .percent(20)), ("20 %", .percent(20)), ("150%", .percent(150)),
    ] as [(String, Limit)])
  func reads(text: String, limit: Limit) throws {
    #expect(try Limit(text) == limit)
  }

  @Test(
    "A malformed limit of changes is refused",
    arguments: [
      "", "%", "-1", "+1", "1.5", "20%%", "%20", "off%", "none", "5 lines", "\u{661}",
      "99999999999999999999", "99999999999999999999%",
    ])
  func refuses(text: String) {
    #expect(throws: Malformed("must be a number of lines, a percentage such as 20%, or off")) {
      try Limit(text)
    }
  }

  @Test("A limit of changes is shown as it is written", arguments: ["off", "0", "17", "20%"])
  func describes(text: String) throws {
    #expect(try Limit(text).description == text)
  }
}
