import Testing

@testable import EntraSync

@Suite struct AcceptanceTests {
  static func set(_ lines: [String]) -> LineSet {
    LineSet(fileContent: Array(lines.map { $0 + "\n" }.joined().utf8))
  }

  static let old = (1...9).map { "p\($0)" }

  /// The acceptance of a stopped run over `old` that wanted to write `proposed`.
  static func acceptance(_ proposed: [String], of old: [String] = old) -> Acceptance? {
    let wanted = set(proposed)
    let text = Proposal.text(
      wanted.difference(from: set(old)), of: "- list", objection: "no", acceptance: "x", now: 0)
    return Acceptance(proposal: wanted.fileContent, text: text)
  }

  /// The list a person saw, the list the run would write now, and whether that is covered.
  static let cases: [(proposed: [String], now: [String], isCovered: Bool)] = [
    (["p1"], ["p1"], true), (["p1"], ["p1", "p2"], true),
    // Just as many go, but one of them was shown as staying.
    (["p1"], ["p2"], false), (["p1", "a"], ["p1", "b"], false), (["p1", "a"], ["p1"], true),
    (["p1"], [], false), (["p1"], ["p1", "new"], false), (["a", "b"], ["a"], true),
    (["a"], [], false), ([], [], true), ([], ["p1"], true), ([], ["a"], false), (old, [], false),
    (old, old, true),
  ]

  @Test("An acceptance covers the lines that were shown, and no other", arguments: cases)
  func covers(proposed: [String], now: [String], isCovered: Bool) throws {
    let difference = Self.set(now).difference(from: Self.set(Self.old))
    #expect(try #require(Self.acceptance(proposed)).covers(difference) == isCovered)
  }

  @Test("An acceptance is for the lines that were shown, whatever the list holds by now")
  func judgesChangedList() throws {
    let acceptance = try #require(Self.acceptance(["p1"]))
    let fewer = Self.set(["p1"]).difference(from: Self.set(["p1", "p2"]))
    #expect(acceptance.covers(fewer))
    let other = Self.set(["p1"]).difference(from: Self.set(["p1", "p2", "added by hand"]))
    #expect(!acceptance.covers(other))
  }

  @Test("Lines that were shown as coming and do not come are a loss to the proposed list")
  func countsShortfall() throws {
    let before = (1...20).map { "a\($0)" }
    let old = Self.set(before)
    let shown = (1...20).map { "b\($0)" }
    let acceptance = try #require(Self.acceptance(shown, of: before))
    #expect(acceptance.shortfall(of: Self.set(shown).difference(from: old)) == nil)
    #expect(
      acceptance.shortfall(of: Self.set(Array(shown.prefix(3))).difference(from: old))
        == ListChange(before: 20, after: 3, added: 0, removed: 17))
  }

  @Test("An acceptance covers lines with control characters as a person was shown them")
  func coversEscapedLines() throws {
    let old = ["p1", "evil\u{1B}[2K", "p\u{202E}2", "tab\t"]
    let difference = Self.set(["p1"]).difference(from: Self.set(old))
    #expect(try #require(Self.acceptance(["p1"], of: old)).covers(difference))
  }

  @Test(
    "A proposal and a text that do not agree are no acceptance",
    arguments: [
      ("p1\n", "+ p2\n"), ("p1\n", "- p1\n"), ("", "+ p1\n"), ("p1\np2\n", "+ p1\n- p2\n"),
    ])
  func refusesDisagreement(proposal: String, text: String) {
    #expect(Acceptance(proposal: Array(proposal.utf8), text: Array(text.utf8)) == nil)
  }

  @Test("A line that is taken from the text, or put into the proposal, is not accepted")
  func narrows() throws {
    let difference = Self.set(["p1", "a"]).difference(from: Self.set(["p1", "p2", "p3"]))
    func covers(_ proposal: String, _ text: String) throws -> Bool {
      let acceptance = Acceptance(proposal: Array(proposal.utf8), text: Array(text.utf8))
      return try #require(acceptance).covers(difference)
    }
    #expect(try covers("a\np1\n", "# x\n- p2\n- p3\n+ a\n"))
    #expect(try !covers("a\np1\n", "# x\n- p2\n+ a\n"))
    #expect(try !covers("a\np1\n", "# x\n- p2\n- p3\n"))
    #expect(try !covers("a\np1\n", ""))
  }
}
