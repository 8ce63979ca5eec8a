import EntraSync
import Foundation
import GraphSimulator
import Synchronization
import Testing

@testable import EntraSyncIO

extension SimulatedTenant {
  /// A configuration whose token is left in the folder `state`.
  func sharing(
    _ changes: [String: String] = [:], name: String = "test.entraidconf",
    group: BuiltInGroup = .main
  ) throws -> Path {
    let changes = changes.merging(["STATEDIR": "state"]) { given, _ in given }
    return try configuration(changes, name: name, group: group)
  }

  /// Reads people as a new process would.
  ///
  /// - Parameters:
  ///   - configuration: The configuration's file.
  ///   - people: How many there must be; `nil` for any number.
  ///   - level: Which lines of the log are wanted: warnings, or all of them.
  ///   - system: The calls to the system, of which some may fail.
  /// - Throws: When the run fails.
  /// - Returns: The lines of the log.
  @discardableResult
  func run(
    _ configuration: Path, people: Int? = 30, from level: LogLevel = .warning,
    system: @escaping @Sendable () -> SystemCalls = { SystemCalls() }
  ) async throws -> [String] {
    let (fetched, said) = try await blocking {
      let said = Mutex<[String]>([])
      let client = try Client(configurationAt: configuration, system: system())
      client.limits = .short
      client.observer.log = { importance, line in
        if importance.rawValue <= level.rawValue { said.withLock { $0.append(line) } }
      }
      let report = try client.readPeople(into: ()) { _, _, _ in }.report
      return (report.fetched, said.withLock(\.self))
    }
    if let people { #expect(fetched == people) }
    return said
  }

  /// The names of what is in the folder of tokens.
  func stored() throws -> [String] {
    guard try names().contains("state") else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: path("state").text).sorted()
  }

  /// The one token that is stored.
  func token() throws -> String {
    let names = try stored()
    try #require(names.count == 1)
    return try read("state/\(names[0])").split(separator: "\n").last.map(String.init) ?? ""
  }

  /// Removes the folder of tokens with all that is in it.
  func removeState() throws {
    guard try names().contains("state") else { return }
    try FileManager.default.removeItem(atPath: path("state").text)
  }
}
