import Testing

@testable import EntraSync

@Suite("The record of a run")
struct RunRecordTests {
  private static let group = ObjectID(random: 1)

  private static var report: Report {
    var report = Report()
    report.fetched = 12
    report.requests = 4
    report.excludedPeople = [ObjectID(random: 2)]
    report.peopleByGroup = [(group, 12)]
    report.excludedByGroup = [(ObjectID(random: 3), 1)]
    report.skips = [Report.Skip(name: "x", reason: "mail \"anna@example.com\" has no @")]
    var old = LineSet()
    var new = LineSet()
    for line in ["a", "b", "c"] { old.insert(line.utf8) }
    for line in ["c", "d"] { new.insert(line.utf8) }
    report.difference = new.difference(from: old)
    return report
  }

  private static func record(_ result: Result<Report, EntraSyncError>) -> RunRecord {
    RunRecord(
      of: result, report, linesBefore: 3, from: ["a.entraidconf"], began: 100, seconds: 2.5)
  }

  @Test("A run that went well is remembered with its figures", arguments: [true, false])
  func remembersSuccess(isChanged: Bool) {
    var report = Self.report
    report.isChanged = isChanged
    let record = Self.record(.success(report))
    #expect(record.outcome == (isChanged ? .replaced : .unchanged))
    #expect(record.status == .ok && record.message.isEmpty)
    #expect([record.linesBefore, record.linesAfter] == [3, 2])
    #expect([record.added, record.removed, record.fetched, record.excluded] == [1, 2, 12, 1])
    #expect(record.requests == 4 && record.began == 100 && record.seconds == 2.5)
    #expect(record.configurations == ["a.entraidconf"])
    #expect(record.groups.map(\.people) == [12, 1])
    #expect(record.groups.map(\.isExcluded) == [false, true])
    #expect(record.groups[0].id == Self.group.text)
    #expect(record.leftOut == [RunRecord.LeftOut(reason: "mail … has no @", count: 1)])
  }

  @Test("A run that failed leaves the list, and says in one line why")
  func remembersFailure() {
    let record = Self.record(.failure(EntraSyncError(.changeGuard, "too\nmuch")))
    #expect(record.outcome == .failed && record.status == .changeGuard)
    #expect(record.message == "too\nmuch".singleLine)
    #expect([record.linesBefore, record.linesAfter] == [3, 3])
    #expect([record.added, record.removed] == [1, 2])
  }
}
