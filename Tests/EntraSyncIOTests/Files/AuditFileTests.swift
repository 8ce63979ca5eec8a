import EntraSync
import Foundation
import Testing

@testable import EntraSyncIO

@Suite("An audit's file")
struct AuditFileTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// What the file holds, a line each, without the time and the run.
  private func lines() throws -> [String] {
    try folder.read("audit").split(separator: "\n", omittingEmptySubsequences: false).map {
      String($0.replacing(/^\S+\s\[\w+\]\s/, with: ""))
    }
  }

  @Test("An audit's file grows by whole lines, run after run")
  func grows() throws {
    try AuditFile(folder.path("audit")).append(["one", "two"])
    try AuditFile(folder.path("audit")).append(["three"])
    #expect(try lines() == ["one", "two", "three", ""])
  }

  @Test("An audit's file begins a new line after one that was cut")
  func mendsTornLine() throws {
    try folder.write("audit", "2026-11-24T21:05:09Z [1k3] one\n2026-11-24T21:0")
    let audit = try AuditFile(folder.path("audit"))
    try audit.append(["three"])
    try audit.append(["four"])
    #expect(try lines() == ["one", "2026-11-24T21:0", "three", "four", ""])
  }

  @Test("An audit's file begins a new line after the run's own write was cut")
  func mendsOwnTornLine() throws {
    var writes = 0
    var system = SystemCalls()
    system.fault = { name in
      guard name == .write else { return nil }
      writes += 1
      return writes == 1 ? .short : writes == 2 ? .error(ENOSPC) : nil
    }
    let audit = try AuditFile(folder.path("audit"), system: system)
    let error = #expect(throws: EntraSyncError.self) { try audit.append(["one and a half"]) }
    #expect(error?.message.contains("No space left on device); make room there") == true)
    try audit.append(["two"])
    let found = try lines()
    #expect(found.count == 3 && found[1] == "two" && found[2].isEmpty, "\(found)")
  }

  @Test("An audit's file reports an error if it cannot be synced to the disk")
  func syncs() throws {
    var fails = false
    var system = SystemCalls()
    system.fault = { $0 == .fsync && fails ? .error(EIO) : nil }
    let audit = try AuditFile(folder.path("audit"), system: system)
    try audit.append(["one"])
    try audit.sync()
    fails = true
    let error = #expect(throws: EntraSyncError.self) { try audit.sync() }
    #expect(error?.status == .file)
  }

  @Test("A new audit's file is on the disk with its folder, before anything is written to it")
  func syncsFolderOfNewFile() throws {
    let steps: [SystemCalls.Name] = [.write, .fsync]
    for expected in [[.fsync, .write, .fsync], [.write, .fsync]] as [[SystemCalls.Name]] {
      let faults = SystemFaults()
      let audit = try AuditFile(folder.path("audit"), system: faults.system)
      try audit.append(["one"])
      try audit.sync()
      #expect(faults.calls.filter { steps.contains($0) } == expected)
    }
  }

  @Test("A new audit's file is made in a folder that its file system cannot sync")
  func toleratesUnsyncedFolder() throws {
    var system = SystemCalls()
    system.fault = { $0 == .fsync ? .error(EINVAL) : nil }
    try AuditFile(folder.path("audit"), system: system).append(["one"])
    #expect(try lines() == ["one", ""])
  }

  @Test("An audit's file is not reached by a symbolic link that appears after its path was walked")
  func followsNoLateLink() throws {
    let calm = SystemFaults()
    _ = try AuditFile(folder.path("audit"), system: calm.system)
    let opens = calm.calls.count { $0 == .open }
    try FileManager.default.removeItem(atPath: folder.path("audit").text)
    var made = 0
    var system = SystemCalls()
    system.fault = { [folder] name in
      if name == .open { made += 1 }
      if name == .open, made == opens { symlink("elsewhere", folder.path("audit").text) }
      return nil
    }
    let error = #expect(throws: EntraSyncError.self) {
      try AuditFile(folder.path("audit"), system: system)
    }
    #expect(error?.status == .file)
    #expect(try folder.names() == ["audit"])
  }

  @Test("An audit below a file says that its folder is a file, and what to do")
  func refusesFileAsFolder() throws {
    try folder.write("file", "zero\n")
    let refusal = refusal(of: folder.path("file/audit"), SystemFaults())
    #expect(
      refusal?.hasSuffix("cannot be made, since its folder is a file; name another") == true,
      "\(refusal ?? "no refusal")")
  }

  @Test(
    "An audit is not added to a file of another kind, which stays as it is",
    arguments: [
      ("#!/bin/sh\necho\n", 0o644, "does not begin as an audit does; name a file that is missing"),
      ("", 0o700, "is executable, which no audit is; name another file, or chmod a-x it"),
      ("2026-11-24T21:05:09Z [1k3] one\n", 0o610, "is executable, which no audit is"),
    ])
  func refusesOtherKinds(content: String, mode: Int, problem: String) throws {
    try folder.write("audit", content, mode: mode)
    let before = try folder.identity("audit")
    let refusal = refusal(of: folder.path("audit"), SystemFaults())
    #expect(refusal?.contains(problem) == true, "\(refusal ?? "no refusal")")
    #expect(try folder.identity("audit") == before)
    #expect(try folder.read("audit") == content)
  }

  @Test("An audit goes on after a run whose first line a full disk did not take at all")
  func goesOnAfterNothing() throws {
    var writes = 0
    var system = SystemCalls()
    system.fault = { name in
      guard name == .write else { return nil }
      writes += 1
      return writes == 1 ? .error(ENOSPC) : nil
    }
    let audit = try AuditFile(folder.path("audit"), system: system)
    #expect(throws: EntraSyncError.self) { try audit.append(["one"]) }
    try audit.append(["two"])
    try AuditFile(folder.path("audit")).append(["three"])
    #expect(try lines() == ["", "two", "three", ""])
  }

  @Test("A new audit can be written by its owner, whatever the umask is")
  func outlivesUmask() async throws {
    let path = folder.path("audit")
    try await PrivateUmask.with(0o777) { try AuditFile(path).append(["one"]) }
    #expect(try folder.identity("audit").last == "mode 100600")
  }

  @Test(
    "An audit's file is closed once, also if it is not a regular file", arguments: [true, false])
  func closesOnce(isFile: Bool) throws {
    if isFile { try folder.write("audit", "2026-11-24T21:05:09Z [1k3] zero\n") }
    if !isFile { #expect(mkfifo(folder.url.path + "/audit", 0o600) == 0) }
    let faults = SystemFaults()
    let refusal = refusal(of: folder.path("audit"), faults)
    #expect(isFile ? refusal == nil : refusal?.contains("is not a regular file") == true)
    #expect(faults.calls.count { $0 == .open } == faults.calls.count { $0 == .close })
  }

  /// Why a file is not taken, or written to; `nil` where it is.
  private func refusal(of path: Path, _ faults: SystemFaults) -> String? {
    do throws(EntraSyncError) {
      try AuditFile(path, system: faults.system).append(["one"])
      return nil
    } catch {
      return error.message
    }
  }
}
