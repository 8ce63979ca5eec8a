import EntraSync
import GraphSimulator
import Synchronization
import Testing

@testable import EntraSyncIO

@Suite("Reading several groups at the same time")
struct ManyGroupsTests {
  /// The groups, in the order of the configuration.
  static let groups: [BuiltInGroup] = [.main, .mixed, .doubles, .leavers, .oddities]

  /// What a run has told.
  struct Course {
    var result: Swift.Result<Report, EntraSyncError>
    var log: [String]

    /// The places of the lines with a text.
    func places(of text: String) -> [Int] { log.indices.filter { log[$0].contains(text) } }
  }

  /// Runs `body` in a tenant whose groups all have three pages: each has another part of the
  /// people of the first.
  private static func with(
    _ body: (SimulatedTenant) async throws -> Void
  ) async throws {
    try await SimulatedTenant.with(members: 2600) { tenant in
      tenant.simulator.updateDirectory {
        let everybody = $0.members(of: groups[0].id)
        for (number, group) in groups.enumerated().dropFirst() {
          $0.setMembers(of: group.id, to: Array(everybody.dropFirst(100 * number)))
        }
      }
      try await body(tenant)
    }
  }

  /// Writes the list from all groups.
  ///
  /// - Parameters:
  ///   - tenant: Where the groups are.
  ///   - changes: Lines of the configuration.
  ///   - goesOn: Whether the run goes on after these lines of the log, and having told so many
  ///     times since the last one.
  /// - Throws: When the world cannot be made.
  /// - Returns: What came of it.
  private static func write(
    _ tenant: SimulatedTenant, _ changes: [String: String] = [:],
    goesOn: @escaping @Sendable ([String], Int) -> Bool = { _, _ in true }
  ) async throws -> Course {
    let log = Mutex<[String]>([])
    let told = Mutex(0)
    let all = ["GROUPID": groups.map(\.id).joined(separator: ", ")]
    let path = try tenant.configuration(all.merging(changes) { $1 })
    let result = try await tenant.writeList(from: path) {
      var observer = Observer()
      observer.log = { _, line in
        log.withLock { $0.append(line) }
        told.withLock { $0 = 0 }
      }
      observer.progress = { _ in
        let times = told.withLock {
          $0 += 1
          return $0
        }
        return goesOn(log.withLock(\.self), times)
      }
      return observer
    }
    return Course(result: result, log: log.withLock(\.self))
  }

  /// Does something with a client's groups, of whose pages two at the most are kept.
  ///
  /// - Returns: What `body` returns, and the log.
  private static func reading<Result: Sendable>(
    _ tenant: SimulatedTenant,
    _ body: @escaping @Sendable (Client, Run, Convoy) throws -> Result
  ) async throws -> (Result, log: [String]) {
    let path = try tenant.configuration()
    return try await tenant.blocking {
      let client = try Client(configurationAt: path)
      var lines: [String] = []
      var observer = Observer()
      observer.log = { lines.append($1) }
      let run = try Run(client.configuration, observer: observer, limits: .short)
      let convoy = Convoy()
      convoy.mostAhead = 2
      return (try body(client, run, convoy), lines)
    }
  }

  private static func page(_ number: Int, of group: BuiltInGroup) -> String {
    "group \(group.id), page \(number)"
  }

  @Test("The groups of a configuration travel together, and the list is the same")
  func readsTogether() async throws {
    try await Self.with { tenant in
      let calm = try await tenant.calmRun()
      let course = try await Self.write(tenant)
      let report = try course.result.get()
      #expect(try tenant.read("list") == calm.list)
      #expect(report.fetched == calm.report.fetched)
      #expect(course.places(of: "group ").count == Self.groups.count * 4)
      // The second group's first page is asked for long before the first group's last one.
      let early = try #require(course.places(of: Self.page(1, of: .mixed)).first)
      let late = try #require(course.places(of: Self.page(3, of: .main)).first)
      #expect(early < late)
    }
  }

  @Test("At most four requests are on their way")
  func sendsFour() async throws {
    try await Self.with { tenant in
      try tenant.setFaults("stall@groups")
      let course = try await Self.write(tenant) { log, times in
        log.count { $0.contains("group ") } < 4 || times < 3
      }
      #expect(course.result.error?.status == .cancelled)
      #expect(course.places(of: "group ").count == 4)
    }
  }

