import EntraSync
import Foundation
import Testing

@testable import EntraSyncIO

@Suite("A path")
struct PathTests {
  @Test(
    "A path is split at its last slash",
    arguments: [
      ("list", ".", "list"), ("a/list", "a", "list"), ("/list", "/", "list"),
      ("/a/b/list", "/a/b", "list"), ("a/", "a", ""),
    ])
  func split(text: String, folder: String, name: String) {
    #expect(Path(text).folder.text == folder)
    #expect(Path(text).name.text == name)
  }

  @Test(
    "A relative path begins at a file's folder, and an absolute path stays as it is",
    arguments: [
      ("/a/conf", "secret", "/a/secret"), ("conf", "secret", "secret"), ("/a/b", "/c", "/c"),
    ])
  func sibling(path: String, other: String, expected: String) {
    #expect(Path(path).sibling(Path(other)).text == expected)
  }

  @Test("A path that is resolved leads to the same file from every working folder")
  func outlivesWorkingFolder() async throws {
    let folder = try TemporaryFolder()
    let place = folder.url.path
    let (path, beside, proposal) = try await PrivateUmask.with(0o022) {
      guard chdir(place) == 0 else { throw Errno(code: errno) }
      let path = try Path("a/../conf").resolved(system: SystemCalls())
      guard chdir("/") == 0 else { throw Errno(code: errno) }
      return (path, path.sibling(Path("secret")), path.appending(".proposed"))
    }
    #expect(Path(bytes: path.bytes).text == place + "/a/../conf")
    #expect(path.text == "a/../conf")
    #expect(Path(bytes: beside.bytes).text == place + "/a/../secret")
    #expect(beside.text == "a/../secret")
    #expect(Path(bytes: proposal.bytes).text == place + "/a/../conf.proposed")
    #expect(proposal.text == "a/../conf.proposed")
  }

  @Test("A relative path is refused in a working folder that is gone, and an absolute one is not")
  func needsWorkingFolder() async throws {
    let folder = try TemporaryFolder()
    let place = folder.url.path + "/gone"
    let error = try await PrivateUmask.with(0o022) {
      guard mkdir(place, 0o700) == 0, chdir(place) == 0, rmdir(place) == 0 else {
        throw Errno(code: errno)
      }
      _ = try Path("/conf").atOpening(of: "configuration")
      do throws(EntraSyncError) {
        _ = try Path("conf").atOpening(of: "configuration")
        return nil as EntraSyncError?
      } catch {
        return error
      }
    }
    #expect(error?.status == .file)
    #expect(
      error?.message
        == "conf: the working folder cannot be determined (No such file or directory); name an "
        + "absolute path")
  }

  @Test(
    "A path that is longer than the system's is refused at once",
    arguments: [String(repeating: "x", count: 4096), String(repeating: "../", count: 400_000)])
  func refusesLongPaths(text: String) {
    let error = #expect(throws: EntraSyncError.self) {
      try text.withCString { try Path(cString: $0).atOpening(of: "list") }
    }
    #expect(error?.status == .invalidArgument)
    #expect(
      error?.message == "the list's path is longer than the 4095 bytes that the system takes")
    #expect(throws: EntraSyncError.self) { try Client(configurationAt: Path(text)) }
    #expect(throws: EntraSyncError.self) { try List(path: Path(text), template: .attributes) }
  }

  @Test(
    "A relative path stays relative in a working folder that is too deep for an absolute one",
    arguments: [4030, 5000])
  func staysRelativeInDepth(depth: Int) async throws {
    let folder = try TemporaryFolder()
    let place = folder.url.path
    let name = String(repeating: "f", count: 80) + "/conf"
    let (path, beside) = try await PrivateUmask.with(0o022) {
      guard chdir(place) == 0 else { throw Errno(code: errno) }
      var rest = depth - place.utf8.count
      while rest > 0 {
        let name = String(repeating: "d", count: min(rest, 200) - 1)
        rest -= 200
        guard name.isEmpty || mkdir(name, 0o700) == 0 && chdir(name) == 0 else {
          throw Errno(code: errno)
        }
      }
      let path = try Path(name).atOpening(of: "configuration")
      // Its own path fits, and that of the file that it names does not.
      let short = try Path("conf").atOpening(of: "configuration")
      return (path, short.sibling(Path(name)))
    }
    #expect(Path(bytes: path.bytes).text == name)
    #expect(path.text == name)
    #expect(Path(bytes: beside.bytes).text == name)
    let removal = try Process.run(URL(filePath: "/bin/rm"), arguments: ["-r", place])
    removal.waitUntilExit()
  }

  @Test("A path keeps bytes that are not UTF-8, and shows them as U+FFFD")
  func keepsBytes() {
    let bytes: [CChar] = [0x61, CChar(bitPattern: 0xFF), 0]
    let path = Path(cString: bytes)
    #expect(path.bytes == bytes)
    #expect(path.text == "a\u{FFFD}")
    #expect(!path.isEmpty)
    #expect(Path("").isEmpty)
  }
}
