import EntraSync
import GraphSimulator
import Testing

@testable import EntraSyncIO

extension SimulatedTenant {
  /// Whoever is in a list of before and in no group.
  private static let former = "former@example.com"

  /// Lets a run meet a fault, over a list that had content, and checks that it fails with one line
  /// and without a trace.
  ///
  /// - Parameters:
  ///   - faults: What goes wrong.
  ///   - group: The group to read.
  ///   - retries: How many times to ask again, without waiting.
  ///   - timeout: TIMEOUT in seconds, for a run whose many pages a slow machine needs long for.
  /// - Throws: When there is no error, or the world cannot be made.
  /// - Returns: The error.
  func failedRun(
    _ faults: String..., group: BuiltInGroup = .main, retries: Int = 1, timeout: Int = 300
  ) async throws -> EntraSyncError {
    var limits = Limits.short
    limits.retry = try #require(RetryPolicy(maximumRetries: retries, firstDelay: 0))
    let path = try configuration(["TIMEOUT": "\(timeout)"], group: group)
    try write("list", "\(Self.former)\n")
    let before = try identity("list")
    let names = try names()
    try set(faults)

    let outcome = try await writeList(from: path, limits: limits)
    let error = try #require(outcome.error, "\(faults) is survived")
    #expect(error.message.hasPrefix(path.text + ": "))
    #expect(error.message == error.message.singleLine)
    #expect(!error.message.contains(Registration().clientSecret))
    #expect(try identity("list") == before)
    #expect(try read("list") == "\(Self.former)\n")
    #expect(try self.names() == names)
    return error
  }

  /// A run that nothing disturbs: what others are measured by.
  struct CalmRun: Sendable {
    /// What it read.
    let report: Report
    /// The list that it wrote.
    let list: String
    /// The requests that it sent.
    let requests: [ReceivedRequest]
  }

  /// Lets a run go undisturbed.
  ///
  /// - Parameters:
  ///   - group: The group to read.
  ///   - oddities: What is odd, but no fault.
  /// - Throws: When it fails.
  /// - Returns: What came of it.
  func calmRun(group: BuiltInGroup = .main, oddities: [String] = []) async throws -> CalmRun {
    try set(oddities)
    simulator.forgetRequests()
    let report = try await writeList("calm", from: configuration(group: group)).get()
    return CalmRun(report: report, list: try read("calm"), requests: simulator.requests)
  }

  /// Lets a run meet a fault, over a list of which a line goes and the others stay, and checks that
  /// it writes what a calm run writes, and finds as many.
  ///
  /// - Parameters:
  ///   - faults: What goes wrong.
  ///   - calm: The run to compare with, of the same group.
  ///   - group: The group to read.
  /// - Throws: When the run fails, or the world cannot be made.
  /// - Returns: The requests that it sent.
  @discardableResult
  func survivedRun(
    _ faults: String..., like calm: CalmRun, group: BuiltInGroup = .main
  ) async throws -> [ReceivedRequest] {
    let path = try configuration(group: group)
    // The guard stops a change after which no old line would stay, and a large change is read
    // twice.
    let lines = calm.list.split(separator: "\n")
    let kept = lines.count > 1 ? lines.dropLast() : lines
    try write("list", ([Self.former[...]] + kept).joined(separator: "\n") + "\n")
    let names = try names()
    try set(faults)
    simulator.forgetRequests()

    let report = try await writeList(from: path).get()
    #expect(try read("list") == calm.list)
    #expect(try self.names() == names)
    #expect(report.isChanged)
    #expect(report.fetched == calm.report.fetched)
    #expect(report.others == calm.report.others)
    // A page that is asked for again comes after those that follow it.
    #expect(report.skips.map(\.name).sorted() == calm.report.skips.map(\.name).sorted())
    return simulator.requests
  }
}

extension [ReceivedRequest] {
  /// Those for pages of members.
  var pages: [ReceivedRequest] {
    filter { $0.method == "GET" && !$0.target.contains("visibility") }
  }

  /// Those for a token.
  var signIns: [ReceivedRequest] { filter { $0.method == "POST" } }
}
