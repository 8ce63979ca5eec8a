import Testing

@testable import EntraSync

@Suite struct ReportTests {
  @Test("Merging reports adds what was read, and leaves out what became of the list")
  func merges() {
    var report = Report()
    report.fetched = 1
    report.others = 2
    report.excluded = 3
    report.skips = [Report.Skip(name: "a", reason: "x")]
    report.requests = 4
    report.bytes = 5
    report.seconds = 6
    var other = Report()
    other.fetched = 10
    other.others = 20
    other.excluded = 30
    other.skips = [Report.Skip(name: "b", reason: "y")]
    other.requests = 40
    other.bytes = 50
    other.seconds = 60
    other.written = 70
    other.difference = LineSet(fileContent: Array("new\n".utf8))
      .difference(from: LineSet(fileContent: Array("old\n".utf8)))
    #expect(other.added == 1 && other.removed == 1)
    other.isChanged = true
    report.merge(other)
    #expect(report.fetched == 11)
    #expect(report.others == 22)
    #expect(report.excluded == 33)
    #expect(report.skips.map(\.name) == ["a", "b"])
    #expect(report.requests == 44)
    #expect(report.bytes == 55)
    #expect(report.seconds == 6)
    #expect(report.written == 0)
    #expect(report.added == 0)
    #expect(report.removed == 0)
    #expect(!report.isChanged)
  }
}
