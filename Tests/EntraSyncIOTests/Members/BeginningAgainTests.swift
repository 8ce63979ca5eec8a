import EntraSync
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("Beginning a group again")
struct BeginningAgainTests {
  /// What ends a walk through the pages, and the page sizes that are asked for until it succeeds.
  static let passing: [(fault: String, sizes: [Int])] = [
    ("expired-page-token:1#2", [999, 999]),
    ("expired-page-token:5", [999, 999, 999, 999, 999, 999]),
    ("page-too-large:998", [999, 499]),
    ("page-too-large:120", [999, 499, 249, 124, 62]),
    ("page-too-large:31", [999, 499, 249, 124, 62, 31]),
    ("page-too-large:500*1#2", [999, 499]),
  ]

  @Test("is survived, and the list is right", arguments: passing)
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
    "nothing is left of the first pass, as those show who leave the group before the second",
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
      #expect(report.skips == after.report.skips)
    }
  }

  @Test("a page size that is refused in mid-run holds for all pages from then on")
  func keepsSize() async throws {
    try await SimulatedTenant.with(members: 2500) { tenant in
      let calm = try await tenant.calmRun()
      let requests = try await tenant.survivedRun("page-too-large:500*1#3", like: calm)
      let refusal = try #require(requests.firstIndex { $0.status == 400 })
      let after = requests[refusal...].dropFirst()
      // 2,500 people and a dozen others, 499 of them a page.
      #expect(after.count == 6)
      #expect(after.allSatisfy { $0.target.contains("$top=499") && $0.status == 200 })
    }
  }

  /// What never ends, and how often page 1 is asked for.
  static let fatal: [(fault: String, code: String, passes: Int)] = [
    ("expired-page-token#2", "Directory_ExpiredPageToken", 1 + Pagination.mostRestarts),
    ("page-too-large:20", "Request_BadRequest", 1 + Pagination.mostRestarts),
    ("page-too-large:20#2", "Request_BadRequest", 1 + Pagination.mostRestarts),
  ]

  @Test("it is not done for ever", arguments: fatal)
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

  @Test("a group that cannot be read again leaves the people of other groups out too")
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
