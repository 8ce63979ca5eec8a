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
    let held = try ListFile(folder.path(name), system: system).hold(waitingAtMost: 0)
    _ = try held.read()
    return try held.replace(with: Array(text.utf8))
  }

  @Test("A list without a file gets one, with the mode that the umask leaves")
  func isCreated() throws {
    #expect(try replace("list", with: "a\n"))
    #expect(try folder.read("list") == "a\n")
    try folder.write("plain", "")
    let plain = open(folder.url.path + "/other", O_CREAT | O_WRONLY, 0o666)
    close(plain)
    #expect(try folder.identity("list").last == folder.identity("other").last)
  }

  @Test(
    "A list's file is replaced by another file with the same mode",
    arguments: [0o600, 0o640, 0o664, 0o444])
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

  @Test("A list's file is not touched if nothing changes")
  func staysWhenEqual() throws {
    try folder.write("list", "a\n")
    let before = try folder.identity("list")
    #expect(try !replace("list", with: "a\n"))
    #expect(try folder.identity("list") == before)
  }

  @Test(
    "A list that somebody changes after it was read is left as it is",
    arguments: ["written", "replaced", "removed", "made"])
  func staysWhenChanged(change: String) throws {
    if change != "made" { try folder.write("list", "old\n") }
    let held = try ListFile(folder.path("list")).hold(waitingAtMost: 0)
    _ = try held.read()
    switch change {
    case "replaced":
      try folder.write("other", "old\n")
      try #require(rename(folder.path("other").text, folder.path("list").text) == 0)
    case "removed": try FileManager.default.removeItem(atPath: folder.path("list").text)
    case "made": try folder.write("list", "theirs\n")
    default:
      let file = try #require(fopen(folder.path("list").text, "a"))
      fputs("more\n", file)
      fclose(file)
    }
    let before = try folder.names().map { [$0, try folder.read($0)] }
    let error = #expect(throws: EntraSyncError.self) { try held.replace(with: Array("new\n".utf8)) }
    #expect(error?.status == .file)
    #expect(error?.message.contains("somebody has changed it since this run read it") == true)
    #expect(try folder.names().map { [$0, try folder.read($0)] } == before)
  }

  @Test("A list's file can be read, whether it is locked or not")
  func showsOldContent() throws {
    try folder.write("list", "old\n")
    let held = try ListFile(folder.path("list")).hold()
    #expect(String(decoding: try held.read(), as: UTF8.self) == "old\n")
    #expect(String(decoding: try ListFile(held.path).read(), as: UTF8.self) == "old\n")
    #expect(try ListFile(folder.path("none")).read().isEmpty)
  }

  @Test("A list is replaced behind a chain of symbolic links, and the links stay")
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
    "A list's path is refused if it is not a regular file",
    arguments: ["folder", "fifo", "loop", "no/such/list"])
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

  @Test(
    "A list is found behind as many symbolic links as the system itself follows",
    arguments: 36...44)
  func countsLinks(count: Int) throws {
    try folder.write("link0", "old\n")
    for number in 1...count {
      try #require(symlink("link\(number - 1)", folder.path("link\(number)").text) == 0)
    }
    let path = folder.path("link\(count)")
    let descriptor = open(path.text, O_RDONLY)
    defer { close(descriptor) }
    let isFollowed = descriptor >= 0
    #expect(isFollowed || errno == ELOOP)
    if isFollowed {
      #expect(try ListFile(path).read() == Array("old\n".utf8))
    } else {
      let error = #expect(throws: EntraSyncError.self) { try ListFile(path).read() }
      #expect(error?.message.hasSuffix("it is a symbolic link that leads nowhere") == true)
    }
  }
}
