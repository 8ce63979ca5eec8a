import Foundation
import Testing

@testable import EntraSyncIO

/// A folder of one test, removed with everything in it when the test ends.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("entrasync-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// The path of something in the folder.
  func path(_ name: String) -> Path { Path(url.path + "/" + name) }

  /// Writes a file.
  func write(_ name: String, _ content: String, mode: Int = 0o644) throws {
    let file = url.appendingPathComponent(name)
    try Data(content.utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
  }

  /// Reads a file.
  func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: url.appendingPathComponent(name)), as: UTF8.self)
  }

  /// What the folder holds, hidden files included, in order.
  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
  }

  /// A file's inode, modification time and mode: what a reader could notice of a write.
  func identity(_ name: String) throws -> [String] {
    var status = stat()
    try #require(lstat(url.path + "/" + name, &status) == 0)
    return [
      "inode \(status.st_ino)", "time \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)",
      "mode \(String(status.st_mode, radix: 8))",
    ]
  }
}
