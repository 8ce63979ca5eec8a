import EntraSync
import Foundation
import GraphSimulator
import Synchronization
import Testing

@testable import EntraSyncIO

@Suite("The next credential")
struct NextCredentialTests {
  /// The second client secret of the application.
  static let next = "Nxt8Q~the-second-secret"
  /// A client secret that the application does not have.
  static let unknown = "Unk8Q~nobody-made-this-one"

  /// Runs `body` in a world whose application has two client secrets.
  ///
  /// - Parameters:
  ///   - first: In how many days the first one ends.
  ///   - next: In how many days the second one ends.
  ///   - body: What to do.
  /// - Throws: What `body` throws, or when the world cannot be made.
  static func with(
    first: Double = -1, next: Double = 365, _ body: (SimulatedTenant) async throws -> Void
  ) async throws {
    try await SimulatedTenant.with { tenant in
      tenant.simulator.setSecrets([
        ClientSecret(Registration().clientSecret, endingIn: first),
        ClientSecret(Self.next, endingIn: next),
      ])
      try await body(tenant)
    }
  }

  /// What a person is told of a first client secret that has ended.
  static func warning(_ path: Path) -> String {
    "\(path.text): Entra ID refuses the client secret of CLIENTSECRET (line 3), which has ended; "
      + "NEXTCLIENTSECRET (line 8) was used; put it in the place of CLIENTSECRET (line 3)"
  }

  @Test("A secret that has ended is followed by the next one, and the report says so")
  func followsEnd() async throws {
    try await Self.with { tenant in
      let path = try tenant.configuration(["NEXTCLIENTSECRET": Self.next])
      let said = Mutex<[String]>([])
      let report = try await tenant.writeList(from: path) {
        var observer = Observer()
        observer.log = { level, line in said.withLock { $0.append("\(level): \(line)") } }
        return observer
      }.get()
      #expect(report.fetched == 30)
      #expect(report.warnings == [Self.warning(path)])
      let log = said.withLock(\.self)
      #expect(log.filter { $0.hasPrefix("warning") } == ["warning: \(Self.warning(path))"])
      #expect(!log.contains { $0.contains(Self.next) || $0.contains(Registration().clientSecret) })
      #expect(tenant.simulator.requests.signIns.map(\.status) == [401, 200])
    }
  }

  @Test("A secret that is accepted is used, and the next one is not sent")
  func keepsFirst() async throws {
    try await Self.with(first: 100) { tenant in
      let path = try tenant.configuration(["NEXTCLIENTSECRET": Self.next])
      let report = try await tenant.writeList(from: path).get()
      #expect(report.warnings.isEmpty)
      #expect(tenant.simulator.requests.signIns.map(\.status) == [200])
    }
  }

