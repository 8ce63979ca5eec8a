import EntraSync
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("Groups that are remembered for the guard")
struct RememberedGroupsTests {
  private static let main = "\(BuiltInGroup.main.id)"
  private static let single = "\(BuiltInGroup.single.id)"

  /// Gives two groups these people.
  private static func set(_ first: Range<Int>, _ second: Range<Int>, in tenant: SimulatedTenant) {
    let people = (0..<90).map { number in
      Member.user(
        Person(
          id: "00000000-0000-4000-8000-0000000000\(number + 10)",
          mail: "person\(number + 10)@example.com"))
    }
    tenant.simulator.updateDirectory {
      $0.setMembers(of: BuiltInGroup.main.id, to: Array(people[first]))
      $0.setMembers(of: BuiltInGroup.single.id, to: Array(people[second]))
    }
  }

  @Test("A group that has nobody any more stops a list that hardly changes, until it is accepted")
  func stopsEmptiedGroup() async throws {
    try await SimulatedTenant.with { tenant in
      Self.set(0..<30, 29..<31, in: tenant)
      let path = try tenant.configuration([
        "STATEDIR": "state", "GROUPID": "\(Self.main), \(Self.single)",
      ])
      _ = try await tenant.writeList(from: path).get()
      let before = try tenant.identity("list")
      Self.set(0..<30, 0..<0, in: tenant)
      for _ in 0..<2 {
        let error = try await tenant.writeList(from: path).error
        #expect(error?.status == .changeGuard)
        #expect(error?.message.contains("group \(Self.single) had 2 people, and has 0; ") == true)
        #expect(try tenant.identity("list") == before)
      }
      let text = try tenant.read("list.proposed.diff")
      #expect(text.contains("\n# group \(Self.single) had 2 people, and has 0\n"))
      try tenant.write("list.accept", "")
      #expect(try await tenant.writeList(from: path).get().removed == 1)
      #expect(try await tenant.writeList(from: path).get().objection == nil)
    }
  }

