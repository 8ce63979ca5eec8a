import CSQLite
import EntraSync
import Foundation
import Glibc
import Testing

@testable import EntraSyncIO

@Suite("The history of runs")
struct RunHistoryTests {
  private let folder: TemporaryFolder
  private let list = Path("/srv/list.txt")

  init() throws {
    folder = try TemporaryFolder()
  }

  private var history: RunHistory { RunHistory(in: folder.path("state")) }
  private let file = "state/\(HistorySchema.fileName)"

  private static func record(began: Double, lines: Int = 3) -> RunRecord {
    var record = RunRecord()
    record.began = began
    record.seconds = 1.25
    record.outcome = .replaced
    record.configurations = ["/a.entraidconf", "/b.entraidconf"]
    record.linesBefore = lines
    record.linesAfter = lines + 1
    record.added = 2
    record.removed = 1
    record.fetched = 7
    record.excluded = 4
    record.disputed = 5
    record.requests = 6
    record.groups = [
      RunRecord.Group(id: "g1", isExcluded: false, people: 7),
      RunRecord.Group(id: "g2", isExcluded: true, people: 4),
    ]
    record.leftOut = [RunRecord.LeftOut(reason: "has no mail", count: 3)]
    return record
  }

  private func runs(since time: Int64 = 0, most: Int = 100) throws -> [RunRecord] {
    try history.runs(of: list, since: time, most: most)
  }

  @Test("Runs are remembered with all that is known, the latest first")
  func remembers() throws {
    var failure = Self.record(began: 200)
    failure.outcome = .failed
    failure.status = .network
    failure.message = "no väyl"
    let records = [Self.record(began: 100), failure, Self.record(began: 300)]
    for record in records { #expect(history.remember(record, of: list) == nil) }
    #expect(history.remember(Self.record(began: 250), of: Path("/srv/other.txt")) == nil)
    #expect(try runs() == records.reversed())
    #expect(try runs(since: 200).map(\.began) == [300, 200])
    #expect(try runs(most: 1).map(\.began) == [300])
    #expect(try folder.identity("state").last == "mode 40700")
    #expect(try folder.identity(file).last == "mode 100600")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path("state").text).count == 1)
  }

  @Test("Nothing is remembered before the first run, and reading makes no file")
  func beginsEmpty() throws {
    #expect(try runs().isEmpty)
    #expect(try folder.names().isEmpty)
  }

  @Test("Runs are forgotten after 400 days, whatever their list, with all that belongs to them")
  func forgets() throws {
    let day = 86_400.0
    let other = Path("/srv/other.txt")
    var old = Self.record(began: 1)
    old.message = "once"
    for _ in 0..<Int(HistorySchema.mostOld) / 2 {
      for list in [list, other] { _ = history.remember(old, of: list) }
    }
    _ = history.remember(Self.record(began: 2 * day), of: list)
    try history.keep(Notice(subject: "kept", kind: "as well", since: 1))
    _ = history.remember(Self.record(began: 401.5 * day), of: list)
    _ = history.remember(Self.record(began: 401.6 * day), of: list)
    #expect(try runs().map(\.began) == [401.6 * day, 401.5 * day, 2 * day])
    #expect(try history.runs(of: other, since: 0, most: 99).isEmpty)
    let database = try Database(folder.path(file))
    for table in HistorySchema.parts {
      #expect(try database.number("SELECT count(DISTINCT run) FROM \(table)") == 3, "\(table)")
    }
    for (text, count) in [
      ("once", 0), (other.text, 0), (list.text, 1), ("has no mail", 1), ("kept", 1),
    ] {
      let found = try database.number("SELECT count(*) FROM text WHERE value = ?1", .text(text))
      #expect(found == count, "\(text)")
    }
  }

  @Test("A clock that was ahead once makes nobody forget, and the order of runs stays")
  func survivesWrongClock() throws {
    let year = 365 * 86_400.0
    for hour in 0..<40 { _ = history.remember(Self.record(began: Double(hour) * 3600), of: list) }
    _ = history.remember(Self.record(began: 3 * year), of: list)
    _ = history.remember(Self.record(began: 41 * 3600), of: list)
    #expect(try runs(most: 3).map(\.began) == [41 * 3600, 3 * year, 39 * 3600])
    #expect(try runs().count == 42)
  }

  @Test("A list has one history, whatever path leads there")
  func knowsListByItsPlace() throws {
    try folder.write("list.txt", "")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link.txt").text, withDestinationPath: "list.txt")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("here").text, withDestinationPath: ".")
    #expect(history.remember(Self.record(began: 1), of: folder.path("list.txt")) == nil)
    for name in ["list.txt", "./list.txt", "link.txt", "here/link.txt"] {
      #expect(
        try history.runs(of: folder.path(name), since: 0, most: 9).count == 1, "\(name)")
    }
    #expect(history.remember(Self.record(began: 1), of: folder.path("here/new.txt")) == nil)
    #expect(try history.runs(of: folder.path("new.txt"), since: 0, most: 9).count == 1)
  }

