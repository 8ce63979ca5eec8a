import EntraSync
import Foundation
import Testing

@testable import EntraSyncIO

@Suite("Which files a configuration may name")
struct ReachTests {
  /// A user who may write the configuration, and another.
  private static let (writer, other): (uid_t, uid_t) = (1001, 1003)

  private let folder: TemporaryFolder
  private let manager = FileManager.default

  init() throws {
    folder = try TemporaryFolder()
    try manager.createDirectory(
      atPath: folder.path("home").text, withIntermediateDirectories: false)
    try manager.createDirectory(
      atPath: folder.path("system").text, withIntermediateDirectories: false)
    try folder.write("system/shadow", "root:secret\n", mode: 0o600)
    try folder.write("home/test.entraidconf", Self.text, mode: 0o600)
  }

  private static let id = "4290173a-9421-4eb6-acb4-03f2add15a5f"
  private static let text =
    "TENANTID = \(id)\nCLIENTID = \(id)\nGROUPID = \(id)\nCLIENTSECRET = x\n"

  private func give(_ name: String, to user: uid_t = writer) {
    lchown(folder.path(name).text, user, user)
  }

  private func reach(_ path: String = "home/test.entraidconf") throws -> Reach {
    try ConfigurationFile.read(folder.path(path)).reach
  }

  /// How a file is refused; `nil` if it is opened.
  private func refusal(_ name: String, by reach: Reach) throws -> String? {
    do throws(Reach.Refusal) {
      _ = try RegularFile(folder.path(name), within: reach, limit: 1000, system: SystemCalls())
      return nil
    } catch {
      return error.name
    }
  }

  @Test("A configuration that only root and this user can write may name any file")
  func isUnlimited() throws {
    #expect(try reach() == .anywhere || reach().isUnlimited)
    #expect(try refusal("system/shadow", by: reach()) == nil)
  }

  @Test(
    "A configuration of another user names files of that user, and files below its own folder",
    .enabled(if: geteuid() == 0, "only root can give files away"))
  func followsOwner() throws {
    give("home/test.entraidconf")
    let reach = try reach()
    #expect(reach.writers == .user(Self.writer))
    #expect(try refusal("system/shadow", by: reach) == "outside")
    #expect(try refusal("system/none", by: reach) == "outside")
    #expect(try refusal("home/../system/shadow", by: reach) == "outside")
    #expect(try refusal("home/none", by: reach) == "No such file or directory")

    try folder.write("home/secret", "a", mode: 0o600)
    #expect(try refusal("home/secret", by: reach) == nil)
    try folder.write("system/theirs", "a", mode: 0o600)
    give("system/theirs")
    #expect(try refusal("system/theirs", by: reach) == nil)
    give("system/theirs", to: Self.other)
    #expect(try refusal("system/theirs", by: reach) == "outside")
  }

  @Test(
    "Neither symbolic nor hard links lead a configuration of another user out of its folder",
    .enabled(if: geteuid() == 0, "only root can give files away"))
  func followsNoLinks() throws {
    give("home")
    give("home/test.entraidconf")
    let reach = try reach()
    let shadow = folder.path("system/shadow").text
    for owner in [Self.writer, 0] {
      for (name, target) in [
        ("file", shadow), ("relative", "../system/shadow"), ("folder", "../system"), ("up", ".."),
      ] {
        try #require(symlink(target, folder.path("home/\(name)").text) == 0)
        give("home/\(name)", to: owner)
      }
      #expect(try refusal("home/file", by: reach) == "outside")
      #expect(try refusal("home/relative", by: reach) == "outside")
      #expect(try refusal("home/folder/shadow", by: reach) == "outside")
      #expect(try refusal("home/up/system/shadow", by: reach) == "outside")
      for name in ["file", "relative", "folder", "up"] { unlink(folder.path("home/\(name)").text) }
    }
    try #require(link(shadow, folder.path("home/linked").text) == 0)
    #expect(try refusal("home/linked", by: reach) == "hard link")
    // Links within the folder lead to what is the configuration's.
    try folder.write("home/secret", "a", mode: 0o600)
    try #require(symlink("secret", folder.path("home/inner").text) == 0)
    give("home/inner")
    #expect(try refusal("home/inner", by: reach) == nil)
  }

