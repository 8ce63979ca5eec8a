import EntraSync
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("Excluded groups")
struct ExclusionTests {
  static let excluded = BuiltInGroup.empty.id

  /// Writes a list of everybody in `.main` but the members of a group.
  ///
  /// - Parameters:
  ///   - members: The members of the excluded group.
  ///   - changes: Lines of the configuration.
  /// - Throws: When the world cannot be made.
  /// - Returns: The report or the error.
  static func write(
    excluding members: [DirectoryMember], _ changes: [String: String] = [:]
  ) async throws -> Result<Report, EntraSyncError> {
    try await SimulatedTenant.withSomebody(nested: [Somebody.anna]) { tenant in
      tenant.simulator.updateDirectory { $0.setMembers(of: excluded, to: members) }
      let path = try tenant.configuration(["EXCLUDEGROUPID": excluded].merging(changes) { $1 })
      let result = try await tenant.writeList(from: path)
      if case .failure(let error) = result {
        #expect(error.message.hasPrefix(path.text + ": "))
        #expect(try !tenant.names().contains("list"))
      } else {
        let hasAnna = try tenant.read("list").contains("anna@example.com\n")
        #expect(hasAnna == members.allSatisfy { $0.id != Somebody.anna.id })
      }
      return result
    }
  }

  static func message(_ nested: String = "") -> String {
    "nobody is in the excluded group \(excluded) (EXCLUDEGROUPID (line 8))\(nested); correct the "
      + "group, or write EXCLUDEEMPTY = allowed if it may be empty"
  }

  @Test("An excluded group without people stops the run, also after several pages")
  func stops() async throws {
    for members in [[], Somebody.devices] {
      let error = try #require(try await Self.write(excluding: members).error)
      #expect(error.status == .notFound)
      #expect(error.message.hasSuffix(Self.message()), "\(error.message)")
    }
  }

  @Test("An excluded group may be empty with EXCLUDEEMPTY = allowed")
  func allows() async throws {
    let report = try await Self.write(excluding: [], ["EXCLUDEEMPTY": "allowed"]).get()
    #expect(report.written == 7)
    #expect(report.excludedByGroup.map(\.people) == [0])
    #expect(report.warnings == [])
  }

  @Test("An excluded group of nothing but groups stops the run unless MEMBERSHIP is transitive")
  func readsNestedGroups() async throws {
    let members = [DirectoryMember.group(id: BuiltInGroup.nested.id)]
    let error = try #require(try await Self.write(excluding: members).error)
    #expect(
      error.message.hasSuffix(
        Self.message(" but 1 nested groups, which MEMBERSHIP = transitive follows")),
      "\(error.message)")
  }

  @Test("Somebody on the second page of an excluded group is left out")
  func readsPages() async throws {
    let members = Somebody.devices + [.user(Somebody.anna)]
    let report = try await Self.write(excluding: members).get()
    #expect(report.excluded == 1)
    #expect(report.excludedByGroup.map(\.people) == [1])
    #expect(report.written == 6)
  }

  @Test("Somebody whom one configuration lists and another leaves out counts as left out once")
  func countsOnce() async throws {
    try await SimulatedTenant.withSomebody(single: [Somebody.anna]) { tenant in
      let paths = [
        try tenant.configuration(name: "a.entraidconf"),
        try tenant.configuration(
          ["EXCLUDEGROUPID": BuiltInGroup.single.id], name: "b.entraidconf"),
      ]
      let report = try await NamesOfSkipsTests.run(tenant, paths)
      #expect(report.excluded == 1)
      #expect(report.fetched == 14)
      #expect(report.written == 6)
      #expect(report.excludedByGroup.map(\.people) == [2])
    }
  }

  @Test("Groups nested in an excluded group that also has people are a warning of the report")
  func warnsOfNestedGroups() async throws {
    let members = [DirectoryMember.user(Somebody.guest), .group(id: BuiltInGroup.nested.id)]
    let report = try await Self.write(excluding: members).get()
    #expect(
      report.warnings == [
        "the members of 1 groups nested in EXCLUDEGROUPID are not left out; MEMBERSHIP = "
          + "transitive leaves them out"
      ])
    #expect(report.nestedGroups == 2)
    #expect(report.written == 6)
  }
}
