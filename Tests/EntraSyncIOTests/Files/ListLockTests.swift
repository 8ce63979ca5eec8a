import EntraSync
import Foundation
import Testing

@testable import EntraSyncIO

@Suite("A list that is held")
struct ListLockTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private var list: ListFile { ListFile(folder.path("list")) }

  @Test(
    "A second run cannot lock a list, and says which process has locked it",
    arguments: [true, false])
  func isExclusive(isThere: Bool) throws {
    if isThere { try folder.write("list", "old\n") }
    let held = try list.hold()
    let error = #expect(throws: EntraSyncError.self) { try list.hold(waitingAtMost: 0) }
    #expect(error?.status == .busy)
    #expect(
      error?.message.contains("process \(getpid()) (") == true, "\(error?.message ?? "")")
    #expect(held.path.text == folder.path("list").text)
  }

  @Test(
    "A list is free again when its lock is released, and no file is left behind",
    arguments: [true, false])
  func isReleased(isThere: Bool) throws {
    if isThere { try folder.write("list", "old\n") }
    for _ in 1...3 {
      let held = try list.hold(waitingAtMost: 0)
      #expect(try held.read() == Array((isThere ? "old\n" : "").utf8))
    }
    #expect(try folder.names() == (isThere ? ["list"] : []))
  }

  @Test(
    "A list stays locked when it has been replaced, until the run ends", arguments: [true, false])
  func staysHeld(isThere: Bool) throws {
    if isThere { try folder.write("list", "old\n") }
    do {
      let held = try list.hold()
      _ = try held.read()
      _ = try held.replace(with: Array("new\n".utf8))
      let error = #expect(throws: EntraSyncError.self) { try list.hold(waitingAtMost: 0) }
      #expect(error?.status == .busy)
      held.removeProposal()
    }
    #expect(try list.hold(waitingAtMost: 0).read() == Array("new\n".utf8))
  }

  @Test("A locked list is waited for in small steps, for as long as the run may wait")
  func isWaitedFor() throws {
    try folder.write("list", "old\n")
    let held = try list.hold()
    var waits: [Double] = []
    let error = #expect(throws: EntraSyncError.self) {
      try list.hold(waitingAtMost: 1) { waits.append($0) }
    }
    #expect(error?.status == .busy)
    #expect(waits.count == 10 && waits.allSatisfy { $0 == 0.1 })
    _ = held.path
  }

  @Test("A run that waits for a list gets it as the other run has left it")
  func isHandedOver() throws {
    try folder.write("list", "old\n")
    var held: HeldList? = try list.hold()
    _ = try held?.read()
    _ = try held?.replace(with: Array("new\n".utf8))
    let next = try list.hold(waitingAtMost: 1) { _ in held = nil }
    #expect(try next.read() == Array("new\n".utf8))
  }

  @Test(
    "The file that a list's name leads to is locked, also if it is replaced or made just before",
    arguments: [true, false])
  func isCurrent(isThere: Bool) throws {
    if isThere { try folder.write("list", "old\n") }
    var system = SystemCalls()
    var replaced = false
    system.fault = { name in
      if name == .flock, !replaced {
        replaced = true
        rename(folder.url.path + "/next", folder.url.path + "/list")
      }
      return nil
    }
    try folder.write("next", "new\n")
    let held = try ListFile(folder.path("list"), system: system).hold(waitingAtMost: 0)
    #expect(replaced)
    let error = #expect(throws: EntraSyncError.self) { try list.hold(waitingAtMost: 0) }
    #expect(error?.status == .busy)
    #expect(try held.read() == Array("new\n".utf8))
  }

  @Test("A locked list is not waited for any longer when the run is cancelled")
  func stopsWaiting() throws {
    try folder.write("list", "old\n")
    let held = try list.hold()
    let stop = EntraSyncError(.cancelled, "stopped on request")
    #expect(throws: stop) {
      try list.hold { (_) throws(EntraSyncError) in throw stop }
    }
    _ = held.path
  }

  @Test("A locked list does not lock another list of the same folder")
  func holdsOneList() throws {
    try folder.write("list", "old\n")
    try folder.write("other", "old\n")
    let held = try list.hold()
    let other = try ListFile(folder.path("other")).hold(waitingAtMost: 0)
    #expect(held.path.text != other.path.text)
  }

  @Test("Locking a list removes what a killed run has left of it, and nothing else")
  func clearsLeftovers() throws {
    try folder.write("list", "old\n")
    let mine = TemporaryName(of: Path("list")).next().text
    let others = TemporaryName(of: Path("other")).next().text
    for name in [mine, others, ".entrasync-x.tmp", "unrelated.tmp"] {
      try folder.write(name, "half")
    }
    _ = try list.hold().read()
    #expect(
      try folder.names() == [".entrasync-x.tmp", others, "list", "unrelated.tmp"].sorted())
  }

  @Test("A list is locked again if somebody has replaced its file meanwhile")
  func followsReplacement() throws {
    try folder.write("list", "old\n")
    let held = try list.hold()
    try folder.write("new", "theirs\n")
    #expect(rename(folder.path("new").text, folder.path("list").text) == 0)
    #expect(try held.read() == Array("theirs\n".utf8))
    let error = #expect(throws: EntraSyncError.self) { try list.hold(waitingAtMost: 0) }
    #expect(error?.status == .busy)
    #expect(try held.replace(with: Array("new\n".utf8)))
  }

  @Test("A list that somebody has removed meanwhile stays locked, as one without a file")
  func followsRemoval() throws {
    try folder.write("list", "old\n")
    let held = try list.hold()
    try FileManager.default.removeItem(atPath: folder.path("list").text)
    #expect(try held.read() == [])
    let error = #expect(throws: EntraSyncError.self) { try list.hold(waitingAtMost: 0) }
    #expect(error?.status == .busy)
    #expect(try held.replace(with: Array("new\n".utf8)))
    #expect(try folder.read("list") == "new\n")
  }

  @Test("A list is not read if another run has locked the file that replaced it")
  func leavesReplacementToOthers() throws {
    try folder.write("list", "old\n")
    let held = try list.hold()
    try folder.write("new", "theirs\n")
    #expect(rename(folder.path("new").text, folder.path("list").text) == 0)
    let other = try list.hold(waitingAtMost: 0)
    let error = #expect(throws: EntraSyncError.self) { try held.read() }
    #expect(error?.status == .busy)
    #expect(try other.read() == Array("theirs\n".utf8))
  }
}
