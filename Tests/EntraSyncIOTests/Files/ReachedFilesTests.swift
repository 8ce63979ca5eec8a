import EntraSync
import Foundation
import Testing

@testable import EntraSyncIO

@Suite("How the files that a configuration names are opened")
struct ReachedFilesTests {
  /// A user who may write the configuration.
  private static let writer: uid_t = 1001

  private let folder: TemporaryFolder
  /// The reach of that user's configuration in `home`.
  private let reach: Reach

  init() throws {
    folder = try TemporaryFolder()
    for name in ["home", "system"] {
      try FileManager.default.createDirectory(
        atPath: folder.path(name).text, withIntermediateDirectories: false)
    }
    try folder.write("system/shadow", "root:secret\n", mode: 0o600)
    let system = SystemCalls()
    let above = try Reach.Folder.all(
      from: system.open(folder.path("home"), Reach.Folder.flags), system: system)
    reach = Reach(of: .user(Self.writer), home: above.first, above: above)
  }

  /// How a file is refused; `nil` if it is opened.
  private func refusal(_ name: String, system: SystemCalls = SystemCalls()) -> String? {
    do throws(Reach.Refusal) {
      _ = try RegularFile(folder.path(name), within: reach, limit: 1000, system: system)
      return nil
    } catch {
      return error.name
    }
  }

  /// Whether somebody has opened a file, for reading or writing, while `body` ran.
  private func isOpened(_ path: String, _ body: () throws -> Void) throws -> Bool {
    let events = inotify_init()
    try #require(events >= 0)
    defer { close(events) }
    try #require(fcntl(events, F_SETFL, O_NONBLOCK) == 0)
    try #require(inotify_add_watch(events, path, UInt32(IN_OPEN)) >= 0)
    try body()
    var buffer = [UInt8](repeating: 0, count: 1024)
    return read(events, &buffer, buffer.count) > 0
  }

  @Test("What a configuration may not name, and what is no regular file, is not opened at all")
  func judgesBeforeOpening() throws {
    let (fifo, shadow) = (folder.path("home/fifo").text, folder.path("system/shadow").text)
    try #require(mkfifo(fifo, 0o600) == 0)
    try #require(symlink(fifo, folder.path("home/link").text) == 0)
    let pipe = try isOpened(fifo) {
      #expect(refusal("home/fifo") == "Invalid argument")
      #expect(refusal("home/link") == "Invalid argument")
      #expect(throws: Errno(code: EINVAL)) {
        try RegularFile(folder.path("home/link"), limit: 1000, system: SystemCalls())
      }
      #expect(throws: EntraSyncError.self) { try ConfigurationFile.read(folder.path("home/link")) }
    }
    #expect(!pipe)
    let outside = try isOpened(shadow) { #expect(refusal("system/shadow") == "outside") }
    #expect(!outside)
    let control = try isOpened(shadow) { _ = try folder.read("system/shadow") }
    #expect(control)
    #expect(refusal("home") == "outside")
    #expect(refusal("home/") == "Is a directory")
  }

  @Test("A hard link that its user removes while the file is opened does not become the only name")
  func seesVanishingLinks() throws {
    let linked = folder.path("home/linked").text
    var strikes = 1
    var isStruck = true
    while isStruck {
      try #require(link(folder.path("system/shadow").text, linked) == 0)
      var (calls, system) = (0, SystemCalls())
      system.fault = { _ in
        calls += 1
        if calls == strikes { unlink(linked) }
        return nil
      }
      #expect(refusal("home/linked", system: system) != nil, "removed before call \(strikes)")
      isStruck = unlink(linked) != 0
      strikes += 1
    }
    #expect(strikes > 5)
  }

  @Test("An audit's hard link that vanishes while it is opened does not lead to a file elsewhere")
  func auditsNoVanishingLink() throws {
    let linked = folder.path("home/audit").text
    try folder.write("system/log", "", mode: 0o600)
    var strikes = 1
    var isStruck = true
    while isStruck {
      try #require(link(folder.path("system/log").text, linked) == 0)
      var (calls, system) = (0, SystemCalls())
      system.fault = { _ in
        calls += 1
        if calls == strikes { unlink(linked) }
        return nil
      }
      try? AuditFile(folder.path("home/audit"), within: reach, system: system).append(["one"])
      #expect(try folder.read("system/log").isEmpty, "removed before call \(strikes)")
      isStruck = calls >= strikes
      unlink(linked)
      strikes += 1
    }
    #expect(strikes > 5)
  }

  @Test("What the system says of a folder elsewhere is not told to whoever may not name its files")
  func tellsNothingOfOthers() throws {
    for name in ["shadow/", "shadow/a", "shadow/../a", "none/", "none/a", "none/../a", ".", "./"] {
      #expect(refusal("system/\(name)") == "outside", "\(name)")
      try #require(symlink("../system/\(name)", folder.path("home/link").text) == 0)
      #expect(refusal("home/link") == "outside", "a link to \(name)")
      unlink(folder.path("home/link").text)
      let problem = #expect(throws: EntraSyncError.self) {
        try AuditFile(folder.path("system/\(name)"), within: reach)
      }
      #expect(problem?.message.hasSuffix("cannot be used: \(reach.refusal)") == true, "\(name)")
    }
    try folder.write("home/file", "a")
    #expect(refusal("home/none/a") == "No such file or directory")
    #expect(refusal("home/file/a") == "Not a directory")
  }

  @Test("A way through a closed folder and back is no way, whatever that folder holds")
  func passesNoClosedFolders() throws {
    let home = folder.path("home").text
    try folder.write("home/file", "a")
    #expect(refusal("home/../home/file") == nil)
    #expect(refusal("home/../../\(folder.url.lastPathComponent)/home/file") == nil)
    for name in ["system/closed", "system/closed/inner"] {
      try #require(mkdir(folder.path(name).text, name.hasSuffix("inner") ? 0o755 : 0o700) == 0)
    }
    for name in ["inner", "none"] {
      let detour = "system/closed/\(name)/../../../home"
      #expect(refusal(detour + "/file") == "outside", "\(name)")
      try #require(symlink(folder.path(detour).text, home + "/link") == 0)
      #expect(refusal("home/link/file") == "outside", "a link through \(name)")
      #expect(!reach.leads(to: folder.path(detour + "/audit"), system: SystemCalls()), "\(name)")
      unlink(home + "/link")
    }
    #expect(reach.leads(to: folder.path("home/../home/audit"), system: SystemCalls()))
  }
}
