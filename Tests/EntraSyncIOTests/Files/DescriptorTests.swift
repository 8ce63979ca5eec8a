import EntraSync
import Foundation
import Testing

@testable import EntraSyncIO

@Suite("File descriptors")
struct DescriptorTests {
  /// Something that opens files, and the world that it begins with.
  struct Work: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let prepare: @Sendable (TemporaryFolder) throws -> Void
    let run: @Sendable (TemporaryFolder, SystemCalls) throws -> Void
  }

  static let list = Work(testDescription: "a list is replaced") {
    try $0.write("real", "old\n", mode: 0o640)
    try $0.write("real.accept", "")
    symlink($0.path("real").text, $0.path("list").text)
  } run: { folder, system in
    let held = try ListFile(folder.path("list"), system: system).hold(waitingAtMost: 0)
    _ = try held.read()
    try held.keepProposal(Array("new\n".utf8), text: Array("+ new\n".utf8))
    _ = held.takeAcceptance()
    _ = try held.replace(with: Array("new\n".utf8))
    held.removeProposal()
  }

  static let heldList = Work(testDescription: "a list that another run holds is only read") {
    try $0.write("list", "old\n")
  } run: { folder, system in
    let held = try ListFile(folder.path("list")).hold(waitingAtMost: 0)
    let list = ListFile(folder.path("list"), system: system)
    _ = try list.read()
    _ = try? list.hold(waitingAtMost: 0)
    _ = try held.read()
  }

  static let audit = Work(testDescription: "an audit is written") {
    try $0.write("audit", "torn")
    try $0.write("list", "")
  } run: { folder, system in
    let audit = try AuditFile(
      folder.path("audit"), apartFrom: [folder.path("list"), folder.path("none")], system: system)
    try audit.append(["one"])
    try audit.sync()
  }

  static let state = Work(testDescription: "the state folder is used") { _ in
  } run: { folder, system in
    let state = try StateFolder(
      folder.path("state"), for: TokenStore.kind, system: system)
    let name = Path("\(TokenBinding.namePrefix)1")
    try state.put(Secret("content".utf8), as: name)
    _ = try state.read(name, limit: 100)
    state.removeLeftovers(now: 0)
    try state.remove(name)
  }

  /// Does the work in a new folder.
  ///
  /// - Returns: What is open afterwards.
  private static func open(after work: Work, _ system: SystemCalls) throws -> [Int32] {
    let folder = try TemporaryFolder()
    try work.prepare(folder)
    try? work.run(folder, system)
    return PrivateDescriptors.open
  }

  @Test(
    "The open descriptors are the same before and after, whichever system call fails",
    arguments: [list, heldList, audit, state],
    [EIO, ENOSPC, ENOENT, EACCES, EEXIST, ELOOP, EBADF, EINTR])
  func leavesNoneOpen(work: Work, code: Int32) async throws {
    let (leaks, count) = try await PrivateDescriptors.with {
      let before = PrivateDescriptors.open
      var leaks: [String] = []
      let calm = SystemFaults()
      if try Self.open(after: work, calm.system) != before { leaks.append("a calm run") }
      for (number, call) in zip(1..., calm.calls) {
        let system = SystemFaults(at: number, .error(code)).system
        if try Self.open(after: work, system) != before { leaks.append("call \(number), \(call)") }
      }
      return (leaks, calm.calls.count)
    }
    #expect(leaks.isEmpty)
    #expect(count > 10)
  }

  @Test("A descriptor that is not closed is noticed by these tests")
  func noticesLeak() async throws {
    let opened = try await PrivateDescriptors.with {
      let before = PrivateDescriptors.open.count
      let kept = try SystemCalls().open(Path("/"), O_RDONLY)
      kept.release()
      return PrivateDescriptors.open.count - before
    }
    #expect(opened == 1)
  }

  /// What may stand in the place of a list, an audit or a state folder.
  static let obstacles: [@Sendable (String) -> Int32] = [
    { mkfifo($0, 0o600) }, { mkdir($0, 0o755) }, { symlink("loop", $0) }, { _ in 0 },
    { symlink("/none/x", $0) }, { symlink("/dev/null", $0) }, { symlink("/", $0) },
  ]

  @Test(
    "The open descriptors are the same before and after something is refused",
    arguments: obstacles.indices)
  func leavesNoneOpenWhenRefusing(index: Int) async throws {
    let leaks = try await PrivateDescriptors.with {
      let before = PrivateDescriptors.open
      var leaks: [String] = []
      for work in [Self.list, Self.heldList, Self.audit, Self.state] {
        let folder = try TemporaryFolder()
        for name in ["list", "audit", "state", "loop"] {
          guard Self.obstacles[index](folder.path(name).text) == 0 else { throw Errno(code: errno) }
        }
        try? work.run(folder, SystemCalls())
        if PrivateDescriptors.open != before { leaks.append(work.testDescription) }
      }
      return leaks
    }
    #expect(leaks.isEmpty)
  }
}
