import EntraSync
import GraphSimulator
import Testing

@testable import EntraSyncIO

/// An answer that is cut at many of its bytes in turn.
@Suite("When an answer is cut")
struct CutAnswerTests {
  /// How an answer can be cut.
  static let cuts: [(fault: String, status: Status)] = [
    // The body ends before its length: the connection closes.
    ("cut-body", .network),
    // The length is that of the body, but the JSON in it has no end.
    ("cut-json", .server),
  ]

  @Test("at many bytes of a page, the list stays as it was until it is whole", arguments: cuts)
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

  @Test("at many bytes of a token, the list stays as it was", arguments: cuts)
  func cutsToken(fault: String, status: Status) async throws {
    try await SimulatedTenant.with { tenant in
      let length = try await lengths(tenant).token
      #expect(length > 1_400)
      for position in Array(stride(from: 0, to: 80, by: 5)) + [80, 800, length - 2, length - 1] {
        let error = try await tenant.failedRun(
          "\(fault):\(position)@token", group: .single, retries: 0)
        #expect(error.status == status, "at \(position): \(error.message)")
      }
      let calm = try await tenant.calmRun(group: .single)
      try await tenant.survivedRun("\(fault):\(length)@token", like: calm, group: .single)
    }
  }

  @Test(
    "another try finds everybody, wherever the page before it was cut",
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

  /// How long the bodies of the two answers are from which a list of one person is made.
  private func lengths(_ tenant: SimulatedTenant) async throws -> (token: Int, page: Int) {
    let path = try tenant.configuration(group: .single)
    let bytes = try await tenant.blocking {
      let client = try Client(configurationAt: path)
      // The second run has its token already.
      return try (1...2).map { _ in try client.readPeople(into: ()) { _, _, _ in }.report.bytes }
    }
    return (bytes[0] - bytes[1], bytes[1])
  }
}
