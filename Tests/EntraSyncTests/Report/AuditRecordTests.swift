import Testing

@testable import EntraSync

@Suite struct AuditRecordTests {
  static let record = AuditRecord(list: "/lists/senders")

  static func difference(from old: String, to new: String) -> ListDifference {
    LineSet(fileContent: Array(new.utf8)).difference(from: LineSet(fileContent: Array(old.utf8)))
  }

  /// The lines of an audit that name who is left out, and what comes and goes.
  static func details(of report: Report) -> [String] {
    var lines: [String] = []
    record.details(report, report.difference) { lines.append($0) }
    return lines
  }

  @Test(
    "A file can be an audit if it is empty, or begins with a time and a run, whole or cut",
    arguments: [
      ("", true), ("2", true), ("2026-11-24T2", true), ("2026-11-24T21:05:09Z", true),
      ("2026-11-24T21:05:09Z [", true), ("2026-11-24T21:05:09Z [1k3", true),
      ("2026-11-24T21:05:09Z [1k3]", true), ("2026-11-24T21:05:09Z [1k3] ", true),
      ("2026-11-24T21:05:09Z [1k3] /lists/senders: run begins", true),
      ("\n2026-11-24T21:05:09Z [1k3] /lists/senders: run begins", true), ("\n", true),
      ("#!/bin/sh\n", false), ("root:x:0:0:root:/root:/bin/bash\n", false), ("20", true),
      ("20\n", false), ("2026-11-24 21:05:09Z [1k3] x", false),
      ("2026-11-24T21:05:09Z [] /lists/senders: run begins", false),
      ("2026-11-24T21:05:09Z [1k3]: /lists/senders: run begins", false),
      ("2026-11-24T21:05:09Z [$(reboot)] ", false), ("2026-11-24T21:05:09Z mail: x", false),
      ("2026-11-24T21:05:09Z [0123456789abcdefghijklmnopqrstuvwxyz", false),
    ])
  func knowsItsOwn(text: String, isAudit: Bool) {
    let bytes = Array(text.utf8.prefix(AuditRecord.longestHead))
    #expect(AuditRecord.isBeginning(bytes) == isAudit)
  }

  @Test("A file that begins with the head of a line is an audit", arguments: [0, 2e9, 1e12])
  func knowsItsHead(seconds: Double) {
    let head = AuditRecord.head(at: seconds, run: String(UInt32.max, radix: 36))
    #expect(head.utf8.count < AuditRecord.longestHead)
    #expect(AuditRecord.isBeginning(Array((head + "/a").utf8)))
  }

  @Test(
    "The beginning of a run names the list and the configurations that feed it",
    arguments: [
      ([], "/lists/senders: run begins"),
      (["a.entraidconf"], "/lists/senders: run begins, from a.entraidconf"),
      (
        ["a.entraidconf", "b\n.entraidconf"],
        "/lists/senders: run begins, from a.entraidconf, b\\u{a}.entraidconf"
      ),
    ] as [([String], String)])
  func namesConfigurations(paths: [String], line: String) {
    #expect(Self.record.beginning(paths) == line)
  }

  @Test("An audit names who is left out first, then the lines that go, then those that come")
  func namesPeopleAndLines() {
    var report = Report()
    report.skips = [
      Report.Skip(name: "11111111-2222-4333-8444-555555555555", reason: "has no mail"),
      Report.Skip(name: "66666666-7777-4888-8999-000000000000", reason: "mail is empty"),
    ]
    report.difference = Self.difference(
      from: "gone@a.example\nhere@a.example\nleft@a.example\n",
      to: "came@a.example\nhere@a.example\n")
    #expect(
      Self.details(of: report) == [
        "/lists/senders: left out 11111111-2222-4333-8444-555555555555: has no mail",
        "/lists/senders: left out 66666666-7777-4888-8999-000000000000: mail is empty",
        "/lists/senders: - gone@a.example", "/lists/senders: - left@a.example",
        "/lists/senders: + came@a.example",
      ])
  }

  @Test("An audit of a run that changes nothing and leaves out nobody has no details")
  func hasNoDetails() {
    #expect(Self.details(of: Report()).isEmpty)
  }

  @Test("Whatever an old list holds, each of its lines is one line of the audit")
  func keepsLinesApart() {
    var report = Report()
    report.difference = Self.difference(from: "a\rb\u{1B}[31m\u{85}c\n", to: "")
    #expect(Self.details(of: report) == ["/lists/senders: - a\\u{d}b\\u{1b}[31m\\u{85}c"])
  }

  @Test("A list's path with a line break in it cannot begin a line of the audit")
  func showsPathOnOneLine() {
    let record = AuditRecord(list: "list\n2026-11-24T00:00:00Z: replaced")
    let start = "list\\u{a}2026-11-24T00:00:00Z: replaced: "
    #expect(record.beginning([]) == start + "run begins")
    #expect(record.decision("too much", isAccepted: false) == start + "guard: too much: stopped")
    #expect(record.result(Report()).hasPrefix(start + "unchanged: "))
    #expect(record.failure(EntraSyncError(.busy, "x")) == start + "failed (busy): x")
  }

  @Test("An audit says what the guard objected to, and whether a person had accepted the change")
  func saysDecision() {
    let objection = "16 of 20 lines would be removed"
    #expect(
      Self.record.decision(objection, isAccepted: false)
        == "/lists/senders: guard: 16 of 20 lines would be removed: stopped")
    #expect(
      Self.record.decision(objection, isAccepted: true)
        == "/lists/senders: guard: 16 of 20 lines would be removed: accepted by a person")
  }

  @Test("The end of a run that went well has each figure in its place")
  func saysFigures() {
    var report = Report()
    report.fetched = 9
    report.written = 2
    report.excludedPeople = Set((1...5).map { ObjectID(random: $0) })
    report.others = 70
    report.skips = Array(repeating: Report.Skip(name: "a", reason: "x"), count: 4)
    report.difference = Self.difference(from: "a\nb\nc\n", to: "c\nd\n")
    #expect(
      Self.record.result(report)
        == "/lists/senders: unchanged: 9 people, 2 lines, 1 added, 2 removed, 4 left out, 5 excluded"
    )
    report.isChanged = true
    #expect(
      Self.record.result(report)
        == "/lists/senders: replaced: 9 people, 2 lines, 1 added, 2 removed, 4 left out, 5 excluded"
    )
  }

  @Test(
    "The end of a run that failed has the status by its name and the message",
    arguments: Status.allCases)
  func saysFailure(status: Status) {
    #expect(
      Self.record.failure(EntraSyncError(status, "what is wrong; what to do"))
        == "/lists/senders: failed (\(status.name)): what is wrong; what to do")
  }
}
