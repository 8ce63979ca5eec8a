import EntraSync
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("Runs that are remembered")
struct RememberedRunsTests {
  private static func runs(_ tenant: SimulatedTenant) throws -> [RunRecord] {
    try RunHistory(in: tenant.path("state")).runs(of: tenant.path("list"), since: 0, most: 100)
  }

  @Test("A run that changes a list, one that does not, and one that fails are remembered")
  func remembersRuns() async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.configuration(["STATEDIR": "state"])
      let first = try await tenant.writeList(from: path).get()
      #expect(first.warnings.isEmpty)
      _ = try await tenant.writeList(from: path).get()
      try tenant.setFaults("not-found")
      let error = try await tenant.writeList(from: path).error
      let runs = try Self.runs(tenant)
      #expect(runs.map(\.outcome) == [.failed, .unchanged, .replaced])
      #expect(runs[0].status == error?.status && runs[0].message == error?.message.singleLine)
      #expect(runs.map(\.linesBefore) == [first.written, first.written, 0])
      #expect(runs.map(\.linesAfter) == [first.written, first.written, first.written])
      #expect(runs[2].added == first.written && runs[2].fetched == first.fetched)
      #expect(
        runs[2].groups
          == [
            RunRecord.Group(
              id: BuiltInGroup.main.id.description, isExcluded: false, people: first.fetched)
          ])
      #expect(runs.allSatisfy { $0.configurations == [path.text] })
      #expect(runs.allSatisfy { $0.began > 1_700_000_000 && $0.seconds < 1000 })
    }
  }

  @Test("A run that the guard stops is remembered with what it would have changed")
  func remembersStop() async throws {
    try await GuardedListTests.withStoppedList(["STATEDIR": "state"]) { tenant, path in
      _ = try await tenant.writeList(from: path)
      let run = try Self.runs(tenant)[0]
      #expect(run.outcome == .failed && run.status == .changeGuard)
      #expect([run.removed, run.added, run.fetched] == [16, 0, 4])
      #expect([run.linesBefore, run.linesAfter] == [20, 20])
    }
  }

  @Test("The excluded groups and the reasons are remembered, and no address is")
  func remembersNobody() async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.configuration(
        ["STATEDIR": "state", "EXCLUDEGROUPID": "\(BuiltInGroup.single.id)"], group: .oddities)
      let report = try await tenant.writeList(from: path).get()
      let run = try Self.runs(tenant)[0]
      #expect(run.groups.map(\.isExcluded) == [false, true])
      #expect(run.leftOut.map(\.count).reduce(0, +) == report.skips.count)
      #expect(!report.skips.isEmpty)
      let content = try tenant.read("state/\(HistorySchema.fileName)")
      #expect(!content.contains("example.com"))
    }
  }

  @Test("A clear is remembered with the lines that went")
  func remembersClear() async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.configuration(["STATEDIR": "state"])
      try tenant.write("list", "a@example.com\nb@example.com\n")
      let list = tenant.path("list")
      try await tenant.blocking {
        let cleared = try List(path: list, template: .attributes)
        try cleared.add(try Client(configurationAt: path))
        _ = try cleared.clear()
      }
      let run = try Self.runs(tenant)[0]
      #expect([run.removed, run.added, run.linesBefore, run.linesAfter] == [2, 0, 2, 0])
    }
  }

  @Test("STATEDIR = none remembers nothing, and keeps no token")
  func remembersNothing() async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.configuration(["STATEDIR": "none"])
      let before = try tenant.names()
      let report = try await tenant.writeList(from: path).get()
      #expect(report.warnings.isEmpty)
      #expect(try tenant.names() == before + ["list"].sorted() || tenant.names().contains("list"))
      #expect(try !tenant.names().contains("none"))
    }
  }

  @Test("A history that cannot be kept is a warning, and the list is written")
  func failsNoRun() async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.configuration(["STATEDIR": "state"])
      try tenant.makeFolder("state")
      try tenant.changeMode("state", 0o700)
      try tenant.write("state/history.sqlite", "no database at all")
      let report = try await tenant.writeList(from: path).get()
      #expect(report.isChanged)
      #expect(report.warnings.contains { $0.contains("history") })
    }
  }
}
