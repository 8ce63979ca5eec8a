import EntraSync
import Foundation
import Testing

@testable import EntraSyncIO

@Suite("A list's file")
struct ListFileTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @discardableResult
  private func replace(
    _ name: String, with text: String, system: SystemCalls = SystemCalls()
  ) throws -> Bool {
    try ListFile(folder.path(name), system: system).replace { _ in Array(text.utf8) }
  }

  @Test("is made where there was none, with the mode that the umask leaves")
  func isCreated() throws {
    #expect(try replace("list", with: "a\n"))
    #expect(try folder.read("list") == "a\n")
    try folder.write("plain", "")
    let plain = open(folder.url.path + "/other", O_CREAT | O_WRONLY, 0o666)
    close(plain)
    #expect(try folder.identity("list").last == folder.identity("other").last)
  }

  @Test("is replaced by another file that keeps its mode", arguments: [0o600, 0o640, 0o664, 0o444])
  func keepsMode(mode: Int) throws {
    try folder.write("list", "old\n", mode: mode)
    let before = try folder.identity("list")
    #expect(try replace("list", with: "new\n"))
    #expect(try folder.read("list") == "new\n")
    let after = try folder.identity("list")
    #expect(after.first != before.first)
    #expect(after.last == before.last)
    #expect(try folder.names() == ["list"])
  }

  @Test("is not touched when nothing changes")
  func staysWhenEqual() throws {
    try folder.write("list", "a\n")
    let before = try folder.identity("list")
    #expect(try !replace("list", with: "a\n"))
    #expect(try folder.identity("list") == before)
  }

  @Test("hands its old content to the one who decides")
  func showsOldContent() throws {
    try folder.write("list", "old\n")
    var seen: [UInt8] = []
    _ = try ListFile(folder.path("list")).replace { old in
      seen = old
      return old
    }
    #expect(String(decoding: seen, as: UTF8.self) == "old\n")
  }

  @Test("is replaced behind a symbolic link, and behind a chain of them, which stay")
  func followsLinks() throws {
    let manager = FileManager.default
    try manager.createDirectory(
      at: folder.url.appendingPathComponent("data"), withIntermediateDirectories: false)
    try folder.write("data/real", "old\n", mode: 0o640)
    for (link, target) in [("data/middle", "real"), ("list", "data/middle")] {
      try manager.createSymbolicLink(
        atPath: folder.url.path + "/" + link, withDestinationPath: target)
    }
    #expect(try replace("list", with: "new\n"))
    #expect(try folder.read("data/real") == "new\n")
    #expect(
      try manager.destinationOfSymbolicLink(atPath: folder.url.path + "/list") == "data/middle")
    #expect(try folder.identity("data/real").last == "mode 100640")
    #expect(try manager.contentsOfDirectory(atPath: folder.url.path + "/data").count == 2)
  }

  @Test(
    "is refused when it is something else", arguments: ["folder", "fifo", "loop", "no/such/list"])
  func refusesOthers(name: String) throws {
    let path = folder.url.path
    try FileManager.default.createDirectory(
      atPath: path + "/folder", withIntermediateDirectories: false)
    #expect(mkfifo(path + "/fifo", 0o600) == 0)
    try FileManager.default.createSymbolicLink(
      atPath: path + "/loop", withDestinationPath: "loop")
    let before = try folder.names()
    let error = #expect(throws: EntraSyncError.self) { try replace(name, with: "new\n") }
    #expect(error?.status == .file)
    #expect(error?.message.hasPrefix("\(path)/\(name): the list was left as it is") == true)
    #expect(try folder.names() == before)
  }

  @Test("keeps what the one who decides throws, and stays as it was")
  func passesErrorsOn() throws {
    try folder.write("list", "old\n")
    let before = try folder.identity("list")
    let refusal = EntraSyncError(.changeGuard, "no")
    #expect(throws: refusal) {
      try ListFile(folder.path("list")).replace { (_) throws(EntraSyncError) in throw refusal }
    }
    #expect(try folder.identity("list") == before)
  }

  /// Every call on the way up to the rename, each time that it is made.
  static let calls: [(SystemCalls.Name, Int)] = [
    (.readlink, 1), (.open, 1), (.open, 2), (.fstat, 1), (.read, 1), (.read, 2), (.open, 3),
    (.write, 1), (.fstat, 2), (.fchmod, 1), (.fsync, 1), (.rename, 1),
  ]

  @Test(
    "stays byte for byte when a call fails, and leaves nothing behind",
    arguments: calls, [EIO, ENOSPC, EACCES, EROFS, EDQUOT])
  func survivesFailure(call: (name: SystemCalls.Name, number: Int), code: Int32) throws {
    try folder.write("list", "old\n")
    let before = try folder.identity("list")
    var made = 0
    var system = SystemCalls()
    system.fault = { name in
      guard name == call.name else { return nil }
      made += 1
      return made == call.number ? .error(code) : nil
    }
    let error = #expect(throws: EntraSyncError.self) {
      try replace("list", with: "new\n", system: system)
    }
    #expect(error?.status == .file)
    #expect(error?.message.contains("the list was left as it is") == true)
    #expect(try folder.identity("list") == before)
    #expect(try folder.read("list") == "old\n")
    #expect(try folder.names() == ["list"])
  }

  @Test("is written whole when the system interrupts every call once")
  func repeatsInterruptedCalls() throws {
    try folder.write("list", "old\n")
    var interrupted: Set<SystemCalls.Name> = []
    var system = SystemCalls()
    system.fault = { interrupted.insert($0).inserted ? .error(EINTR) : nil }
    #expect(try replace("list", with: "new\n", system: system))
    #expect(try folder.read("list") == "new\n")
    #expect(interrupted.isSuperset(of: [.open, .fstat, .read, .write, .fchmod, .fsync, .rename]))
  }

  @Test("says so when the folder cannot be synced after the list is in place")
  func reportsLateFailure() throws {
    try folder.write("list", "old\n")
    var syncs = 0
    var system = SystemCalls()
    system.fault = { call in
      guard call == .fsync else { return nil }
      syncs += 1
      return syncs == 2 ? .error(EIO) : nil
    }
    let error = #expect(throws: EntraSyncError.self) {
      try replace("list", with: "new\n", system: system)
    }
    #expect(error?.message.contains("the new list is in place") == true)
    #expect(try folder.read("list") == "new\n")
  }
}
