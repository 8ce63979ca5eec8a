import EntraSync
import Foundation
import GraphSimulator
import Testing

@testable import EntraSyncIO

/// What somebody may have put in the place of STATEDIR, or of the token in it.
@Suite("A token is shared in nobody else's reach")
struct HostileStateTests {
  /// What stands in the place of STATEDIR, how it comes there, and what the log says of it.
  static let folders:
    [(name: String, make: @Sendable (SimulatedTenant) throws -> Void, says: String)] = [
      (
        "state",
        {
          try $0.makeFolder("state")
          try $0.changeMode("state", 0o755)
        }, "can be looked into by other users; chmod 700 it"
      ),
      (
        "state",
        {
          try $0.makeFolder("state")
          try $0.changeMode("state", 0o710)
        }, "can be looked into by other users; chmod 700 it"
      ),
      (
        "state",
        {
          try $0.makeFolder("state")
          try $0.changeMode("state", 0o1777)
        }, "is shared by all users; name one of its own"
      ),
      ("state", { try $0.write("state", "") }, "is not a folder; name a folder"),
      ("test.entraidconf", { _ in }, "is not a folder; name a folder"),
      ("state", { #expect(mkfifo($0.path("state").text, 0o600) == 0) }, "is not a folder"),
      (".", { _ in }, "is not a folder of its own; name one"),
      ("none/state", { _ in }, "the folder above it is missing; make that folder"),
      (
        "state", { try $0.makeLink("state", to: "state") },
        "(Too many levels of symbolic links); correct the link"
      ),
    ]

  @Test(
    "A STATEDIR that is not this user's alone is not used, and the run goes on",
    arguments: folders.indices)
  func refusesFolder(index: Int) async throws {
    let folder = Self.folders[index]
    try await SimulatedTenant.with(members: 3) { tenant in
      let path = try tenant.sharing(["STATEDIR": folder.name])
      try folder.make(tenant)
      let names = try tenant.names()
      for number in 1...2 {
        let said = try await tenant.run(path, people: 3)
        #expect(said.count == 1)
        let start = "\(path.text): no token is kept for other runs: STATEDIR (line "
        #expect(said.first?.hasPrefix(start) == true, "\(said)")
        #expect(said.first?.contains(folder.says) == true, "\(said)")
        #expect(tenant.simulator.requests.signIns.count == number)
      }
      #expect(try tenant.names() == names)
      if folder.name == "state", (try? tenant.stored()) != nil {
        #expect(try tenant.stored() == [])
      }
    }
  }

  @Test("A STATEDIR that another user owns is not used", .enabled(if: geteuid() == 0))
  func refusesForeignFolder() async throws {
    try await SimulatedTenant.with(members: 3) { tenant in
      let path = try tenant.sharing()
      try tenant.makeFolder("state")
      try tenant.changeMode("state", 0o700)
      #expect(chown(tenant.path("state").text, 65_534, 0) == 0)
      let said = try await tenant.run(path, people: 3)
      #expect(said.count == 1)
      let expected = "belongs to user id 65534; give it to the user who runs this (user id 0)"
      #expect(said.first?.contains(expected) == true, "\(said)")
      #expect(try tenant.stored() == [])
    }
  }

  @Test("A symbolic link of another user to STATEDIR is not followed", .enabled(if: geteuid() == 0))
  func refusesForeignLink() async throws {
    try await SimulatedTenant.with(members: 3) { tenant in
      let path = try tenant.sharing()
      try tenant.makeFolder("elsewhere")
      try tenant.changeMode("elsewhere", 0o700)
      try tenant.makeLink("state", to: "elsewhere")
      #expect(try await tenant.run(path, people: 3).isEmpty)
      #expect(lchown(tenant.path("state").text, 65_534, 0) == 0)
      let said = try await tenant.run(path, people: 3)
      let expected = "is reached by a symbolic link of user id 65534"
      #expect(said.count == 1 && said[0].contains(expected), "\(said)")
    }
  }

  /// What is done to the file of a token, and what the log says of it.
  static let files:
    [(change: @Sendable (_ tenant: SimulatedTenant, _ file: String) throws -> Void, says: String)] =
      [
        ({ try $0.changeMode($1, 0o644) }, "its file has mode 644 in place of 600"),
        ({ try $0.changeMode($1, 0o400) }, "its file has mode 400 in place of 600"),
        (
          { tenant, file in
            #expect(link(tenant.path(file).text, tenant.path("second").text) == 0)
          }, "its file has a hard link"
        ),
        (
          { tenant, file in
            #expect(rename(tenant.path(file).text, tenant.path("second").text) == 0)
            try tenant.makeLink(file, to: tenant.path("second").text)
          }, "its file is a symbolic link"
        ),
        (
          { tenant, file in
            #expect(unlink(tenant.path(file).text) == 0)
            #expect(mkfifo(tenant.path(file).text, 0o600) == 0)
          }, "its file is not a regular file"
        ),
      ]

  @Test(
    "A token that another user may have written or read is not used, and is replaced",
    arguments: files.indices)
  func refusesFile(index: Int) async throws {
    let (change, says) = Self.files[index]
    try await SimulatedTenant.with(members: 3) { tenant in
      let path = try tenant.sharing()
      try await tenant.run(path, people: 3)
      let before = try tenant.token()
      try change(tenant, "state/\(try #require(try tenant.stored().first))")
      let said = try await tenant.run(path, people: 3)
      #expect(said.count == 1)
      #expect(said.first?.contains("the token in STATEDIR (line ") == true, "\(said)")
      #expect(said.first?.contains("was not used, since \(says); check who") == true, "\(said)")
      #expect(try tenant.token() != before)
      #expect(try await tenant.run(path, people: 3).isEmpty)
      #expect(tenant.simulator.requests.signIns.count == 2)
    }
  }

  @Test("A token whose file another user owns is not used", .enabled(if: geteuid() == 0))
  func refusesForeignFile() async throws {
    try await SimulatedTenant.with(members: 3) { tenant in
      let path = try tenant.sharing()
      try await tenant.run(path, people: 3)
      let file = "state/\(try #require(try tenant.stored().first))"
      #expect(chown(tenant.path(file).text, 65_534, 0) == 0)
      let said = try await tenant.run(path, people: 3)
      #expect(said.count == 1 && said[0].contains("belongs to user id 65534"), "\(said)")
      #expect(try await tenant.run(path, people: 3).isEmpty)
    }
  }

  @Test("A folder at the path of a token's file is left there, and each run warns of it")
  func survivesFolder() async throws {
    try await SimulatedTenant.with(members: 3) { tenant in
      let path = try tenant.sharing()
      try await tenant.run(path, people: 3)
      let file = try #require(try tenant.stored().first)
      try tenant.removeState()
      try tenant.makeFolder("state")
      try tenant.changeMode("state", 0o700)
      try tenant.makeFolder("state/\(file)")
      for _ in 1...2 {
        let said = try await tenant.run(path, people: 3)
        #expect(said.count == 2)
        #expect(said.first?.contains("its file is not a regular file") == true, "\(said)")
        #expect(said.last?.contains("cannot be kept there (Is a directory)") == true, "\(said)")
        #expect(try tenant.stored() == [file])
      }
    }
  }

  @Test("What killed runs and rotated secrets have left in STATEDIR is removed, and nothing else")
  func clearsAway() async throws {
    try await SimulatedTenant.with(members: 3) { tenant in
      let path = try tenant.sharing()
      let temporary = TemporaryName(of: Path(TokenBinding.namePrefix))
      let leftovers: [(name: String, age: Double, stays: Bool)] = [
        (temporary.next().text, 61, false), (temporary.next().text, 30, true),
        ("entrasync-token-0123", 90_001, false), ("entrasync-token-4567", 89_000, true),
        ("somebody's", 1e7, true), (".entrasync-x-y.tmp", 1e7, true),
      ]
      try tenant.makeFolder("state")
      try tenant.changeMode("state", 0o700)
      for (name, age, _) in leftovers {
        try tenant.write("state/\(name)", "")
        try FileManager.default.setAttributes(
          [.modificationDate: Date(timeIntervalSinceNow: -age)],
          ofItemAtPath: tenant.path("state/\(name)").text)
      }
      #expect(try await tenant.run(path, people: 3).isEmpty)
      let names = Set(try tenant.stored())
      for (name, _, stays) in leftovers { #expect(names.contains(name) == stays, "\(name)") }
      #expect(names.count == 5)
    }
  }
}