  @Test(
    "A configuration that others can replace is trusted no more than one that they can change",
    .enabled(if: geteuid() == 0, "only root can give files away"))
  func followsFolders() throws {
    give("home")
    #expect(try reach().writers == .user(Self.writer))
    give("home", to: 0)
    #expect(try reach().isUnlimited)
    // Through the folder above, and through a symbolic link.
    try #require(rename(folder.path("home").text, folder.path("system/home").text) == 0)
    give("system")
    #expect(try reach("system/home/test.entraidconf").writers == .user(Self.writer))
    give("system", to: 0)
    try #require(symlink("system/home/test.entraidconf", folder.path("link").text) == 0)
    #expect(try reach("link").isUnlimited)
    give("link")
    #expect(try reach("link").writers == .user(Self.writer))
    // The folder is that of the file itself.
    #expect(try refusal("system/home/test.entraidconf", by: reach("link")) == nil)
    #expect(try refusal("system/shadow", by: reach("link")) == "outside")
    give("system/home/test.entraidconf", to: Self.other)
    #expect(try reach("link").writers == .several)
  }

  @Test(
    "A configuration that a group can write names only files below its own folder",
    .enabled(if: geteuid() == 0, "only root can give files away"))
  func followsGroups() throws {
    let path = folder.path("home/test.entraidconf").text
    chown(path, 0, Self.other)
    #expect(try reach().isUnlimited)
    chmod(path, 0o660)
    let reach = try reach()
    #expect(reach.writers == .several)
    #expect(try refusal("system/shadow", by: reach) == "outside")
    #expect(try refusal("home/test.entraidconf", by: reach) == nil)
    chmod(path, 0o600)
    chown(folder.path("home").text, 0, Self.other)
    chmod(folder.path("home").text, 0o770)
    #expect(try self.reach().writers == .several)
    chmod(folder.path("home").text, 0o1770)
    #expect(try self.reach().isUnlimited)
  }

