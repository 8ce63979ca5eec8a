import EntraSync
import GraphSimulator
import Testing

@testable import EntraSyncIO

/// Cuts an answer at many of its bytes, one after the other.
@Suite("When an answer is cut")
struct CutAnswerTests {
  /// The ways to cut an answer, and the status of the run's error.
  static let cuts: [(fault: String, status: Status)] = [
    // The body ends before its length: the connection closes.
    ("cut-body", .network),
    // The body has its full length, but its JSON ends too early.
    ("cut-json", .server),
  ]

  @Test(
    "A page cut at any byte leaves the list as it was, and a whole page is read", arguments: cuts)
  func cutsPage(fault: String, status: Status) async throws {
    try await SimulatedTenant.with { tenant in
      let length = try await lengths(tenant).page
      #expect(length > 150)
      for position in Array(0..<5) + Array(stride(from: 5, to: length, by: 9)) + [length - 1] {
        let error = try await tenant.failedRun(
          "\(fault):\(position)", group: .single, retries: 0)
        #expect(error.status == status, "at \(position): \(error.message)")
      }
      let calm = try await tenant.calmRun(group: .single)
      try await tenant.survivedRun("\(fault):\(length)", like: calm, group: .single)
    }
  }

  @Test("A token answer cut at any byte leaves the list as it was", arguments: cuts)
  func cutsToken(fault: String, status: Status) async throws {
    try await SimulatedTenant.with { tenant in
      let length = try await lengths(tenant).token
      #expect(length > 700)
      for position in Array(stride(from: 0, to: 80, by: 5)) + [80, 400, length - 2, length - 1] {
        let error = try await tenant.failedRun(
          "\(fault):\(position)@token", group: .single, retries: 0)
        #expect(error.status == status, "at \(position): \(error.message)")
      }
      let calm = try await tenant.calmRun(group: .single)
      try await tenant.survivedRun("\(fault):\(length)@token", like: calm, group: .single)
    }
  }

  @Test(
    "A retry finds everybody, wherever the page was cut the first time",
    arguments: ["cut-body", "cut-json", "reset"])
  func asksAgain(fault: String) async throws {
    try await SimulatedTenant.with(members: 1100) { tenant in
      let calm = try await tenant.calmRun()
      for page in 1...2 {
        for position in [0, 100, 9_001, -9_001, -1] {
          let requests = try await tenant.survivedRun(
            "\(fault):\(position)*1#\(page)", like: calm)
          #expect(requests.count == calm.requests.count + 1, "page \(page) at \(position)")
        }
      }
    }
  }

  /// The body lengths of the two answers that a list of one person needs.
  private func lengths(_ tenant: SimulatedTenant) async throws -> (token: Int, page: Int) {
    let path = try tenant.configuration(group: .single)
    let bytes = try await tenant.blocking {
      let client = try Client(configurationAt: path)
      // The second run has its token already.
      let runs = try (1...2).map { _ in try client.readPeople(into: ()) { _, _, _ in }.report.bytes
      }
      let group = try client.keepingConnection { (run) throws(EntraSyncError) in
        let convoy = Convoy()
        try GroupsReader(
          confirming: client.allGroups, excluding: [], reading: [],
          by: client.configuration.queryFilter.address,
          from: GraphService(client.configuration, run: run, tokens: client.tokens), in: convoy
        ).confirm()
        return run.report.bytes
      }
      return (token: runs[0] - runs[1], page: runs[1] - group)
    }
    return bytes
  }
}
