import EntraSync
import Foundation
import Testing

@testable import EntraSyncIO

@Suite("When the system fails, a list's file")
struct ListFaultTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// One whole run over a file that is there: hold, read, replace.
  private func run(_ faults: SystemFaults) throws {
    let held = try ListFile(folder.path("list"), system: faults.system).hold(waitingAtMost: 0)
    _ = try held.read()
    _ = try held.replace(with: Array("new\n".utf8))
  }

  /// Gives the list an extended attribute, which a run has to take over.
  private func label() throws {
    let system = SystemCalls()
    let descriptor = try system.open(folder.path("list"), O_RDONLY)
    try system.setAttribute(
      Path("user.note"), of: descriptor, to: [UInt8](repeating: 7, count: 1500))
  }

  /// How many calls a calm run makes.
  private func countCalls() throws -> [SystemCalls.Name] {
    try folder.write("list", "old\n")
    try label()
    let calm = SystemFaults()
    try run(calm)
    return calm.calls
  }

  @Test(
    "A list's file is whole, the old one or the new one, whichever system call fails",
    arguments: [ENOSPC, EIO, EDQUOT, EROFS, EACCES, ENOENT, EXDEV, EPERM, ENOMEM, EBADF])
  func survivesEveryCall(code: Int32) throws {
    let calls = try countCalls()
    #expect(calls.count > 20)
    // A call that is no longer made would only make this list shorter.
    let durable = calls.filter { [.write, .fsync, .rename].contains($0) }
    #expect(durable == [.write, .fsync, .rename, .fsync])
    var refusals = 0
    for number in 1...calls.count {
      try folder.write("list", "old\n", mode: 0o640)
      try label()
      let before = try folder.identity("list")
      let faults = SystemFaults(at: number, .error(code))
      let place = "call \(number), \(calls[number - 1]), errno \(code)"
      do {
        try run(faults)
        #expect(try folder.read("list") == "new\n", "\(place)")
      } catch let error as EntraSyncError {
        refusals += 1
        #expect(error.message.hasPrefix(folder.path("list").text + ": "), "\(place)")
        #expect(error.message == error.message.singleLine)
        if error.message.contains("the new list is in place") {
          #expect(faults.struck == .fsync)
          #expect(try folder.read("list") == "new\n", "\(place)")
        } else {
          #expect(error.message.contains("the list was left as it is: "), "\(error.message)")
          #expect(try folder.read("list") == "old\n", "\(place)")
          #expect(try folder.identity("list") == before, "\(place)")
        }
        // A file that seems to be gone looks like one that somebody else has replaced.
        let status: Status? = [ENOENT: .busy, EBADF: .invalidArgument][code]
        #expect([.file, status].contains(error.status))
      }
      #expect(faults.struck == calls[number - 1])
      #expect(faults.calls.count { $0 == .open } >= faults.calls.count { $0 == .close })
      #expect(try folder.names() == ["list"], "\(place)")
    }
    #expect(refusals > 10)
  }

  @Test("A list's file is written whole, whichever system calls are interrupted")
  func repeatsInterruptedCalls() throws {
    let calls = try countCalls()
    for number in 1...calls.count {
      try folder.write("list", "old\n")
      try run(SystemFaults(at: number, .error(EINTR)))
      #expect(try folder.read("list") == "new\n")
    }
    try folder.write("list", "old\n")
    var interrupted: Set<SystemCalls.Name> = []
    var system = SystemCalls()
    system.fault = { interrupted.insert($0).inserted ? .error(EINTR) : nil }
    let held = try ListFile(folder.path("list"), system: system).hold()
    _ = try held.read()
    #expect(try held.replace(with: Array("new\n".utf8)))
    #expect(try folder.read("list") == "new\n")
    #expect(interrupted.isSuperset(of: Set(calls).subtracting([.close])))
  }

  @Test("A list's file is read and written whole if the system takes small pieces")
  func survivesShortCalls() throws {
    let old = (1...5000).map { "person\($0)@example.com\n" }.joined()
    let new = (1...5000).map { "other\($0)@example.com\n" }.joined()
    try folder.write("list", old)
    var system = SystemCalls()
    var pieces = 0
    system.fault = { name in
      guard name == .write || name == .read else { return nil }
      pieces += 1
      return .short
    }
    let held = try ListFile(folder.path("list"), system: system).hold()
    #expect(String(decoding: try held.read(), as: UTF8.self) == old)
    #expect(try held.replace(with: Array(new.utf8)))
    #expect(try folder.read("list") == new)
    #expect(pieces > 15)
  }

  /// A run that keeps a proposal; how many calls it had made before that.
  private func propose(_ faults: SystemFaults) throws -> Int {
    let held = try ListFile(folder.path("list"), system: faults.system).hold(waitingAtMost: 0)
    _ = try held.read()
    let before = faults.calls.count
    try held.keepProposal(Array("new\n".utf8), text: Array("+ new\n".utf8))
    return before
  }

  @Test("A list's file is left alone if a proposal cannot be kept, and no part of that stays")
  func keepsNoHalfProposal() throws {
    try folder.write("list", "old\n", mode: 0o640)
    let before = try folder.identity("list")
    let calm = SystemFaults()
    let first = try propose(calm) + 1
    #expect(try folder.names() == ["list", "list.proposed", "list.proposed.diff"])
    #expect(try folder.identity("list.proposed").last == before.last)
    #expect(try folder.identity("list.proposed.diff").last == before.last)
    try ListFile(folder.path("list")).hold().removeProposal()
    for number in first...calm.calls.count where calm.calls[number - 1] != .close {
      let faults = SystemFaults(at: number, .error(ENOSPC))
      #expect(throws: Errno(code: ENOSPC)) { try propose(faults) }
      #expect(try folder.identity("list") == before)
      #expect(try folder.names() == ["list"])
    }
  }

  @Test("On a read-only disk, an acceptance that stays does not count")
  func looksBeforeItTakes() throws {
    try folder.write("list", "old\n")
    var system = SystemCalls()
    system.fault = { $0 == .unlink ? .error(EROFS) : nil }
    let held = try ListFile(folder.path("list"), system: system).hold()
    #expect(held.takeAcceptance().remarks.isEmpty)
    try folder.write("list.accept", "")
    let consent = held.takeAcceptance()
    #expect(!consent.isTaken && consent.acceptance == nil)
    #expect(
      consent.remarks == [
        "\(folder.path("list.accept").text) does not count, since it cannot be removed "
          + "(Read-only file system); remove it"
      ])
    #expect(try folder.names() == ["list", "list.accept"])
  }

  /// What may take a proposal's place after it was looked at.
  static let swaps: [@Sendable (_ file: String, _ other: String) -> Int32] = [
    { rename($0, $1) + symlink($1, $0) }, { link($0, $1) },
  ]

  @Test(
    "A proposal that becomes a symbolic or a hard link after it was looked at accepts nothing",
    arguments: swaps.indices, [1, 2])
  func looksAtWhatItOpens(index: Int, number: Int) throws {
    try folder.write("list", "old\n")
    let name = number == 1 ? "list.proposed" : "list.proposed.diff"
    let (file, other) = (folder.path(name).text, folder.path("other").text)
    var opens: Int?
    var system = SystemCalls()
    system.fault = { call in
      guard call == .open, let made = opens else { return nil }
      opens = made + 1
      return made + 1 == number && Self.swaps[index](file, other) != 0 ? .error(EIO) : nil
    }
    let held = try ListFile(folder.path("list"), system: system).hold()
    _ = try held.read()
    try held.keepProposal(Array("new\n".utf8), text: Array("- old\n+ new\n".utf8))
    try folder.write("list.accept", "")
    #expect(held.takeAcceptance().acceptance != nil)

    try folder.write("list.accept", "")
    opens = 0
    let consent = held.takeAcceptance()
    #expect(opens == number)
    #expect(try folder.names().contains("other"))
    #expect(consent.isTaken && consent.acceptance == nil)
    #expect(consent.remarks.first?.contains("a proposal that can be read") == true)
  }

  @Test("A symbolic link in a proposal's place is replaced and not followed")
  func replacesLink() throws {
    try folder.write("list", "old\n")
    try folder.write("theirs", "theirs\n")
    for name in ["list.proposed", "list.proposed.diff"] {
      try #require(symlink("theirs", folder.path(name).text) == 0)
    }
    let held = try ListFile(folder.path("list")).hold()
    _ = try held.read()
    try folder.write("list.accept", "")
    let consent = held.takeAcceptance()
    #expect(consent.isTaken && consent.acceptance == nil)
    #expect(consent.remarks.count { $0.contains("is ignored, since it is a symbolic link") } == 2)
    held.removeProposal()
    try held.keepProposal(Array("new\n".utf8), text: Array("+ new\n".utf8))
    #expect(try folder.read("theirs") == "theirs\n")
    #expect(try folder.read("list.proposed") == "new\n")
    for name in ["list.proposed", "list.proposed.diff"] {
      #expect(try folder.identity(name).last == "mode 100644")
    }
  }

  @Test("A list's file and its folder are synced, each after what it has to keep")
  func syncsInOrder() throws {
    try folder.write("list", "old\n")
    let faults = SystemFaults()
    let held = try ListFile(folder.path("list"), system: faults.system).hold(waitingAtMost: 0)
    _ = try held.read()
    let before = faults.calls.count
    _ = try held.replace(with: Array("new\n".utf8))
    let steps: [SystemCalls.Name] = [.write, .fsync, .rename]
    let made = faults.calls[before...].filter { steps.contains($0) }
    #expect(made == [.write, .fsync, .rename, .fsync])

    try folder.write("list.accept", "")
    let taken = faults.calls.count
    #expect(held.takeAcceptance().isTaken)
    let kept: [SystemCalls.Name] = [.unlink, .fsync]
    #expect(faults.calls[taken...].filter { kept.contains($0) } == [.unlink, .fsync])
  }

  @Test(
    "A list whose folder cannot be synced by its file system is replaced all the same",
    arguments: [EINVAL, ENOTSUP, ENOSYS, EBADF])
  func toleratesUnsyncedFolder(code: Int32) throws {
    try folder.write("list", "old\n")
    var syncs = 0
    var system = SystemCalls()
    system.fault = { name in
      guard name == .fsync else { return nil }
      syncs += 1
      return syncs == 2 ? .error(code) : nil
    }
    let held = try ListFile(folder.path("list"), system: system).hold()
    _ = try held.read()
    #expect(try held.replace(with: Array("new\n".utf8)))
    #expect(syncs == 2)
    #expect(try folder.read("list") == "new\n")
  }

  @Test("A list whose folder cannot be synced is in place, which is said with what is not known")
  func saysWhatIsKnown() throws {
    try folder.write("list", "old\n")
    try folder.write("list.proposed", "other\n")
    var syncs = 0
    var system = SystemCalls()
    system.fault = { name in
      guard name == .fsync else { return nil }
      syncs += 1
      return syncs == 2 ? .error(EIO) : nil
    }
    let held = try ListFile(folder.path("list"), system: system).hold()
    _ = try held.read()
    let error = #expect(throws: EntraSyncError.self) { try held.replace(with: Array("new\n".utf8)) }
    #expect(error?.status == .file)
    #expect(
      error?.message
        == "\(folder.path("list").text): the new list is in place, but a power failure might bring the "
        + "old one back, since its folder cannot be synced (Input/output error); check the disk")
    // The proposal is out of date, whatever becomes of the new list.
    #expect(try folder.names() == ["list"])
    #expect(try folder.read("list") == "new\n")
  }

  @Test(
    "A list that is a mount point of its own says so, and what to do", arguments: [EBUSY, EXDEV])
  func knowsMountPoints(code: Int32) throws {
    try folder.write("list", "old\n")
    var system = SystemCalls()
    system.fault = { $0 == .rename ? .error(code) : nil }
    let held = try ListFile(folder.path("list"), system: system).hold()
    _ = try held.read()
    let error = #expect(throws: EntraSyncError.self) { try held.replace(with: Array("new\n".utf8)) }
    #expect(error?.status == .file)
    #expect(
      error?.message
        == "\(folder.path("list").text): the list was left as it is: it cannot be replaced "
        + "(\(Errno(code: code).reason)), since it is a mount point of its own, such as a container's "
        + "mount of a single file; mount its folder instead")
    #expect(try folder.names() == ["list"])
  }

  @Test(
    "An acceptance that something is mounted on does not count, and the message says why")
  func knowsMountedAcceptance() throws {
    try folder.write("list", "old\n")
    try folder.write("list.accept", "")
    var system = SystemCalls()
    system.fault = { $0 == .unlink ? .error(EBUSY) : nil }
    let held = try ListFile(folder.path("list"), system: system).hold()
    #expect(
      held.takeAcceptance().remarks == [
        "\(folder.path("list.accept").text) does not count, since it is a mount point of its own "
          + "(Device or resource busy); remove it"
      ])
  }

  @Test(
    "A new list and a proposal can be read by their owner, whatever the umask is",
    arguments: [0o777, 0o400, 0o077] as [mode_t])
  func outlivesUmask(mask: mode_t) async throws {
    let path = folder.path("list")
    try await PrivateUmask.with(mask) {
      let held = try ListFile(path).hold()
      _ = try held.read()
      try held.keepProposal(Array("new\n".utf8), text: Array("+ new\n".utf8))
      _ = try held.replace(with: Array("new\n".utf8))
    }
    let modes = [mode_t(0o777): "600", 0o400: "666", 0o077: "600"]
    #expect(try folder.identity("list").last == "mode 100\(modes[mask] ?? "")")
    #expect(try folder.names() == ["list"])
    try await PrivateUmask.with(mask) {
      let held = try ListFile(path.appending("2")).hold()
      _ = try held.read()
      try held.keepProposal(Array("new\n".utf8), text: Array("+ new\n".utf8))
    }
    #expect(try folder.identity("list2.proposed").last == "mode 100600")
    #expect(try folder.identity("list2.proposed.diff").last == "mode 100600")
  }

  @Test("A list's temporary file is for its owner alone until it has the list's rights")
  func hidesTemporaryFile() async throws {
    try folder.write("list", "old\n", mode: 0o644)
    let path = folder.path("list")
    let modes = try await PrivateUmask.with(0) {
      var modes: [mode_t] = []
      var system = SystemCalls()
      system.fault = { name in
        guard name == .write else { return nil }
        let folder = path.folder.text
        for file in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        where file.hasPrefix(".entrasync-") {
          var status = stat()
          lstat("\(folder)/\(file)", &status)
          modes.append(status.st_mode)
        }
        return nil
      }
      let held = try ListFile(path, system: system).hold()
      _ = try held.read()
      _ = try held.replace(with: Array("new\n".utf8))
      try held.keepProposal(Array("new\n".utf8), text: Array("+ new\n".utf8))
      return modes
    }
    #expect(modes == [0o100600, 0o100600, 0o100600])
  }

  @Test("A list's file that cannot be read is no empty list", arguments: [EACCES, EIO, EPERM])
  func refusesUnreadable(code: Int32) throws {
    try folder.write("list", "old\n")
    for call in [SystemCalls.Name.fstat, .read] {
      var system = SystemCalls()
      system.fault = { $0 == call ? .error(code) : nil }
      let error = #expect(throws: EntraSyncError.self) {
        try ListFile(folder.path("list"), system: system).read()
      }
      #expect(error?.status == .file)
    }
  }
}
