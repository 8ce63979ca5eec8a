import EntraSync
import Foundation
import GraphSimulator
import Synchronization
import Testing

@testable import EntraSyncIO

@Suite("A token that processes share")
struct SharedTokenTests {
  @Test("A shared token saves the next process its sign-in, for this group and for others")
  func isShared() async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.sharing()
      #expect(try await tenant.run(path).isEmpty)
      let other = try tenant.sharing(name: "other.entraidconf", group: .inner)
      for path in [path, other, path] { #expect(try await tenant.run(path, people: nil).isEmpty) }
      #expect(tenant.simulator.requests.signIns.count == 1)
      #expect(tenant.simulator.requests.pages.count == 4)
      #expect(tenant.simulator.requests.allSatisfy { $0.status == 200 })
      let file = try #require(try tenant.stored().first)
      #expect(try tenant.stored().count == 1)
      #expect(file.hasPrefix("entrasync-token-"))
      #expect(try tenant.identity("state").last == "mode 40700")
      #expect(try tenant.identity("state/\(file)").last == "mode 100600")
    }
  }

  @Test("A token is not shared without STATEDIR")
  func isOptional() async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.configuration()
      for _ in 1...2 { #expect(try await tenant.run(path).isEmpty) }
      #expect(tenant.simulator.requests.signIns.count == 2)
      #expect(try tenant.names() == ["test.entraidconf"])
    }
  }

  @Test("A token is shared by processes with the same certificate")
  func isSharedByCertificate() async throws {
    try await CertificateSignInTests.with { tenant in
      let keys = CertificateSignInTests.keys("good.pem", "good.key")
      let path = try tenant.sharing(keys)
      for _ in 1...2 { #expect(try await tenant.run(path).isEmpty) }
      #expect(tenant.simulator.requests.signIns.count == 1)
      // The secret of the same application is another credential.
      #expect(try await tenant.run(tenant.sharing()).isEmpty)
      #expect(tenant.simulator.requests.signIns.count == 2)
      #expect(try tenant.stored().count == 2)
    }
  }

  @Test("A shared token is not used for another secret, and a refused sign-in stores nothing")
  func isBoundToSecret() async throws {
    try await SimulatedTenant.with { tenant in
      #expect(try await tenant.run(tenant.sharing()).isEmpty)
      let before = try tenant.stored()
      let other = try tenant.sharing(["CLIENTSECRET": "a~secret~that~was~rotated"])
      for _ in 1...2 {
        let error = await #expect(throws: EntraSyncError.self) { try await tenant.run(other) }
        #expect(error?.status == .authentication)
      }
      #expect(tenant.simulator.requests.signIns.map(\.status) == [200, 401, 401])
      #expect(try tenant.stored() == before)
    }
  }

  @Test("A shared token is not sent to another host")
  func isBoundToHost() async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.sharing()
      #expect(try await tenant.run(path).isEmpty)
      let origin = "http://localhost:\(tenant.simulator.port)"
      for key in ["GRAPHURL", "LOGINURL"] {
        #expect(try await tenant.run(tenant.sharing([key: origin])).isEmpty)
      }
      #expect(tenant.simulator.requests.signIns.count == 3)
      #expect(try tenant.stored().count == 3)
    }
  }

  @Test("A shared token does not hide that the credential cannot be used")
  func showsFaults() async throws {
    try await SimulatedTenant.with { tenant in
      try tenant.write("secret", Registration().clientSecret)
      let path = try tenant.sharing(["CLIENTSECRET": "", "CLIENTSECRETFILE": "secret"])
      let warning = "every user of this system can read the file of CLIENTSECRETFILE"
      for _ in 1...2 {
        let said = try await tenant.run(path)
        #expect(said.count == 1 && said[0].contains(warning), "\(said)")
      }
      #expect(tenant.simulator.requests.signIns.count == 1)
      try tenant.write("secret", "")
      let error = await #expect(throws: EntraSyncError.self) { try await tenant.run(path) }
      #expect(error?.status == .configuration)
    }
  }

  @Test("A shared token that Graph refuses is removed, and the same run signs in")
  func isDropped() async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.sharing()
      #expect(try await tenant.run(path).isEmpty)
      let before = try tenant.token()
      tenant.simulator.expireTokens()
      tenant.simulator.forgetRequests()
      #expect(try await tenant.run(path).isEmpty)
      // The question about the group and its first page travel together.
      #expect(tenant.simulator.requests.map(\.status) == [401, 401, 200, 200, 200])
      #expect(tenant.simulator.requests.map(\.method) == ["GET", "GET", "POST", "GET", "GET"])
      #expect(try tenant.token() != before)
      #expect(try await tenant.run(path).isEmpty)
      #expect(tenant.simulator.requests.signIns.count == 1)
    }
  }

  @Test(
    "A refused token is followed by another process's newer one, and if that is refused, by a sign-in",
    arguments: [false, true])
  func isFollowed(isNewerDead: Bool) async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.sharing()
      #expect(try await tenant.run(path).isEmpty)
      let simulator = tenant.simulator
      let step = Mutex(0)
      let report = try await tenant.blocking {
        let client = try Client(configurationAt: path)
        let other = try Client(configurationAt: path)
        client.observer.log = { _, line in
          // The token is borrowed and not sent yet: another process meets its end first.
          guard line.contains("page 1, try"),
            step.withLock({
              $0 += 1; return $0
            }) == 1
          else {
            return
          }
          simulator.expireTokens()
          _ = try? other.readPeople(into: ()) { _, _, _ in }
          if isNewerDead { simulator.expireTokens() }
          simulator.forgetRequests()
        }
        return try client.readPeople(into: ()) { _, _, _ in }.report
      }
      #expect(report.fetched == 30)
      let methods = tenant.simulator.requests.map { "\($0.method) \($0.status)" }
      // The question about the group and its first page travel together.
      let (refused, answered) = (["GET 401", "GET 401"], ["GET 200", "GET 200"])
      #expect(
        methods == refused + (isNewerDead ? refused + ["POST 200"] + answered : answered))
      #expect(try tenant.stored().count == 1)
      #expect(try await tenant.run(path).isEmpty)
      #expect(tenant.simulator.requests.signIns.count == (isNewerDead ? 1 : 0))
    }
  }

  @Test("A shared token serves lookups, and is removed when Graph refuses it")
  func servesLookups() async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.sharing()
      try await tenant.run(path)
      for isDead in [false, true, false] {
        if isDead { tenant.simulator.expireTokens() }
        tenant.simulator.forgetRequests()
        let answers = try await tenant.blocking {
          try Client(configurationAt: path).lookUp(["nobody@example.com"]).answers
        }
        #expect(answers == [.notMember])
        // The parts of a batch are told of one by one.
        let posts = tenant.simulator.requests.filter { $0.method == "POST" }
        let methods = posts.map { "\($0.target.suffix(6)) \($0.status)" }
        let dead = ["$batch 401", "/token 200", "$batch 200"]
        #expect(methods == (isDead ? dead : ["$batch 200"]))
      }
    }
  }

  @Test("A check does not use a shared token, but stores its own")
  func isNotChecked() async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.sharing()
      try await tenant.run(path)
      let before = try tenant.token()
      _ = try await tenant.blocking {
        try ClientCheck(try Client(configurationAt: path)).run().fetched
      }
      #expect(tenant.simulator.requests.signIns.count == 2)
      #expect(try tenant.token() != before)
      try await tenant.run(path)
      #expect(tenant.simulator.requests.signIns.count == 2)
    }
  }

  /// A fault that a new token may mend, its status, and how many tokens the run asks for.
  static let mendable: [(fault: String, status: Status, signIns: Int)] = [
    ("forbidden:1:none", .permission, 0), ("missing-permission", .permission, 0),
    ("unauthorized", .authentication, 2),
  ]

  @Test(
    "A shared token that may lack a permission is removed, so that the next run sees a consent",
    arguments: mendable)
  func isDropped(fault: String, status: Status, signIns: Int) async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.sharing()
      #expect(try await tenant.run(path).isEmpty)
      try tenant.setFaults(fault)
      let error = await #expect(throws: EntraSyncError.self) { try await tenant.run(path) }
      #expect(error?.status == status)
      #expect(try tenant.stored() == [])
      try tenant.setFaults()
      #expect(try await tenant.run(path).isEmpty)
      #expect(tenant.simulator.requests.signIns.count == 2 + signIns)
    }
  }

  @Test(
    "A shared token that may lack a permission for a lookup is removed",
    arguments: [
      ("forbidden@users", Status.permission), ("missing-permission@users", .permission),
      ("forbidden@groups", .permission), ("unauthorized@users", .authentication),
      ("unauthorized@batch", .authentication),
    ])
  func isDroppedByLookup(fault: String, status: Status) async throws {
    try await SimulatedTenant.withSomebody { tenant in
      let path = try tenant.sharing()
      func lookUp() async throws -> [Verdict] {
        try await tenant.blocking {
          let client = try Client(configurationAt: path)
          client.limits = .short
          return client.verdicts("anna@example.com")
        }
      }
      #expect(try await lookUp() == [.member])
      #expect(try tenant.stored().count == 1)
      try tenant.setFaults(fault)
      #expect(try await lookUp() == [.unknown(status)])
      #expect(try tenant.stored() == [])
      try tenant.setFaults()
      #expect(try await lookUp() == [.member])
      #expect(try tenant.stored().count == 1)
    }
  }

  /// What becomes of a record, which nobody has to be told of.
  static let worthless: [(name: String, change: @Sendable (String) -> String)] = [
    ("an old one", { $0.replacing(/begin (\d+)/) { "begin \((Int($0.1) ?? 0) - 3301)" } }),
    ("one from the future", { $0.replacing(/begin (\d+)/) { "begin \((Int($0.1) ?? 0) + 100)" } }),
    ("one of another start", { $0.replacing(/boot ./, with: "boot x") }),
    ("another binding's", { $0.replacing(/binding ./, with: "binding x") }),
    ("half a record", { String($0.prefix(200)) }),
    ("nothing", { _ in "" }),
    ("too much", { $0 + String(repeating: "x", count: 70_000) }),
  ]

  @Test("A stored token that is of no use is ignored silently", arguments: worthless.indices)
  func passesOver(index: Int) async throws {
    let (name, change) = Self.worthless[index]
    try await SimulatedTenant.with { tenant in
      let path = try tenant.sharing()
      #expect(try await tenant.run(path).isEmpty)
      let file = "state/\(try #require(try tenant.stored().first))"
      try tenant.write(file, change(try tenant.read(file)))
      try tenant.changeMode(file, 0o600)
      #expect(try await tenant.run(path).isEmpty, "\(name)")
      #expect(tenant.simulator.requests.map(\.status) == Array(repeating: 200, count: 6), "\(name)")
      #expect(tenant.simulator.requests.signIns.count == 2, "\(name)")
      #expect(try await tenant.run(path).isEmpty)
      #expect(tenant.simulator.requests.signIns.count == 2, "\(name)")
    }
  }

  @Test("Neither the shared token nor the secret is in the log")
  func isSecret() async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.sharing()
      for _ in 1...2 {
        let said = try await tenant.run(path, from: .info).joined(separator: "\n")
        #expect(said.contains("try 1"))
        #expect(!said.contains("eyJ"))
        #expect(!said.contains(Registration().clientSecret))
      }
      let record = try tenant.read("state/\(try #require(try tenant.stored().first))")
      #expect(record.contains("eyJ"))
      #expect(!record.contains(Registration().clientSecret))
    }
  }

  @Test(
    "A token that Graph repeats in a refusal is not shown",
    arguments: ["unauthorized", "unauthorized@batch", "unauthorized@users"])
  func isNotRepeated(fault: String) async throws {
    // The simulator's refusals have this code, so a token of that name is one that they repeat.
    let code = "InvalidAuthenticationToken"
    try await SimulatedTenant.with(members: 3) { tenant in
      let path = try tenant.sharing()
      try await tenant.run(path, people: 3)
      let file = "state/\(try #require(try tenant.stored().first))"
      try tenant.write(file, tenant.read(file).replacing(/eyJ.*/, with: code))
      try tenant.changeMode(file, 0o600)
      try tenant.setFaults(fault)
      let error = try await tenant.blocking {
        let client = try Client(configurationAt: path)
        client.limits = .short
        do throws(EntraSyncError) {
          if fault.contains("@") {
            for case .unknown(let error) in try client.lookUp(["anna@example.com"]).answers {
              return error
            }
          } else {
            _ = try client.readPeople(into: ()) { _, _, _ in }
          }
          return EntraSyncError(.ok, "")
        } catch {
          return error
        }
      }
      #expect(error.status == .authentication)
      #expect(error.message.contains("<secret>"), "\(error.message)")
      #expect(!error.message.contains(code), "\(error.message)")
      #expect(error.serverCode == "<secret>")
    }
  }

  @Test(
    "A shared token never makes a run fail, whichever system calls fail",
    arguments: [nil] + SystemCalls.Name.allCases.map(Optional.some))
  func survivesFailures(call: SystemCalls.Name?) async throws {
    try await SimulatedTenant.with(members: 3) { tenant in
      let path = try tenant.sharing()
      for _ in 1...2 {
        try await tenant.run(path, people: 3) {
          var system = SystemCalls()
          system.fault = { call == nil || call == $0 ? .error(ENOSPC) : nil }
          return system
        }
        // A refused token has to be taken away.
        tenant.simulator.expireTokens()
      }
      #expect(try tenant.stored().allSatisfy { $0.hasPrefix("entrasync-token-") })
      try await tenant.run(path, people: 3)
    }
  }
}
