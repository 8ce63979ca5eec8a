import Testing

@testable import EntraSync

@Suite struct AcceptanceTests {
  static func set(_ lines: [String]) -> LineSet {
    LineSet(fileContent: Array(lines.map { $0 + "\n" }.joined().utf8))
  }

  static let old = (1...9).map { "p\($0)@example.com" }

  /// The list a person saw, the list the run would write now, and whether that is covered.
  static let cases: [(proposed: [String]?, now: [String], isCovered: Bool)] = [
    (["p1@example.com"], ["p1@example.com"], true),
    (["p1@example.com"], ["p2@example.com"], true),
    (["p1@example.com"], ["p1@example.com", "p2@example.com"], true),
    (["p1@example.com"], [], false),
    (["p1@example.com"], ["p1@example.com", "new@example.com"], false),
    ([], [], true), (nil, [], true), (old, [], false), (old, old, true),
  ]

  @Test(
    "An acceptance covers a change that is no larger than the one a person has seen",
    arguments: cases)
  func covers(proposed: [String]?, now: [String], isCovered: Bool) {
    let old = Self.set(Self.old)
    let content = proposed.map { Self.set($0).fileContent }
    let difference = Self.set(now).difference(from: old)
    #expect(Acceptance(content).covers(difference, of: old) == isCovered)
  }
}
