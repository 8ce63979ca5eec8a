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
}
