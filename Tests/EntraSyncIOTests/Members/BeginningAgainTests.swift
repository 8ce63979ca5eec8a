import EntraSync
import Foundation
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("Beginning a group again")
struct BeginningAgainTests {
  /// A fault that makes a run begin a group again, and the page sizes it requests one by one.
  static let passing: [(fault: String, sizes: [Int])] = [
    ("expired-page-token:1#2", [999, 999]),
    ("expired-page-token:5", [999, 999, 999, 999, 999, 999]),
    ("page-too-large:998", [999, 499]),
    ("page-too-large:120", [999, 499, 249, 124, 62]),
    ("page-too-large:31", [999, 499, 249, 124, 62, 31]),
    ("page-too-large:500*1#2", [999, 499]),
  ]

  @Test("A group that has to be read again gives the right list", arguments: passing)
  func survives(fault: String, sizes: [Int]) async throws {
    try await SimulatedTenant.with(members: 1100) { tenant in
      let calm = try await tenant.calmRun()
      let requests = try await tenant.survivedRun(fault, like: calm)
      let firsts = requests.pages.filter { !$0.target.contains("skiptoken") }
      let asked = firsts.map { $0.target.split(separator: "$top=").last.flatMap { Int($0) } }
      #expect(asked == sizes)
      #expect(requests.pages.allSatisfy { $0.bearer == .good })
      #expect(requests.signIns.count == calm.requests.signIns.count)
    }
  }

  @Test(
    "A person who leaves a group before it is read again is not in the list",
    arguments: ["expired-page-token:1", "page-too-large:500*1#2"])
  func forgetsFirstPass(fault: String) async throws {
    try await SimulatedTenant.with(members: 1100) { tenant in
      let simulator = tenant.simulator
      let before = try await tenant.calmRun()
      try tenant.setFaults(fault)
      let report = try await tenant.writeList(from: tenant.configuration()) {
        var observer = Observer()
        observer.log = { _, line in
          guard line.contains("begin again") else { return }
          simulator.updateDirectory {
            let group = BuiltInGroup.main.id
            $0.setMembers(of: group, to: Array($0.members(of: group).dropFirst(300)))
          }
        }
        return observer
      }.get()
      let after = try await tenant.calmRun()
      #expect(after.report.fetched < before.report.fetched)
      #expect(try tenant.read("list") == after.list)
      #expect(report.fetched == after.report.fetched)
      #expect(report.skips.map(\.name) == after.report.skips.map(\.name))
      #expect(report.skips.map(\.reason) == after.report.skips.map(\.reason))
    }
  }

  /// Reads the first group of a client.
  private static func members(read client: Client, in run: Run) throws -> Set<ObjectID> {
    let groups = client.members(of: [.main], run)
    var found: Set<ObjectID> = []
    try groups.read(groups.people[0], into: &found) { $1.insert($0.id).inserted }
    return found
  }

  @Test("A page that arrives together with the reason to begin again is not taken")
  func discardsOldPages() async throws {
    try await SimulatedTenant.with(members: 1100) { tenant in
      let everybody = tenant.simulator.directory.members(of: BuiltInGroup.main.id).count
      // Page 1 has its link and a member without a GUID, and is refused when it is asked for again;
      // page 2 is asked for at the same time.
      try tenant.setFaults("wrong-id*1#1")
      let found = try await tenant.withClient { client, simulator in
        var run: Run?
        var isRetrying = false
        var observer = Observer()
        observer.log = { _, line in
          if line.contains("page 1: "), line.contains("try again") {
            simulator.setFaults([FaultRule(.pageLimit(500), page: 1, times: 1)])
            isRetrying = true
            // So long that the observer is told again at once.
            Thread.sleep(forTimeInterval: 0.25)
          }
        }
        observer.progress = { _ in
          guard isRetrying, let run else { return true }
          isRetrying = false
          // The run goes on when the answers for both pages are there.
          while run.silence != nil {
            guard (try? run.advance(waitingAtMost: 0.1)) != nil else { return false }
          }
          return true
        }
        run = try Run(client.configuration, observer: observer, limits: .short)
        defer { run = nil }
        return try Self.members(read: client, in: try #require(run))
      }
      #expect(found.count == everybody)
      let statuses = tenant.simulator.requests.pages.map(\.status)
      #expect(statuses.sorted() == [200, 200, 200, 200, 200, 400])
    }
  }

  @Test("A page that leads elsewhere when it is asked for again loses nobody")
  func followsOnePath() async throws {
    try await SimulatedTenant.with(members: 1100) { tenant in
      let everybody = tenant.simulator.directory.members(of: BuiltInGroup.main.id).count
      // Page 1 has its link and a member without a GUID; then it is empty and has another link.
      try tenant.setFaults("wrong-id*1#1")
      let found = try await tenant.withClient { client, simulator in
        var lines: [String] = []
        var observer = Observer()
        observer.log = { _, line in
          lines.append(line)
          if line.contains("page 1: "), line.contains("try again"),
            let rule = try? FaultRule("empty-page*1#1")
          {
            simulator.setFaults([rule])
          }
        }
        let run = try Run(client.configuration, observer: observer, limits: .short)
        let found = try Self.members(read: client, in: run)
        #expect(lines.contains { $0.contains("another nextLink; begin again at page 1") })
        return found
      }
      #expect(found.count == everybody)
    }
  }

  @Test("A page size that Graph refuses in mid-run is halved for all later pages")
  func keepsSize() async throws {
    try await SimulatedTenant.with(members: 2500) { tenant in
      let calm = try await tenant.calmRun()
      let requests = try await tenant.survivedRun("page-too-large:500*1#3", like: calm)
      let refusal = try #require(requests.firstIndex { $0.status == 400 })
      let after = requests[refusal...].dropFirst()
      // 2,500 people and a dozen other members, at 499 a page.
      #expect(after.count == 6)
      #expect(after.allSatisfy { $0.target.contains("$top=499") && $0.status == 200 })
    }
  }

  /// A fault that never ends, and how often page 1 is requested.
  static let fatal: [(fault: String, code: String, passes: Int)] = [
    ("expired-page-token#2", "Directory_ExpiredPageToken", 1 + Pagination.mostRestarts),
    ("page-too-large:20", "Request_BadRequest", 1 + Pagination.mostRestarts),
    ("page-too-large:20#2", "Request_BadRequest", 1 + Pagination.mostRestarts),
  ]

  @Test("A group is read again only a limited number of times", arguments: fatal)
  func givesUp(fault: String, code: String, passes: Int) async throws {
    try await SimulatedTenant.with(members: 1100) { tenant in
      let error = try await tenant.failedRun(fault)
      #expect(error.status == .server)
      #expect(error.httpStatus == 400)
      #expect(error.serverCode == code)
      let firsts = tenant.simulator.requests.pages.filter { !$0.target.contains("skiptoken") }
      #expect(firsts.count == passes)
    }
  }

  @Test("A group that cannot be read again fails the run, and no list is written")
  func failsWhole() async throws {
    try await SimulatedTenant.with(members: 1100) { tenant in
      let both = "\(BuiltInGroup.single.id), \(BuiltInGroup.main.id)"
      let path = try tenant.configuration(["GROUPID": both])
      try tenant.setFaults("expired-page-token@main")
      #expect(try await tenant.writeList(from: path).error?.status == .server)
      #expect(try tenant.names() == ["test.entraidconf"])
    }
  }
}