  @Test(
    "Root refuses a configuration that every user can change or replace",
    .enabled(if: geteuid() == 0, "only root refuses it"),
    arguments: [("home/test.entraidconf", 0o602), ("home", 0o777), ("", 0o733)])
  func refusesOpen(name: String, mode: Int) throws {
    let culprit = name.isEmpty ? folder.url.path : folder.path(name).text
    chmod(culprit, mode_t(mode))
    let path = folder.path("home/test.entraidconf")
    let error = #expect(throws: EntraSyncError.self) { try Client(configurationAt: path) }
    #expect(error?.status == .configuration)
    let reason =
      name.hasSuffix("conf")
      ? "change it" : "replace it, since they can write to its folder \(culprit)"
    #expect(
      error?.message
        == "\(path.text): it is not used, since every user of this system can \(reason); chmod o-w "
        + culprit)
    chmod(culprit, 0o1777)
    if !name.hasSuffix("conf") { _ = try Client(configurationAt: path) }
  }

  @Test("A configuration in a shared folder has no files of its own there")
  func hasNoHome() throws {
    chmod(folder.path("home").text, 0o1777)
    #expect(try reach().home == nil)
    chmod(folder.path("home").text, 0o755)
    #expect(try reach().home != nil)
  }

  @Test("A configuration that has no name any more counts as one that several users can write")
  func distrustsNamelessFile() throws {
    let path = folder.path("home/test.entraidconf").text
    let descriptor = open(path, O_RDONLY)
    defer { close(descriptor) }
    try #require(unlink(path) == 0)
    let place = "/proc/self/fd/\(descriptor)"
    try #require(symlink(place, path) == 0)
    for path in [Path(place), Path(path)] {
      let reach = try ConfigurationFile.read(path).reach
      #expect(reach == Reach(of: .several, home: nil))
      #expect(try refusal("system/shadow", by: reach) == "outside")
    }
    // Whoever has opened it before may still write to it, and its mode says who that was.
    fchmod(descriptor, 0o602)
    if geteuid() == 0 {
      #expect(throws: EntraSyncError.self) { try ConfigurationFile.read(Path(place)) }
    } else {
      #expect(try ConfigurationFile.read(Path(place)).reach.writers == .everybody)
    }
  }

  /// Everything that one can do with a configuration.
  private static func runs(
    _ list: Path, _ path: Path
  ) throws -> [(name: String, call: () throws -> Void)] {
    let client = try Client(configurationAt: path)
    let list = try List(path: list, template: .attributes)
    try list.add(client)
    let lookup = Lookup(template: .attributes)
    try lookup.add(client)
    return [
      ("write", { _ = try list.write() }), ("preview", { _ = try list.preview() }),
      ("fetch", { _ = try list.fetch() }), ("find", { _ = try lookup.find(["ada@example.com"]) }),
      ("check", { _ = try ClientCheck(client).run() }),
    ]
  }

  @Test(
    "Each key of another user's configuration is held to its reach",
    .enabled(if: geteuid() == 0, "only root can give files away"))
  func holdsEachKey() async throws {
    try await CertificateSignInTests.with { tenant in
      let secret = folder.path("system/shadow").text
      try manager.copyItem(
        atPath: TestCredentials.path("good.pem"), toPath: tenant.path("good.pem").text)
      let own = ["CLIENTSECRET": "", "CLIENTCERTIFICATE": "good.pem"]
      let cases: [([String: String], String)] = [
        (["CLIENTSECRET": "", "CLIENTSECRETFILE": secret], "the file of CLIENTSECRETFILE"),
        (["CLIENTSECRET": "", "CLIENTCERTIFICATE": secret], "the file of CLIENTCERTIFICATE"),
        (own.merging(["CLIENTKEY": secret]) { $1 }, "the file of CLIENTKEY (line"),
        (
          own.merging(["CLIENTKEYPASSWORDFILE": secret]) { $1 },
          "the file of CLIENTKEYPASSWORDFILE"
        ),
        (["CAFILE": secret], "CAFILE"),
        (["STATEDIR": folder.path("system/state").text], "STATEDIR"),
        (["STATEDIR": folder.path("system/shadow/state").text], "STATEDIR"),
        (["STATEDIR": folder.path("system/none/state").text], "STATEDIR"),
        (["AUDITFILE": folder.path("system/audit").text], "AUDITFILE"),
        (["AUDITFILE": folder.path("system/shadow/audit").text], "AUDITFILE"),
        (["AUDITFILE": folder.path("system/none/audit").text], "AUDITFILE"),
      ]
      for (keys, name) in cases {
        let path = try tenant.configuration(keys, name: "b.entraidconf")
        chown(path.text, Self.writer, Self.writer)
        for (run, call) in try Self.runs(folder.path("list"), path) {
          let error = #expect(throws: EntraSyncError.self, "\(run)") { try call() }
          #expect(error?.message.contains(name) == true, "\(run): \(error?.message ?? "")")
          #expect(
            error?.message.contains(
              "user id 1001 can change or replace this configuration, which may therefore name only "
                + "files of that user and files below its own folder") == true,
            "\(run): \(error?.message ?? "")")
          #expect(error?.status == .configuration, "\(run) with \(name)")
          #expect(error?.message.hasPrefix(path.text + ": ") == true, "\(run) with \(name)")
        }
      }
      #expect(try manager.contentsOfDirectory(atPath: folder.path("system").text) == ["shadow"])
      #expect(try folder.read("system/shadow") == "root:secret\n")
    }
  }
}