  @Test("A secret that Entra ID does not know is followed by the next one, also in a file")
  func followsUnknown() async throws {
    try await Self.with(first: 100) { tenant in
      try tenant.write("next", "\(Self.next)\n")
      try tenant.changeMode("next", 0o600)
      let path = try tenant.configuration([
        "CLIENTSECRET": Self.unknown, "NEXTCLIENTSECRETFILE": "next",
      ])
      let report = try await tenant.writeList(from: path).get()
      #expect(report.fetched == 30)
      #expect(report.warnings.count == 1)
      #expect(report.warnings.first?.contains(" of CLIENTSECRET (line ") == true)
      #expect(
        report.warnings.first?.contains("; the file of NEXTCLIENTSECRETFILE (line ") == true)
      #expect(report.warnings.first?.contains("has ended") == false)
    }
  }

  @Test(
    "The next credential is not sent after a failure that it cannot change",
    arguments: [
      "forbidden@token", "not-found@token", "throttle:99:0@token", "unavailable@token",
      "cut-body:0@token",
    ])
  func isNotTried(fault: String) async throws {
    try await Self.with { tenant in
      try tenant.setFaults(fault)
      let path = try tenant.configuration(["NEXTCLIENTSECRET": Self.next])
      let error = try #require(try await tenant.writeList(from: path).error)
      #expect(!error.message.contains("NEXTCLIENTSECRET"), "\(error.message)")
    }
  }

  @Test("If both secrets are refused, the error names both, and holds neither")
  func bothRefused() async throws {
    try await Self.with(next: -2) { tenant in
      let path = try tenant.configuration(["NEXTCLIENTSECRET": Self.next])
      let error = try #require(try await tenant.writeList(from: path).error)
      #expect(error.status == .authentication)
      #expect(error.aadstsCode == 7_000_222)
      #expect(error.httpStatus == 401)
      let parts = error.message.components(
        separatedBy: "; NEXTCLIENTSECRET (line 8) does not help: ")
      try #require(parts.count == 2, "\(error.message)")
      #expect(parts[0].hasPrefix("\(path.text): sign-in refused (AADSTS7000222): "))
      #expect(parts[0].contains("into CLIENTSECRET (line 3)"))
      #expect(parts[1].hasPrefix("sign-in refused (AADSTS7000222): "))
      #expect(parts[1].contains("into NEXTCLIENTSECRET (line 8)"))
      #expect(!error.message.contains(Self.next))
      #expect(!error.message.contains(Registration().clientSecret))
    }
  }

  @Test("If the next secret gets no answer, that is the error, and the refusal is told behind it")
  func nextUnanswered() async throws {
    try await Self.with { tenant in
      try tenant.setFaults("expired-secret*1@token", "unavailable@token")
      let path = try tenant.configuration(["NEXTCLIENTSECRET": Self.next])
      let error = try #require(try await tenant.writeList(from: path).error)
      #expect(error.status == .server)
      #expect(
        error.message.hasSuffix(
          "; Entra ID has refused CLIENTSECRET (line 3) (AADSTS7000222) before"),
        "\(error.message)")
    }
  }

  @Test("If the file of the next secret is missing, the error is about both")
  func nextMissing() async throws {
    try await Self.with { tenant in
      let path = try tenant.configuration(["NEXTCLIENTSECRETFILE": "nowhere"])
      let error = try #require(try await tenant.writeList(from: path).error)
      #expect(error.aadstsCode == 7_000_222)
      #expect(
        error.message.contains(
          "the file of NEXTCLIENTSECRETFILE (line 8) cannot be used: there is no such file"),
        "\(error.message)")
    }
  }

  @Test("A client whose first secret was refused does not ask for it again")
  func remembers() async throws {
    try await Self.with { tenant in
      let path = try tenant.configuration(["NEXTCLIENTSECRET": Self.next])
      let simulator = tenant.simulator
      let warnings = try await tenant.blocking {
        let client = try Client(configurationAt: path)
        client.limits = .short
        return try (1...3).map { _ in
          defer { simulator.expireTokens() }
          return try client.readPeople(into: ()) { _, _, _ in }.report.warnings
        }
      }
      #expect(warnings.map(\.count) == [1, 1, 1])
      #expect(tenant.simulator.requests.signIns.map(\.status) == [401, 200, 200, 200])
    }
  }

  @Test("A first secret that is put right in its file is used again")
  func forgets() async throws {
    try await Self.with(first: 100) { tenant in
      try tenant.write("first", Self.unknown)
      try tenant.changeMode("first", 0o600)
      let path = try tenant.configuration([
        "CLIENTSECRET": "", "CLIENTSECRETFILE": "first", "NEXTCLIENTSECRET": Self.next,
      ])
      let simulator = tenant.simulator
      let file = tenant.path("first").text
      let warnings = try await tenant.blocking {
        let client = try Client(configurationAt: path)
        client.limits = .short
        return try (1...2).map { _ in
          defer {
            simulator.expireTokens()
            try? Registration().clientSecret.write(
              toFile: file, atomically: false, encoding: .utf8)
          }
          return try client.readPeople(into: ()) { _, _, _ in }.report.warnings.count
        }
      }
      #expect(warnings == [1, 0])
      #expect(tenant.simulator.requests.signIns.map(\.status) == [401, 200, 200])
    }
  }

  @Test("A first secret that was refused is tried again once the next one has ended")
  func goesBack() async throws {
    try await Self.with(first: -1) { tenant in
      let path = try tenant.configuration(["NEXTCLIENTSECRET": Self.next])
      let simulator = tenant.simulator
      let warnings = try await tenant.blocking {
        let client = try Client(configurationAt: path)
        client.limits = .short
        return try (1...2).map { _ in
          defer {
            simulator.expireTokens()
            simulator.setSecrets([
              ClientSecret(Registration().clientSecret), ClientSecret(Self.next, endingIn: -1),
            ])
          }
          return try client.readPeople(into: ()) { _, _, _ in }.report.warnings.count
        }
      }
      #expect(warnings == [1, 0])
      #expect(tenant.simulator.requests.signIns.map(\.status) == [401, 200, 401, 200])
    }
  }

  @Test("A token of the next secret is shared, with what a person should know of it")
  func isShared() async throws {
    try await Self.with { tenant in
      let path = try tenant.sharing(["NEXTCLIENTSECRET": Self.next])
      let said = [try await tenant.run(path), try await tenant.run(path)]
      let warning = Self.warning(path).replacing(/line \d/, with: "line")
      for said in said {
        #expect(said.map { $0.replacing(/line \d/, with: "line") } == [warning])
      }
      #expect(tenant.simulator.requests.signIns.map(\.status) == [401, 200])
      #expect(try tenant.stored().count == 1)

      // It proves nothing of another first secret, nor for one that is the first by now.
      let others = [
        ["CLIENTSECRET": Self.unknown, "NEXTCLIENTSECRET": Self.next], ["CLIENTSECRET": Self.next],
      ]
      for other in others {
        tenant.simulator.forgetRequests()
        try await tenant.run(tenant.sharing(other, name: "other.entraidconf"))
        #expect(tenant.simulator.requests.signIns.last?.status == 200)
      }
    }
  }

  @Test("A token of the next secret that Graph refuses is removed")
  func isDropped() async throws {
    try await Self.with { tenant in
      let path = try tenant.sharing(["NEXTCLIENTSECRET": Self.next])
      try await tenant.run(path)
      let before = try tenant.token()
      tenant.simulator.expireTokens()
      tenant.simulator.forgetRequests()
      try await tenant.run(path)
      #expect(tenant.simulator.requests.signIns.map(\.status) == [200])
      #expect(try tenant.token() != before)
    }
  }

  @Test("A certificate that has ended is followed by the next one, without being sent")
  func followsCertificate() async throws {
    try await CertificateSignInTests.with { tenant in
      var keys = CertificateSignInTests.keys("expired.pem", "good.key")
      keys["NEXTCLIENTCERTIFICATE"] = TestCredentials.path("good.pem")
      keys["NEXTCLIENTKEY"] = TestCredentials.path("good.key")
      let path = try tenant.configuration(keys)
      let report = try await tenant.writeList(from: path).get()
      #expect(report.warnings.count == 1)
      #expect(
        report.warnings.first?.contains(
          "Entra ID refuses the certificate of CLIENTCERTIFICATE (line ") == true)
      #expect(report.warnings.first?.contains(", which has ended; NEXTCLIENTCERTIFICATE") == true)
      #expect(tenant.simulator.requests.signIns.map(\.status) == [200])
    }
  }

  @Test("A certificate that Entra ID does not know is followed by the next one, or by a secret")
  func followsUnknownCertificate() async throws {
    try await CertificateSignInTests.with { tenant in
      let nexts = [
        [
          "NEXTCLIENTCERTIFICATE": TestCredentials.path("good.pem"),
          "NEXTCLIENTKEY": TestCredentials.path("good.key"),
        ], ["NEXTCLIENTSECRET": Registration().clientSecret],
      ]
      for next in nexts {
        tenant.simulator.forgetRequests()
        let keys = CertificateSignInTests.keys("other.pem", "other.key").merging(next) { $1 }
        let report = try await tenant.writeList(from: tenant.configuration(keys)).get()
        #expect(report.warnings.count == 1)
        #expect(tenant.simulator.requests.signIns.map(\.status) == [401, 200])
      }
    }
  }

  @Test("An encrypted key of the next certificate is told with the keys of the next one")
  func namesNextKeys() async throws {
    try await CertificateSignInTests.with { tenant in
      var keys = CertificateSignInTests.keys("expired.pem", "good.key")
      keys["NEXTCLIENTCERTIFICATE"] = TestCredentials.path("good.pem")
      keys["NEXTCLIENTKEY"] = TestCredentials.path("encrypted.key")
      let error = try #require(try await tenant.writeList(from: tenant.configuration(keys)).error)
      #expect(error.message.contains("the file of NEXTCLIENTKEY (line "))
      #expect(error.message.contains("add a line NEXTCLIENTKEYPASSWORDFILE = "))
    }
  }
}