  @Test("A long message is kept in part")
  func boundsMessage() throws {
    var record = Self.record(began: 1)
    record.message = String(repeating: "ä", count: 5000)
    #expect(history.remember(record, of: list) == nil)
    #expect(try runs()[0].message.count == HistorySchema.longestMessage)
  }

  @Test("A year of hourly runs takes less than 4 MB, and 1,000 more nothing but their own place")
  func staysSmall() throws {
    try sqlite("PRAGMA synchronous = OFF; " + HistorySchema.creation)
    let state = RunHistory(in: folder.path("state"))
    for hour in 0..<876 { _ = state.remember(Self.record(began: Double(hour) * 3600), of: list) }
    let size = try #require(
      FileManager.default.attributesOfItem(atPath: folder.path(file).text)[.size] as? Int)
    #expect(size < 400_000)
  }

  /// Makes the file by statements.
  private func sqlite(_ statements: String) throws {
    try FileManager.default.createDirectory(
      atPath: folder.path("state").text, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    try folder.write(file, "", mode: 0o600)
    try Database(folder.path(file)).run(statements)
  }

  @Test(
    "A file of another program or of a later version is left alone, and the run goes on",
    arguments: [
      "CREATE TABLE bookmarks (url TEXT)",
      "PRAGMA application_id = 1",
      "\(HistorySchema.creation); PRAGMA user_version = 3",
      "\(HistorySchema.creation); PRAGMA user_version = -1",
    ])
  func leavesForeignFile(statements: String) throws {
    try sqlite(statements)
    let before = try Data(contentsOf: folder.url.appendingPathComponent(file))
    #expect(
      history.remember(Self.record(began: 1), of: list)
        == "no history of runs is kept in \(folder.path("state").text): history.sqlite is of another "
        + "program, or of a later entrasync; name another folder")
    #expect(try Data(contentsOf: folder.url.appendingPathComponent(file)) == before)
    #expect(throws: RunHistory.Problem.self) { try runs() }
  }

  @Test("A file of an earlier version gets the tables of this one, and keeps its runs")
  func upgradesEarlierFile() throws {
    try sqlite(
      "PRAGMA application_id = \(HistorySchema.applicationID); \(HistorySchema.upgrades[0])")
    #expect(history.remember(Self.record(began: 1), of: list, leaving: "d1") == nil)
    #expect(history.remember(Self.record(began: 2), of: list, leaving: "d2") == nil)
    #expect(try runs().map(\.began) == [2, 1])
    #expect(try history.memory(of: list).digest == "d2")
    #expect(
      try Database(folder.path(file)).number("PRAGMA user_version") == HistorySchema.version)
  }

  @Test("What a list's next run decides by is that of the last run that went well")
  func remembersForDecisions() throws {
    #expect(try history.memory(of: list) == ListMemory())
    var failure = Self.record(began: 1)
    failure.status = .changeGuard
    failure.outcome = .failed
    _ = history.remember(failure, of: list)
    #expect(try history.memory(of: list) == ListMemory())
    let good = Self.record(began: 2)
    _ = history.remember(good, of: list, leaving: "d")
    failure.groups[0].people = 0
    _ = history.remember(failure, of: list)
    var clear = Self.record(began: 3)
    clear.groups = []
    _ = history.remember(clear, of: list)
    let memory = try history.memory(of: list)
    #expect(memory.isWritten && memory.groups == good.groups && memory.digest == "d")
    #expect(try history.memory(of: Path("/srv/other.txt")) == ListMemory())
  }

  @Test("A strange time in the file ends no run", arguments: [Int64.min, -1, .max])
  func survivesStrangeTime(time: Int64) throws {
    _ = history.remember(Self.record(began: 1), of: list)
    try Database(folder.path(file)).run("UPDATE run SET began = \(time)")
    #expect(history.remember(Self.record(began: 2), of: list) == nil)
  }

  @Test("A notice is kept until it is forgotten, apart from others")
  func keepsNotices() throws {
    #expect(try history.notices(of: "a").isEmpty)
    try history.forget("x", of: "a")
    var notice = Notice(subject: "a", kind: "x", since: 5)
    let others = [
      Notice(subject: "a", kind: "y", since: 6, said: 7, value: .min),
      Notice(subject: "b", kind: "x", since: 1),
    ]
    for notice in others + [notice] { try history.keep(notice) }
    notice.said = 9
    try history.keep(notice)
    #expect(try history.notices(of: "a") == [notice, others[0]])
    try history.forget("x", of: "a")
    #expect(try history.notices(of: "a") == [others[0]])
    #expect(try history.notices(of: "b") == [others[1]])
  }

  @Test("A damaged file is put aside once, and the history begins anew")
  func replacesDamagedFile() throws {
    _ = history.remember(Self.record(began: 1), of: list)
    try folder.write(file, String(repeating: "no database ", count: 500), mode: 0o600)
    #expect(throws: RunHistory.Problem.self) { try runs() }
    #expect(
      history.remember(Self.record(began: 2), of: list)
        == "the history of runs in \(folder.path("state").text) was damaged and begins anew; the old "
        + "one is history.sqlite.damaged")
    #expect(try runs().map(\.began) == [2])
    #expect(history.remember(Self.record(began: 3), of: list) == nil)
    #expect(try folder.read("state/history.sqlite.damaged").hasPrefix("no database"))
  }

  @Test("A file that another process writes to is waited for, and not for long")
  func waitsForOthers() throws {
    _ = history.remember(Self.record(began: 1), of: list)
    let other = try Database(folder.path(file))
    try other.run("BEGIN EXCLUSIVE")
    #expect(
      history.remember(Self.record(began: 2), of: list)?.hasSuffix(
        ": history.sqlite is in use by another process") == true)
    try other.run("COMMIT")
    #expect(history.remember(Self.record(began: 3), of: list) == nil)
    #expect(try runs().map(\.began) == [3, 1])
  }

  @Test("A file that others can read, or that leads elsewhere, is not used")
  func refusesSharedFile() throws {
    _ = history.remember(Self.record(began: 1), of: list)
    chmod(folder.path(file).text, 0o644)
    #expect(
      history.remember(Self.record(began: 2), of: list)?.contains(
        "history.sqlite was not used, since its file has mode 644 in place of 600") == true)
    chmod(folder.path(file).text, 0o600)
    link(folder.path(file).text, folder.path("second").text)
    #expect(history.remember(Self.record(began: 2), of: list)?.contains("a hard link") == true)
    unlink(folder.path("second").text)
    rename(folder.path(file).text, folder.path("second").text)
    symlink(folder.path("second").text, folder.path(file).text)
    #expect(history.remember(Self.record(began: 2), of: list)?.contains("a symbolic link") == true)
    chmod(folder.path("state").text, 0o755)
    #expect(
      history.remember(Self.record(began: 2), of: list)
        == "no history of runs is kept in \(folder.path("state").text): the folder can be looked into "
        + "by other users; chmod 700 it")
  }

  @Test("A folder that cannot be made or written is said, and does no harm")
  func survivesMissingFolder() throws {
    let history = RunHistory(in: folder.path("none/state"))
    #expect(history.remember(Self.record(began: 1), of: list)?.contains("cannot be made") == true)
    #expect(try history.runs(of: list, since: 0, most: 1).isEmpty)
    #expect(try folder.names().isEmpty)
  }

  @Test("Any time and any number of runs can be asked for", arguments: [Int64.min, 0, Int64.max])
  func takesAnyBounds(time: Int64) throws {
    _ = history.remember(Self.record(began: 1), of: list)
    #expect(try runs(since: time).count == (time > 1 ? 0 : 1))
    #expect(try runs(since: time, most: .max).count == (time > 1 ? 0 : 1))
    #expect(try runs(since: time, most: 0).isEmpty)
  }

  @Test("Fewer than a hundred reasons of a run are kept")
  func boundsReasons() throws {
    var record = Self.record(began: 1)
    record.leftOut = (1...200).map { RunRecord.LeftOut(reason: "reason \($0)", count: 201 - $0) }
    #expect(history.remember(record, of: list) == nil)
    let kept = try runs()[0].leftOut
    #expect(kept == Array(record.leftOut.prefix(HistorySchema.mostReasons)))
  }

  @Test("A text of any characters comes back as it was")
  func keepsText() throws {
    var record = Self.record(began: 1)
    record.leftOut = [RunRecord.LeftOut(reason: "'; DROP TABLE run; -- \u{1F600}", count: 1)]
    record.configurations = [""]
    #expect(history.remember(record, of: list) == nil)
    #expect(try runs() == [record])
  }
}
