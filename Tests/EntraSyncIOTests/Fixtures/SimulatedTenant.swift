import EntraSync
import Foundation
import GraphSimulator

@testable import EntraSyncIO

/// A simulator and a folder with configurations for it: one test's world.
///
/// The client blocks its thread while it works, and the simulator serves on Swift's own threads, so
/// each call of the client gets a thread to itself.
final class SimulatedTenant: Sendable {
  let simulator: GraphSimulator
  private nonisolated(unsafe) let folder: TemporaryFolder

  /// Starts a simulator.
  init(members: Int = 30, faults: [String] = [], certificate: String? = nil) async throws {
    folder = try TemporaryFolder()
    simulator = try await GraphSimulator.start(
      SimulatorOptions(
        members: members, faults: try faults.map { try FaultRule($0) },
        registration: Registration(certificate: certificate)))
  }

  private static let places = Places(32)

  /// Runs `body` in a world that is gone afterwards.
  static func with<Result: Sendable>(
    members: Int = 30, faults: [String] = [], certificate: String? = nil,
    _ body: (SimulatedTenant) async throws -> Result
  ) async throws -> Result {
    try await places.with {
      let tenant = try await SimulatedTenant(
        members: members, faults: faults, certificate: certificate)
      do {
        let result = try await body(tenant)
        await tenant.simulator.stop()
        return result
      } catch {
        await tenant.simulator.stop()
        throw error
      }
    }
  }

  /// Replaces what goes wrong.
  func setFaults(_ faults: String...) throws { try set(faults) }

  /// Replaces what goes wrong.
  func set(_ faults: [String]) throws {
    simulator.setFaults(try faults.map { try FaultRule($0) })
  }

  /// Writes a configuration for the simulator.
  ///
  /// - Parameters:
  ///   - changes: Lines that replace those of the same key, or are added; an empty value removes.
  ///   - name: The file's name in the test's folder.
  ///   - group: The group to read.
  ///   - filter: The attributes to ask for.
  /// - Throws: When the file cannot be written.
  /// - Returns: Its path.
  func configuration(
    _ changes: [String: String] = [:], name: String = "test.entraidconf",
    group: BuiltInGroup = .main, filter: String = "mail"
  ) throws -> Path {
    let text = simulator.configurationText(group: group.id, queryFilter: filter)
    let kept = text.split(separator: "\n").filter { line in
      !changes.keys.contains { line.hasPrefix($0 + " ") }
    }
    let added = changes.filter { !$0.value.isEmpty }.map { "\($0.key) = \($0.value)" }
    try folder.write(name, (kept + added.map { $0[...] }).joined(separator: "\n"), mode: 0o600)
    return folder.path(name)
  }

  /// The path of something in the test's folder.
  func path(_ name: String) -> Path { folder.path(name) }

  /// Writes a file in the test's folder.
  func write(_ name: String, _ content: String) throws { try folder.write(name, content) }

  /// Makes a folder in the test's folder.
  func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(
      atPath: path(name).text, withIntermediateDirectories: false)
  }

  /// Makes a symbolic link in the test's folder.
  func makeLink(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: path(name).text, withDestinationPath: target)
  }

  /// Gives a file in the test's folder another mode.
  func changeMode(_ name: String, _ mode: Int) throws {
    try FileManager.default.setAttributes(
      [.posixPermissions: mode], ofItemAtPath: path(name).text)
  }

  /// Removes a file of the test's folder.
  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: path(name).text)
  }

  /// Reads a file in the test's folder.
  func read(_ name: String) throws -> String { try folder.read(name) }

  /// What a reader could notice of a write to a file.
  func identity(_ name: String) throws -> [String] { try folder.identity(name) }

  /// What the folder holds.
  func names() throws -> [String] { try folder.names() }

  /// Runs `body` on a thread of its own.
  func blocking<Result: Sendable>(
    _ body: @escaping @Sendable () throws -> Result
  ) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { continuation.resume(with: .init(catching: body)) }
    }
  }

  /// Writes a list from one configuration, as a cron job would.
  ///
  /// - Returns: The report, or the error.
  func writeList(
    _ name: String = "list", from configuration: Path, template: String? = nil,
    limits: Limits = .short,
    observer: @escaping @Sendable () -> Observer = { Observer() }
  ) async throws -> Swift.Result<Report, EntraSyncError> {
    let path = path(name)
    return try await blocking {
      do throws(EntraSyncError) {
        let client = try Client(configurationAt: configuration)
        client.observer = observer()
        client.limits = limits
        let list = try List(
          path: path, template: try template.map(LineTemplate.init) ?? .attributes)
        // Many tests at once make everything slow.
        list.nameWait = 300
        try list.add(client)
        return .success(try list.write())
      } catch {
        return .failure(error)
      }
    }
  }
}

extension Result where Failure == EntraSyncError {
  /// The error, if there is one.
  var error: EntraSyncError? {
    if case .failure(let error) = self { error } else { nil }
  }
}

extension Limits {
  /// As many tries as always, without the waits that nobody but a server asks for.
  static var short: Limits {
    var limits = Limits()
    limits.retry = RetryPolicy(maximumRetries: 5, firstDelay: 0) ?? .standard
    return limits
  }
}
