import EntraSync
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("The first run over a list that was kept by hand")
struct AdoptedListTests {
  private static func lines(_ count: Int, partners: Int) -> String {
    let people = (0..<count).map { "person\($0 + 10)@example.com\n" }
    let rest = (0..<partners).map { "partner\($0 + 10)@example.org\n" }
    return (rest + people).joined()
  }

  private static func write(
    _ tenant: SimulatedTenant, from path: Path, adopting isAdopted: Bool = false
  ) async throws -> Result<Report, EntraSyncError> {
    let list = tenant.path("list")
    return try await tenant.blocking {
      let kept = try List(path: list, template: .attributes)
      try kept.add(try Client(configurationAt: path))
      kept.adopts = isAdopted
      do throws(EntraSyncError) {
        return .success(try kept.write())
      } catch {
        return .failure(error)
      }
    }
  }

  @Test("Where many lines would go, the run stops until the list is adopted")
  func adopts() async throws {
    try await SimulatedTenant.with { tenant in
      GuardedListTests.set(20, in: tenant)
      let path = try tenant.configuration(["STATEDIR": "state"])
      try tenant.write("list", Self.lines(20, partners: 3))
      let before = try tenant.identity("list")
      for _ in 0..<2 {
        let error = try await Self.write(tenant, from: path).error
        #expect(error?.status == .changeGuard)
        #expect(
          error?.message.contains(
            ": no earlier run over it is remembered, and 3 of its 23 lines would be removed; look at "
          )
            == true)
        #expect(try tenant.identity("list") == before)
      }
      #expect(try tenant.read("list.proposed.diff").contains("\n- partner10@example.org\n"))
      let report = try await Self.write(tenant, from: path, adopting: true).get()
      #expect(report.removed == 3 && report.objection == nil)
      #expect(
        report.warnings == [
          "no earlier run over the list is remembered; this run removes 3 lines: "
            + "\"partner10@example.org\", \"partner11@example.org\", \"partner12@example.org\""
        ])
      GuardedListTests.set(15, in: tenant)
      #expect(try await Self.write(tenant, from: path).get().warnings.isEmpty)
    }
  }

  @Test("The marker beside the list accepts the same")
  func acceptsMarker() async throws {
    try await SimulatedTenant.with { tenant in
      GuardedListTests.set(20, in: tenant)
      let path = try tenant.configuration(["STATEDIR": "state"])
      try tenant.write("list", Self.lines(20, partners: 3))
      _ = try await Self.write(tenant, from: path)
      try tenant.write("list.accept", "")
      #expect(try await Self.write(tenant, from: path).get().removed == 3)
    }
  }

  @Test("Who adopts a list has not accepted more than MAXREMOVED")
  func stillGuards() async throws {
    try await SimulatedTenant.with { tenant in
      GuardedListTests.set(20, in: tenant)
      let path = try tenant.configuration(["STATEDIR": "state"])
      try tenant.write("list", Self.lines(0, partners: 30))
      let error = try await Self.write(tenant, from: path, adopting: true).error
      #expect(error?.message.contains("none of its 30 lines would stay") == true)
    }
  }

  @Test("Where few lines go, they are named once")
  func namesFewLines() async throws {
    try await SimulatedTenant.with { tenant in
      GuardedListTests.set(40, in: tenant)
      let path = try tenant.configuration(["STATEDIR": "state"])
      try tenant.write("list", Self.lines(40, partners: 1))
      let remark =
        "no earlier run over the list is remembered; this run removes one line: \"partner10@example.org\""
      #expect(try await Self.write(tenant, from: path).get().warnings == [remark])
      #expect(try await Self.write(tenant, from: path).get().warnings.isEmpty)
      // A person adds the partner again.
      try tenant.write("list", Self.lines(40, partners: 1))
      #expect(
        try await Self.write(tenant, from: path).get().warnings == [
          "something else has changed the list since the last run; this run removes one line: "
            + "\"partner10@example.org\""
        ])
      try tenant.write("list", Self.lines(39, partners: 0))
      #expect(try await Self.write(tenant, from: path).get().warnings.isEmpty)
    }
  }

  @Test("A clear adopts nothing: a list that is filled by hand after it stops the first run")
  func clearsWithoutAdopting() async throws {
    try await SimulatedTenant.with { tenant in
      GuardedListTests.set(20, in: tenant)
      let path = try tenant.configuration(["STATEDIR": "state"])
      let list = tenant.path("list")
      try await tenant.blocking {
        let cleared = try List(path: list, template: .attributes)
        try cleared.add(try Client(configurationAt: path))
        _ = try cleared.clear()
      }
      try tenant.write("list", Self.lines(20, partners: 3))
      #expect(try await Self.write(tenant, from: path).error?.status == .changeGuard)
    }
  }

  @Test("A clear names what it takes from a list that was kept by hand")
  func namesClearedLines() async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.configuration(["STATEDIR": "state"])
      let list = tenant.path("list")
      try tenant.write("list", Self.lines(0, partners: 2))
      let warnings = try await tenant.blocking {
        let cleared = try List(path: list, template: .attributes)
        try cleared.add(try Client(configurationAt: path))
        return try [cleared.clear().warnings, cleared.clear().warnings]
      }
      #expect(warnings.map(\.count) == [1, 0])
      #expect(warnings[0].first?.contains("removes 2 lines: \"partner10@example.org\"") == true)
    }
  }
}