  @Test("A group that loses more than MAXREMOVED stops a list that stays as it is")
  func stopsLoss() async throws {
    try await SimulatedTenant.with { tenant in
      Self.set(0..<30, 0..<20, in: tenant)
      let path = try tenant.configuration([
        "STATEDIR": "state", "GROUPID": "\(Self.main), \(Self.single)",
      ])
      _ = try await tenant.writeList(from: path).get()
      Self.set(0..<30, 0..<9, in: tenant)
      let message = try #require(try await tenant.writeList(from: path).error?.message)
      #expect(
        message.contains(
          "group \(Self.single) had 20 people, and has 9, a loss of more than MAXREMOVED (50%) allows"
        ))
      // What was shown is accepted, and more of it only as far as the guard lets it pass.
      Self.set(0..<30, 0..<0, in: tenant)
      try tenant.write("list.accept", "")
      #expect(try await tenant.writeList(from: path).error?.status == .changeGuard)
      Self.set(0..<30, 0..<1, in: tenant)
      try tenant.write("list.accept", "")
      #expect(try await tenant.writeList(from: path).get().objection != nil)
    }
  }

  @Test("An exclusion that shrinks lets nobody in before a person has looked")
  func stopsShrunkExclusion() async throws {
    try await SimulatedTenant.with { tenant in
      Self.set(0..<60, 0..<12, in: tenant)
      let path = try tenant.configuration(["STATEDIR": "state", "EXCLUDEGROUPID": Self.single])
      #expect(try await tenant.writeList(from: path).get().written == 48)
      let before = try tenant.identity("list")
      Self.set(0..<60, 0..<5, in: tenant)
      let error = try await tenant.writeList(from: path).error
      #expect(
        error?.message.contains("excluded group \(Self.single) had 12 people, and has 5") == true)
      #expect(try tenant.identity("list") == before)
      try tenant.write("list.accept", "")
      #expect(try await tenant.writeList(from: path).get().written == 55)
    }
  }

  @Test("An acceptance of lines alone accepts no group's loss")
  func needsShownLoss() async throws {
    try await SimulatedTenant.with { tenant in
      Self.set(0..<60, 0..<12, in: tenant)
      let path = try tenant.configuration(["STATEDIR": "state", "EXCLUDEGROUPID": Self.single])
      _ = try await tenant.writeList(from: path)
      Self.set(0..<60, 0..<5, in: tenant)
      _ = try await tenant.writeList(from: path)
      let text = try tenant.read("list.proposed.diff")
      let less = text.split(separator: "\n").filter { !$0.contains("# excluded group") }
      try tenant.write("list.proposed.diff", less.joined(separator: "\n") + "\n")
      try tenant.write("list.accept", "")
      #expect(try await tenant.writeList(from: path).error?.status == .changeGuard)
    }
  }

  @Test("A preview says it, and a group that a person has taken out of GROUPID is no loss")
  func previewsLoss() async throws {
    try await SimulatedTenant.with { tenant in
      Self.set(0..<30, 29..<31, in: tenant)
      let path = try tenant.configuration([
        "STATEDIR": "state", "GROUPID": "\(Self.main), \(Self.single)",
      ])
      _ = try await tenant.writeList(from: path).get()
      Self.set(0..<30, 0..<0, in: tenant)
      let list = tenant.path("list")
      let objection = try await tenant.blocking {
        let preview = try List(path: list, template: .attributes)
        try preview.add(try Client(configurationAt: path))
        return try preview.preview().objection
      }
      #expect(objection == "group \(Self.single) had 2 people, and has 0")
      _ = try tenant.configuration(["STATEDIR": "state", "GROUPID": Self.main])
      #expect(try await tenant.writeList(from: path).get().removed == 1)
    }
  }

  @Test("A run that cannot read the history says so, and is nothing to compare the next one with")
  func keepsBaseline() async throws {
    try await SimulatedTenant.with { tenant in
      Self.set(0..<60, 0..<30, in: tenant)
      let path = try tenant.configuration(["STATEDIR": "state", "EXCLUDEGROUPID": Self.single])
      _ = try await tenant.writeList(from: path).get()
      Self.set(0..<60, 0..<1, in: tenant)
      let other = try Database(tenant.path("state/\(HistorySchema.fileName)"))
      // Others may read it then, so that the run is remembered with what it could not compare.
      try other.run("BEGIN EXCLUSIVE")
      let report = try await tenant.writeList(from: path).get()
      try other.run("COMMIT")
      #expect(report.warnings.contains { $0.contains("is in use by another process") })
      try tenant.remove("list")
      let error = try await tenant.writeList(from: path).error
      #expect(
        error?.message.contains("excluded group \(Self.single) had 30 people, and has 1") == true)
    }
  }

  @Test("EXCLUDEEMPTY of the configuration that excludes the group counts")
  func asksRightConfiguration() async throws {
    try await SimulatedTenant.with { tenant in
      Self.set(0..<60, 0..<3, in: tenant)
      let keys = ["STATEDIR": "state", "EXCLUDEGROUPID": Self.single, "EXCLUDEEMPTY": "allowed"]
      let paths = [
        try tenant.configuration(keys),
        try tenant.configuration(["STATEDIR": "state"], name: "b.entraidconf", group: .inner),
      ]
      let list = tenant.path("list")
      let write = {
        try await tenant.blocking {
          let kept = try List(path: list, template: .attributes)
          for path in paths { try kept.add(Client(configurationAt: path)) }
          return try kept.write().objection
        }
      }
      _ = try await write()
      Self.set(0..<60, 0..<0, in: tenant)
      let objection = try await write()
      #expect(objection == nil)
    }
  }

  @Test("Without a history no group is compared, and nothing is said")
  func needsHistory() async throws {
    try await SimulatedTenant.with { tenant in
      Self.set(0..<30, 29..<31, in: tenant)
      let path = try tenant.configuration([
        "STATEDIR": "none", "GROUPID": "\(Self.main), \(Self.single)",
      ])
      _ = try await tenant.writeList(from: path).get()
      Self.set(0..<30, 0..<0, in: tenant)
      #expect(try await tenant.writeList(from: path).get().warnings.isEmpty)
    }
  }
}
