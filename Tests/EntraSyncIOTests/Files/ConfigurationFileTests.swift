import EntraSync
import Foundation
import GraphSimulator
import Synchronization
import Testing

@testable import EntraSyncIO

@Suite("A configuration's file")
struct ConfigurationFileTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  static let id = "4290173a-9421-4eb6-acb4-03f2add15a5f"
  static let text = "TENANTID = \(id)\nCLIENTID = \(id)\nGROUPID = \(id)\n"

  @Test(
    "A configuration that every user can read causes a warning if it holds a secret",
    arguments: [
      ("CLIENTSECRET = aB3~x&y", 0o644, true), ("CLIENTSECRET = aB3~x&y", 0o604, true),
      ("CLIENTSECRET = aB3~x&y", 0o640, false), ("CLIENTSECRET = aB3~x&y", 0o600, false),
      ("CLIENTSECRETFILE = secret", 0o644, false),
      ("CLIENTSECRETFILE = secret\nPROXY = http://u:p@proxy.example", 0o644, true),
      ("CLIENTSECRETFILE = secret\nPROXY = http://proxy.example", 0o644, false),
      ("CLIENTCERTIFICATE = c.pem\nCLIENTKEY = k.pem", 0o644, false),
    ])
  func warnsOfPublicSecret(lines: String, mode: Int, isWarned: Bool) throws {
    try folder.write("test.entraidconf", Self.text + lines, mode: mode)
    let path = folder.path("test.entraidconf")
    let warnings = try ConfigurationFile.read(path).warnings
    let word = path.text.shellWord
    let warning = "every user of this system can read it, and it holds a secret; chmod 600 \(word)"
    #expect(warnings == (isWarned ? [warning] : []))
  }

  @Test("A configuration's path is refused at once if it is something else")
  func refusesOthers() throws {
    let root = folder.url.path
    try FileManager.default.createDirectory(
      atPath: root + "/folder", withIntermediateDirectories: false)
    #expect(mkfifo(root + "/fifo", 0o600) == 0)
    try folder.write("binary", "\u{0}\u{1}ELF\u{0}")
    try Data([0x7F, 0x45, 0xFF, 0xFE]).write(to: folder.url.appendingPathComponent("bytes"))
    // A gigabyte that takes no room.
    try folder.write("huge", "")
    #expect(truncate(root + "/huge", 1 << 30) == 0)
    let cases: [(name: String, status: Status, words: String)] = [
      ("folder", .file, "it is a folder"), ("fifo", .file, "it is not a regular file"),
      ("/dev/zero", .file, "it is not a regular file"),
      ("/dev/null", .file, "it is not a regular file"),
      ("huge", .file, "it is too large"), ("none", .file, "there is no such file"),
      ("binary", .configuration, "TENANTID is missing"),
      ("bytes", .configuration, "is not UTF-8 text"),
    ]
    for (name, status, words) in cases {
      let path = name.hasPrefix("/") ? Path(name) : folder.path(name)
      let error = #expect(throws: EntraSyncError.self) { try Client(configurationAt: path) }
      #expect(error?.status == status, "\(name)")
      #expect(error?.message.hasPrefix(path.text + ": ") == true)
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
  }

  @Test(
    "The file of a secret or key that every user can read causes a warning at the sign-in",
    arguments: [0o644, 0o640])
  func warnsOfPublicCredential(mode: Int) async throws {
    try await CertificateSignInTests.with { tenant in
      try tenant.write("secret", Registration().clientSecret)
      try tenant.write("key.pem", try TestCredentials.text("good.key"))
      for name in ["secret", "key.pem"] { try tenant.changeMode(name, mode) }
      let paths = [
        try tenant.configuration(
          ["CLIENTSECRET": "", "CLIENTSECRETFILE": "secret"], name: "a.entraidconf"),
        try tenant.configuration(
          [
            "CLIENTSECRET": "", "CLIENTCERTIFICATE": TestCredentials.path("good.pem"),
            "CLIENTKEY": "key.pem",
          ], name: "b.entraidconf"),
      ]
      for path in paths {
        let lines = Mutex<[String]>([])
        _ = try await tenant.writeList(from: path) {
          var observer = Observer()
          observer.log = { level, line in
            if level == .warning { lines.withLock { $0.append(line) } }
          }
          return observer
        }.get()
        let warned = lines.withLock { $0 }.filter { $0.contains("which is a secret; chmod 600 it") }
        #expect(warned.count == (mode == 0o644 ? 1 : 0))
      }
    }
  }
}