  @Test("When Graph throttles one request, none is sent before that one is due again")
  func slowsDown() async throws {
    try await Self.with { tenant in
      try tenant.setFaults("throttle:1:60@\(BuiltInGroup.mixed.id)#2")
      // The run is stopped after a while in which it could have sent much.
      let course = try await Self.write(tenant) { log, times in
        !log.contains { $0.contains("HTTP 429") } || times < 5
      }
      #expect(course.result.error?.status == .cancelled)
      let refusal = try #require(course.places(of: "HTTP 429, try again in 60 s").first)
      let later = course.log[refusal...].filter { $0.contains(", try ") }
      #expect(later.count == 1, "\(later)")
    }
  }

  @Test("A group that begins again leaves the others alone")
  func beginsOneAgain() async throws {
    try await Self.with { tenant in
      let calm = try await tenant.calmRun()
      for group in [BuiltInGroup.main, .doubles, .oddities] {
        try tenant.setFaults("expired-page-token:1@\(group.id)#3")
        let course = try await Self.write(tenant)
        #expect(try course.result.get().fetched == calm.report.fetched)
        #expect(try tenant.read("list") == calm.list)
        for other in Self.groups {
          let times = other == group ? 2 : 1
          #expect(course.places(of: Self.page(1, of: other)).count == times)
          #expect(course.places(of: Self.page(2, of: other)).count == times)
        }
      }
    }
  }

  /// What goes wrong, and the error: that of the group which comes first, or of the question.
  static let failures: [(faults: [String], status: Status, words: String)] = [
    (["forbidden@main#3", "server-error@mixed#1"], .permission, BuiltInGroup.main.id),
    (["server-error@main#3", "forbidden@mixed#1"], .server, "HTTP 500"),
    (["forbidden@\(BuiltInGroup.oddities.id)#1"], .permission, BuiltInGroup.oddities.id),
    (["cut-json@main", "forbidden@groups"], .permission, "GroupMember.Read.All"),
  ]

  @Test("The error is that of the first group which fails", arguments: failures)
  func keepsOrder(faults: [String], status: Status, words: String) async throws {
    try await Self.with { tenant in
      try tenant.set(faults)
      let error = try #require(try await Self.write(tenant).result.error)
      #expect(error.status == status, "\(error.message)")
      #expect(error.message.contains(words))
      #expect(try tenant.names() == ["test.entraidconf"])
    }
  }

  @Test("Few pages are kept for groups whose turn has not come")
  func limitsPages() async throws {
    try await Self.with { tenant in
      let (found, lines) = try await Self.reading(tenant) { client, run, convoy in
        let groups = client.members(of: Self.groups, run, in: convoy)
        var found: Set<ObjectID> = []
        for reader in groups.people {
          try groups.read(reader, into: &found) { $1.insert($0.id).inserted }
        }
        return found
      }
      #expect(
        found.count == tenant.simulator.directory.members(of: BuiltInGroup.main.id).count)
      let last = try #require(lines.lastIndex { $0.contains(Self.page(3, of: .main)) })
      #expect(lines[...last].count { $0.contains("group ") } == 5)
    }
  }

  @Test("The result is copied for the first group alone, unless a later one is large")
  func copiesOnce() async throws {
    final class Box {}
    struct Found {
      var box = Box()
      var people: Set<ObjectID> = []
    }
    try await Self.with { tenant in
      let path = try tenant.configuration()
      for (most, copies) in [(100, [true, false, false, false, false]), (2, [true, true])] {
        let copied = try await tenant.blocking {
          let client = try Client(configurationAt: path)
          let run = try Run(client.configuration, observer: Observer(), limits: .short)
          let convoy = Convoy()
          convoy.mostAhead = most
          let groups = client.members(
            of: Array(Self.groups.prefix(copies.count)), run, in: convoy)
          var found = Found()
          return try groups.people.map { reader in
            var isCopied = false
            try groups.read(reader, into: &found) { member, found in
              isCopied = isCopied || !isKnownUniquelyReferenced(&found.box)
              return found.people.insert(member.id).inserted
            }
            return isCopied
          }
        }
        #expect(copied == copies)
      }
    }
  }

  @Test("While the groups are asked about, few pages are kept")
  func limitsPagesAtFirst() async throws {
    try await Self.with { tenant in
      try tenant.setFaults("unavailable:1:1@groups")
      let (_, lines) = try await Self.reading(tenant) { client, run, convoy in
        let groups = client.groups(run, in: convoy)
        try groups.confirm()
        convoy.leave(groups)
      }
      #expect(lines.count { $0.contains("page ") && $0.hasSuffix("try 1") } == 2)
    }
  }
}
