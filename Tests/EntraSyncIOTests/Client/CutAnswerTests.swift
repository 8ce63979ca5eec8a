import EntraSync
import GraphSimulator
import Testing

@testable import EntraSyncIO

/// An answer that is cut at many of its bytes in turn.
@Suite("When an answer is cut")
struct CutAnswerTests {
  /// No second try, so that each cut is what the run ends with.
  private static var impatient: Patience {
    get throws {
      var patience = Patience()
      patience.retry = try #require(RetryPolicy(maximumRetries: 0, firstDelay: 0))
      return patience
    }
  }

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
      let length = try await length(of: "", in: tenant)
      #expect(length > 150)
      for position in Array(0..<5) + Array(stride(from: 5, to: length, by: 4)) + [length - 1] {
        let error = try await tenant.failedRun(
          "\(fault):\(position)", group: .single, patience: Self.impatient)
        #expect(error.status == status, "at \(position): \(error.message)")
      }
      let calm = try await tenant.calmRun(group: .single)
      try await tenant.survivedRun("\(fault):\(length)", like: calm, group: .single)
    }
  }

  @Test("at many bytes of a token, the list stays as it was", arguments: cuts)
  func cutsToken(fault: String, status: Status) async throws {
    try await SimulatedTenant.with { tenant in
      let length = try await length(of: "@token", in: tenant)
      #expect(length > 1_400)
      for position in Array(stride(from: 0, to: 80, by: 3)) + [80, 800, length - 2, length - 1] {
        let error = try await tenant.failedRun(
          "\(fault):\(position)@token", group: .single, patience: Self.impatient)
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

  /// How long the whole body of an answer is: the first length at which cutting it is no cut.
  private func length(of target: String, in tenant: SimulatedTenant) async throws -> Int {
    let path = try tenant.configuration(group: .single)
    var whole = 0...4_096
    while whole.lowerBound < whole.upperBound {
      let middle = (whole.lowerBound + whole.upperBound) / 2
      try tenant.setFaults("cut-json:\(middle)\(target)")
      let outcome = try await tenant.writeList("probe", from: path, patience: Self.impatient)
      whole = outcome.error == nil ? whole.lowerBound...middle : (middle + 1)...whole.upperBound
    }
    return whole.lowerBound
  }
}
