import Testing

@testable import EntraSync

@Suite("Lines that somebody else has put into a list")
struct ForeignLinesTests {
  private static var written: ListMemory {
    var memory = ListMemory()
    memory.isWritten = true
    memory.digest = "d"
    return memory
  }

  @Test(
    "The first run may remove ten lines, and 5 % of the list",
    arguments: [
      (200, 10, false), (1000, 11, true), (220, 11, true), (100, 5, false), (100, 6, true),
      (10, 1, true), (3, 0, false), (20, 1, false),
    ])
  func stopsFirstRun(before: Int, removed: Int, isStopped: Bool) {
    let change = ListChange(before: before, after: before, added: removed, removed: removed)
    #expect((ForeignLines.objection(to: change, ListMemory()) != nil) == isStopped)
    #expect(ForeignLines.objection(to: change, Self.written) == nil)
  }

  private static func difference(_ count: Int) -> ListDifference {
    var old = LineSet()
    for number in 0..<count { old.insert("p\(number)@example.com".utf8) }
    return LineSet().difference(from: old)
  }

  @Test("What goes is named if entrasync has not put it there, and is not asked about otherwise")
  func namesLines() {
    let one = "no earlier run over the list is remembered; this run removes one line: "
    #expect(
      ForeignLines.remark(on: Self.difference(1), ListMemory(), digest: "e")
        == one + "\"p0@example.com\"")
    #expect(
      ForeignLines.remark(on: Self.difference(7), Self.written, digest: "e")?.hasSuffix(
        "7 lines: \"p0@example.com\", \"p1@example.com\", \"p2@example.com\", \"p3@example.com\", "
          + "\"p4@example.com\", and 2 more") == true)
    #expect(ForeignLines.remark(on: Self.difference(1), Self.written, digest: "d") == nil)
    #expect(ForeignLines.remark(on: Self.difference(0), ListMemory(), digest: "e") == nil)
    var unknown = Self.written
    unknown.digest = ""
    #expect(ForeignLines.remark(on: Self.difference(1), unknown, digest: "e") == nil)
  }
}
