import EntraSync
import Foundation
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("The CAFILE of a client")
struct AuthoritiesFileTests {
  private static let certificate = "-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----\n"

  private let folder: TemporaryFolder
  private let configuration: Configuration
  private let file = AuthoritiesFile()

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("ca.pem", Self.certificate)
    try folder.write(
      "a.entraidconf",
      ConfigurationFileTests.text + "CLIENTSECRET = aB3~x&y\nCAFILE = ca.pem\n", mode: 0o600)
    configuration = try ConfigurationFile.read(folder.path("a.entraidconf"))
  }

  /// Reads the file a minute after its last change.
  private func read(later seconds: Double = 60) throws -> Authorities {
    try #require(
      try file.read(folder.path("ca.pem"), of: configuration, now: Clock.wall + seconds))
  }

  @Test("A file that is as it was is not read again")
  func keepsUnchanged() throws {
    let first = try read()
    #expect(try read() === first)
  }

  @Test("A file that was changed a moment ago is read again: the next change may look the same")
  func mistrustsRecent() throws {
    let first = try read(later: 0)
    #expect(try read(later: 0) !== first)
  }

  @Test("A file that was written to is read again, even if its size and its time are as before")
  func noticesWriting() throws {
    let path = folder.path("ca.pem").text
    let first = try read()
    var before = stat()
    #expect(lstat(path, &before) == 0)
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.write(contentsOf: Data(Self.certificate.replacing("AA", with: "BB").utf8))
    try handle.close()
    #expect(utimensat(AT_FDCWD, path, [before.st_atim, before.st_mtim], 0) == 0)
    #expect(try read() !== first)
  }

  @Test("Another file in its place is read")
  func noticesReplacement() throws {
    let first = try read()
    try folder.write("new.pem", Self.certificate)
    #expect(rename(folder.path("new.pem").text, folder.path("ca.pem").text) == 0)
    #expect(try read() !== first)
  }

  @Test("A file that has become unusable is refused, and so it is the next time")
  func refusesUnusable() throws {
    _ = try read()
    try folder.write("ca.pem", "nothing")
    for _ in 0..<2 {
      let error = #expect(throws: EntraSyncError.self) { try read() }
      #expect(error?.message.contains("holds no certificate") ?? false)
    }
    try folder.write("ca.pem", Self.certificate)
    _ = try read()
  }
}
