import EntraSync
import GraphSimulator
import Synchronization
import Testing

@testable import EntraSyncIO

@Suite("What a run is said to have done")
struct ListAuditTests {
  /// The lines of the audit without what changes from run to run.
  static func audit(_ tenant: SimulatedTenant, _ name: String = "audit.log") throws -> [String] {
    let stamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\s\[[0-9a-z]+\]\s/
    return try tenant.read(name).split(separator: "\n").map { line in
      #expect(line.prefixMatch(of: stamp) != nil, "\(line)")
      return String(line.replacing(stamp, with: ""))
        .replacing(tenant.path("list").text, with: "LIST")
        .replacing(tenant.path("test.entraidconf").text, with: "CONF")
    }
  }

  @Test("An audit says who came, who went, who was left out and how the run ended")
  func writesAudit() async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.configuration(["AUDITFILE": "audit.log"])
      try tenant.write("list", "gone@example.com\nperson10@example.com\n")
      GuardedListTests.set(2, in: tenant)
      tenant.simulator.updateDirectory { directory in
        var nobody = Person(id: "00000000-0000-4000-8000-0000000000ff", mail: nil)
        nobody.userPrincipalName = "nobody@example.com"
        let members = directory.members(of: BuiltInGroup.main.id) + [.user(nobody)]
        directory.setMembers(of: BuiltInGroup.main.id, to: members)
      }
      _ = try await tenant.writeList(from: path).get()
      #expect(
        try Self.audit(tenant) == [
          "LIST: run begins, from CONF",
          "LIST: left out 00000000-0000-4000-8000-0000000000ff (\"Test Person\", nobody@example.com): "
            + "has no mail",
          "LIST: - gone@example.com", "LIST: + person11@example.com",
          "LIST: replaced: 3 people, 2 lines, 1 added, 1 removed, 1 left out, 0 excluded",
        ])
      #expect(try tenant.identity("audit.log").last == "mode 100600")
    }
  }

  @Test("An audit grows with each run that is stopped, accepted, unchanged or failed")
  func growsWithRuns() async throws {
    try await GuardedListTests.withStoppedList(["AUDITFILE": "audit.log"]) { tenant, path in
      let before = try Self.audit(tenant).count
      _ = try await tenant.writeList(from: path)
      try tenant.write("list.accept", "")
      _ = try await tenant.writeList(from: path).get()
      _ = try await tenant.writeList(from: path).get()
      try tenant.setFaults("forbidden")
      _ = try await tenant.writeList(from: path)
      let said = try Self.audit(tenant).dropFirst(before).filter { !$0.hasPrefix("LIST: - ") }
      let objection = "16 of 20 lines would be removed, more than MAXREMOVED (50%) allows"
      let expected = [
        "LIST: run begins, from CONF", "LIST: guard: \(objection): stopped",
        "LIST: failed (guard): LIST: the list was left as it is: \(objection)",
        "LIST: run begins, from CONF", "LIST: guard: \(objection): accepted by a person",
        "LIST: replaced: 4 people, 4 lines, 0 added, 16 removed, 0 left out, 0 excluded",
        "LIST: run begins, from CONF",
        "LIST: unchanged: 4 people, 4 lines, 0 added, 0 removed, 0 left out, 0 excluded",
        "LIST: run begins, from CONF",
        "LIST: failed (permission): CONF: Graph refuses to list the members",
      ]
      #expect(said.count == expected.count)
      for (line, beginning) in zip(said, expected) {
        #expect(line.hasPrefix(beginning), "\(line)")
      }
    }
  }

  @Test("An audit's lines go to the log too")
  func tellsLog() async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.configuration(["AUDITFILE": "audit.log"])
      GuardedListTests.set(2, in: tenant)
      let lines = Mutex<[String]>([])
      _ = try await tenant.writeList(from: path) {
        var observer = Observer()
        observer.log = { _, line in lines.withLock { $0.append(line) } }
        return observer
      }.get()
      let list = tenant.path("list").text
      let said = lines.withLock { $0 }.filter { $0.hasPrefix(list + ": ") }
        .map { $0.replacing(list, with: "LIST") }
        .map { $0.replacing(tenant.path("test.entraidconf").text, with: "CONF") }
      #expect(try said == Self.audit(tenant))
      #expect(said.count == 4)
    }
  }

  @Test(
    "If an audit cannot be written, nothing is changed",
    arguments: [
      ("none/audit.log", "cannot be made, since its folder is missing"), ("folder", "is a folder"),
      ("link", "is a symbolic link that leads nowhere"), ("/dev/null", "is not a regular file"),
      ("/dev/full", "is not a regular file"),
    ])
  func refusesBadAudit(file: String, words: String) async throws {
    try await SimulatedTenant.with { tenant in
      try tenant.makeFolder("folder")
      try tenant.makeLink("link", to: "link")
      try tenant.write("list", "old@example.com\n")
      let before = try tenant.identity("list")
      let path = try tenant.configuration(["AUDITFILE": file])
      let error = try await tenant.writeList(from: path).error
      #expect(error?.status == .file)
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
      #expect(try tenant.identity("list") == before)
      #expect(tenant.simulator.requests.isEmpty)
    }
  }

  @Test(
    "An audit is refused if it is a file that the run needs",
    arguments: ["list", "list.accept", "list.proposed", "list.proposed.diff", "test.entraidconf"])
  func refusesOwnFiles(file: String) async throws {
    try await SimulatedTenant.with { tenant in
      try tenant.write("list", "old@example.com\n")
      try tenant.makeLink("here", to: ".")
      for name in [file, "here/\(file)"] {
        let path = try tenant.configuration(["AUDITFILE": name])
        let before = (
          try tenant.names(), try tenant.read("list"), try tenant.read("test.entraidconf")
        )
        let error = try await tenant.writeList(from: path).error
        #expect(error?.status == .file)
        #expect(error?.message.contains("which the run needs") == true, "\(error?.message ?? "")")
        #expect(try tenant.names() == before.0)
        #expect(try tenant.read("list") == before.1)
        #expect(try tenant.read("test.entraidconf") == before.2)
      }
    }
  }

  @Test("An audit may have the name of the list, or of a file beside it, in another folder")
  func acceptsNameElsewhere() async throws {
    try await SimulatedTenant.with { tenant in
      try tenant.makeFolder("other")
      try tenant.makeLink("here", to: "other")
      GuardedListTests.set(2, in: tenant)
      for (number, name) in ["other/list", "here/list.accept"].enumerated() {
        let path = try tenant.configuration(["AUDITFILE": name])
        #expect(try await tenant.writeList(from: path).get().isChanged == (number == 0))
        #expect(try Self.audit(tenant, name).first == "LIST: run begins, from CONF")
      }
      let lines = try tenant.read("list").split(separator: "\n")
      #expect(lines == ["person10@example.com", "person11@example.com"])
    }
  }

  /// What a run would report of so many lines that go, and as many that come.
  private static func report(changes: Int) -> Report {
    func lines(_ name: String) -> LineSet {
      LineSet(fileContent: (0..<changes / 2).flatMap { Array("\(name)\($0 + 10_000)\n".utf8) })
    }
    var report = Report()
    report.difference = lines("new").difference(from: lines("old"))
    return report
  }

  @Test(
    "An audit and the log name each line of a large change once", arguments: [1998, 2000, 2500])
  func namesEachLineOnce(changes: Int) async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.configuration(["AUDITFILE": "audit.log"])
      let list = tenant.path("list")
      let said = try await tenant.blocking {
        let client = try Client(configurationAt: path)
        var said: [String] = []
        client.observer.log = { _, line in said.append(line) }
        try ListAudit(list, clients: [client]).sayDetails(Self.report(changes: changes))
        return said
      }
      let numbers = (0..<changes / 2).map { $0 + 10_000 }
      let expected =
        ["run begins, from CONF"] + numbers.map { "- old\($0)" } + numbers.map { "+ new\($0)" }
      #expect(try Self.audit(tenant) == expected.map { "LIST: \($0)" })
      #expect(said.count == changes + 1)
      #expect(Set(said).count == changes + 1)
    }
  }

  @Test("When a callback has closed an audit's file, no more is said of what would change")
  func endsWithFile() async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.configuration(["AUDITFILE": "audit.log"])
      let (list, file) = (tenant.path("list"), tenant.path("audit.log").text)
      let (said, message) = try await PrivateDescriptors.with {
        let client = try Client(configurationAt: path)
        var said = 0
        client.observer.log = { _, _ in
          said += 1
          if said == 1500 { PrivateDescriptors.replace(file) }
        }
        do throws(EntraSyncError) {
          try ListAudit(list, clients: [client]).sayDetails(Self.report(changes: 5000))
          return (said, "")
        } catch {
          return (said, error.message)
        }
      }
      #expect(message.contains("a callback closed files of the run"), "\(message)")
      // The run's beginning, and two portions, of which the second was to be written.
      #expect(said == 2001)
      #expect(try Self.audit(tenant).count == 1001)
    }
  }

  @Test("An audit names a run that could not begin, since another run is at work")
  func auditsBusyRun() async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.configuration(["AUDITFILE": "audit.log"])
      let listPath = tenant.path("list")
      try await tenant.blocking {
        let held = try ListFile(listPath).hold()
        let list = try List(path: listPath, template: LineTemplate("{mail}"))
        list.lockWait = 0
        try list.add(Client(configurationAt: path))
        #expect(throws: EntraSyncError.self) { try list.write() }
        _ = held.path
      }
      let said = try Self.audit(tenant)
      #expect(said.count == 2)
      #expect(
        said.last?.hasPrefix("LIST: failed (busy): LIST: the list was left as it is: process")
          == true)
    }
  }

  @Test("An audit holds no text that could look like another line")
  func resistsInjection() async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.configuration(
        ["AUDITFILE": "audit.log"], group: .oddities, filter: "mail,mobilePhone")
      let calm = try tenant.configuration(
        name: "calm.entraidconf", group: .oddities, filter: "mail,mobilePhone")
      _ = try await tenant.writeList("calm", from: calm).get()
      let kept = try #require(try tenant.read("calm").split(separator: "\n").first)
      try tenant.write("list", "evil\u{85}line\u{202E}\u{1B}[31m\n\(kept)\n")
      let report = try await tenant.writeList(from: path).get()
      let lines = try Self.audit(tenant)
      #expect(lines.count == report.skips.count + report.added + report.removed + 2)
      #expect(lines.contains("LIST: - evil\\u{85}line\\u{202e}\\u{1b}[31m"))
    }
  }
}
