import EntraSync
import Foundation
import Testing

@testable import EntraSyncIO

@Suite("A state folder")
struct StateFolderTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// A made-up kind of state, of shorter use than a token.
  private static let markers = StateKind(namePrefix: "entrasync-marker-", lifetime: 600)

  private func state(_ kind: StateKind) throws -> StateFolder {
    try StateFolder(folder.path("state"), for: kind, system: SystemCalls())
  }

  /// Puts an empty file of some age into the folder.
  private func age(_ name: String, by seconds: Double) throws {
    try folder.write("state/\(name)", "", mode: 0o600)
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -seconds)],
      ofItemAtPath: folder.path("state/\(name)").text)
  }

  private func names() throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: folder.path("state").text))
  }

  @Test("A state folder keeps several kinds of state beside each other")
  func keepsKindsApart() throws {
    let tokens = try state(TokenStore.kind)
    let markers = try state(Self.markers)
    try tokens.put(Secret("a token".utf8), as: Path("entrasync-token-1"))
    try markers.put(Secret("a marker".utf8), as: Path("entrasync-marker-1"))
    let token = try #require(try tokens.read(Path("entrasync-token-1"), limit: 100))
    #expect(token.isEqual(to: Secret("a token".utf8)))
    let marker = try #require(try markers.read(Path("entrasync-marker-1"), limit: 100))
    #expect(marker.isEqual(to: Secret("a marker".utf8)))
    try markers.remove(Path("entrasync-marker-1"))
    #expect(try names() == ["entrasync-token-1"])
  }

  @Test(
    "A new state folder can be used by its owner, whatever the umask is",
    arguments: [0o777, 0o077, 0o500] as [mode_t])
  func outlivesUmask(mask: mode_t) async throws {
    let path = folder.path("state")
    try await PrivateUmask.with(mask) {
      let state = try StateFolder(path, for: TokenStore.kind, system: SystemCalls())
      try state.put(Secret("a token".utf8), as: Path("entrasync-token-1"))
    }
    #expect(try folder.identity("state").last == "mode 40700")
    #expect(try folder.identity("state/entrasync-token-1").last == "mode 100600")
  }

  @Test("A state folder removes old files of its own kind, and none of another kind")
  func removesOwnLeftovers() throws {
    let markers = try state(Self.markers)
    let tokens = try state(TokenStore.kind)
    let halfMarker = TemporaryName(of: Path(Self.markers.namePrefix)).next().text
    let halfToken = TemporaryName(of: Path(TokenStore.kind.namePrefix)).next().text
    let old = ["entrasync-marker-old", "entrasync-token-old", halfMarker, halfToken, "other"]
    for name in old { try age(name, by: 100_000) }
    for name in ["entrasync-marker-new", "entrasync-token-new"] { try age(name, by: 599) }

    markers.removeLeftovers(now: Clock.wall)
    let kept = Set(old).subtracting(["entrasync-marker-old", halfMarker])
      .union(["entrasync-marker-new", "entrasync-token-new"])
    #expect(try names() == kept)

    tokens.removeLeftovers(now: Clock.wall)
    #expect(try names() == kept.subtracting(["entrasync-token-old", halfToken]))
  }

  @Test("A state folder keeps a file for the lifetime of its kind", arguments: [599.0, 601])
  func keepsForLifetime(age seconds: Double) throws {
    let markers = try state(Self.markers)
    for name in ["entrasync-marker-1", "entrasync-token-1"] { try age(name, by: seconds) }
    markers.removeLeftovers(now: Clock.wall)
    try state(TokenStore.kind).removeLeftovers(now: Clock.wall)
    let isMarkerKept = seconds < Self.markers.lifetime
    #expect(try names().contains("entrasync-marker-1") == isMarkerKept)
    #expect(try names().contains("entrasync-token-1"))
  }

  @Test("A state folder's files have mode 600, whatever the umask", arguments: [0, 0o277])
  func hasMode(mask: mode_t) async throws {
    let tokens = try state(TokenStore.kind)
    let content = Secret("a token".utf8)
    try await PrivateUmask.with(mask) { [path = folder.path("state")] in
      try StateFolder(path, for: TokenStore.kind, system: SystemCalls())
        .put(Secret("a token".utf8), as: Path("entrasync-token-1"))
    }
    #expect(try folder.identity("state/entrasync-token-1").last == "mode 100600")
    #expect(try tokens.read(Path("entrasync-token-1"), limit: 100)?.isEqual(to: content) == true)
  }

  @Test("A state folder's files are for their owner alone while they are written")
  func hidesTemporaryFile() async throws {
    _ = try state(TokenStore.kind)
    let path = folder.path("state")
    let modes = try await PrivateUmask.with(0) {
      var modes: [mode_t] = []
      var system = SystemCalls()
      system.fault = { name in
        guard [.fchmod, .write].contains(name) else { return nil }
        for file in (try? FileManager.default.contentsOfDirectory(atPath: path.text)) ?? [] {
          var status = stat()
          stat("\(path.text)/\(file)", &status)
          modes.append(status.st_mode)
        }
        return nil
      }
      try StateFolder(path, for: TokenStore.kind, system: system)
        .put(Secret("a token".utf8), as: Path("entrasync-token-1"))
      return modes
    }
    #expect(modes == [0o100600, 0o100600])
  }

  @Test("A state folder gives a file back up to the bytes that it may have, and none above")
  func hasLimit() throws {
    let tokens = try state(TokenStore.kind)
    let name = Path("entrasync-token-1")
    let content = Secret([UInt8](repeating: 7, count: StoredToken.largest))
    try tokens.put(content, as: name)
    let limit = StoredToken.largest
    #expect(try tokens.read(name, limit: limit)?.isEqual(to: content) == true)
    #expect(try tokens.read(name, limit: limit - 1) == nil)
  }

  /// Calls before which somebody else makes the folder, whenever this run would make it.
  private func callsWithRival(mode: mode_t) -> SystemCalls {
    var system = SystemCalls()
    system.fault = { [folder] name in
      if name == .mkdir { mkdir(folder.path("state").text, mode) }
      return nil
    }
    return system
  }

  @Test("A state folder that another run makes at the same moment is used")
  func isMadeByTwo() throws {
    let system = callsWithRival(mode: 0o700)
    let tokens = try StateFolder(folder.path("state"), for: TokenStore.kind, system: system)
    try tokens.put(Secret("a token".utf8), as: Path("entrasync-token-1"))
    #expect(try names() == ["entrasync-token-1"])
    #expect(try folder.identity("state").last == "mode 40700")
  }

  @Test("A state folder that somebody else makes at the same moment is looked at like any other")
  func looksAtFolderOfOthers() throws {
    let system = callsWithRival(mode: 0o755)
    let error = #expect(throws: StateFolder.Flaw.self) {
      try StateFolder(folder.path("state"), for: TokenStore.kind, system: system)
    }
    #expect(error?.folderProblem == "can be looked into by other users; chmod 700 it")
  }
}
