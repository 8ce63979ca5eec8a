import EntraSync
import Foundation
import GraphSimulator
import Synchronization
import Testing

@testable import EntraSyncIO

@Suite("Reminders of a credential that ends")
struct ReminderTests {
  static let day = 86_400.0

  /// A day from now, as SECRETEXPIRES has it.
  static func date(inDays days: Double) -> String {
    CredentialEnd(Clock.wall + days * Self.day, from: .configuration).day
  }

  /// Runs `body` in a world whose application's client secret ends in some days.
  static func with(
    days: Double, faults: [String] = [], _ body: (SimulatedTenant) async throws -> Void
  ) async throws {
    try await SimulatedTenant.with(members: 3, faults: faults) { tenant in
      tenant.simulator.setSecrets([ClientSecret(Registration().clientSecret, endingIn: days)])
      try await body(tenant)
    }
  }

  /// The warnings of a run that writes a list.
  static func warnings(
    _ tenant: SimulatedTenant, _ path: Path,
    log: @escaping @Sendable (LogLevel, String) -> Void = { _, _ in }
  ) async throws -> [String] {
    try await tenant.writeList(from: path) {
      var observer = Observer()
      observer.log = log
      return observer
    }.get().warnings
  }

  /// Changes when something was said or asked, as if days had passed.
  static func letPass(days: Double, _ tenant: SimulatedTenant, _ path: Path) async throws {
    try await tenant.blocking {
      let client = try Client(configurationAt: path)
      let credential = try LoadedCredential(of: client.configuration, besides: path)
      let binding = try #require(credential.binding(of: client.configuration))
      let history = RunHistory(in: path.sibling(Path("state")))
      for notice in try history.notices(of: "\(client.application)/\(binding.mark)") {
        var notice = notice
        notice.since -= Int64(days * Self.day)
        if notice.said > 0 { notice.said -= Int64(days * Self.day) }
        try history.keep(notice)
      }
    }
  }

  @Test("SECRETEXPIRES within 7 days is said in each run where nothing is remembered")
  func saysWithoutMemory() async throws {
    try await Self.with(days: 300) { tenant in
      let path = try tenant.configuration([
        "SECRETEXPIRES": Self.date(inDays: 3), "STATEDIR": "none",
      ])
      for _ in 1...2 {
        let warnings = try await Self.warnings(tenant, path)
        #expect(warnings.count == 1)
        #expect(
          warnings.first?.hasPrefix(
            "\(path.text): the client secret of CLIENTSECRET (line 3) ends on ") == true)
      }
      let later = try tenant.configuration([
        "SECRETEXPIRES": Self.date(inDays: 20), "STATEDIR": "none",
      ])
      #expect(try await Self.warnings(tenant, later).isEmpty)
      #expect(!tenant.simulator.requests.contains { $0.target.contains("applications") })
    }
  }

  @Test("SECRETEXPIRES is said weekly, then daily, where runs are remembered")
  func saysWithMemory() async throws {
    try await Self.with(days: 300) { tenant in
      let path = try tenant.configuration([
        "SECRETEXPIRES": Self.date(inDays: 20), "STATEDIR": "state",
      ])
      #expect(try await Self.warnings(tenant, path).count == 1)
      #expect(try await Self.warnings(tenant, path).isEmpty)
      try await Self.letPass(days: 6, tenant, path)
      #expect(try await Self.warnings(tenant, path).isEmpty)
      try await Self.letPass(days: 1, tenant, path)
      #expect(try await Self.warnings(tenant, path).count == 1)
      #expect(!tenant.simulator.requests.contains { $0.target.contains("applications") })

      // Another date is another end.
      let sooner = try tenant.configuration([
        "SECRETEXPIRES": Self.date(inDays: 4), "STATEDIR": "state",
      ])
      #expect(try await Self.warnings(tenant, sooner).count == 1)
      try await Self.letPass(days: 1, tenant, sooner)
      #expect(try await Self.warnings(tenant, sooner).count == 1)
    }
  }

  @Test("Graph is asked once a day, after the list was written, and its date is said")
  func asksGraph() async throws {
    try await Self.with(days: 20.5) { tenant in
      let path = try tenant.configuration(["STATEDIR": "state"])
      let said = Mutex<[String]>([])
      let warnings = try await Self.warnings(tenant, path) { level, line in
        said.withLock { $0.append("\(level): \(line)") }
      }
      #expect(warnings.count == 1)
      #expect(
        warnings.first?.contains(" UTC (days left: 20); make a new one in Entra ID") == true,
        "\(warnings)")
      let log = said.withLock(\.self)
      #expect(log.filter { $0.hasPrefix("warning") } == warnings.map { "warning: \($0)" })
      // The first three characters of the secret are shown nowhere.
      let hint = String(Registration().clientSecret.prefix(3))
      #expect(!(log + warnings).contains { $0.contains(hint) })
      let targets = tenant.simulator.requests.map(\.target)
      #expect(targets.last?.contains("/applications(appId=") == true)
      #expect(targets.filter { $0.contains("applications") }.count == 1)

      #expect(try await Self.warnings(tenant, path).isEmpty)
      #expect(tenant.simulator.requests.count { $0.target.contains("applications") } == 1)
      try await Self.letPass(days: 1, tenant, path)
      #expect(try await Self.warnings(tenant, path).isEmpty)
      #expect(tenant.simulator.requests.count { $0.target.contains("applications") } == 2)
      try await Self.letPass(days: 6, tenant, path)
      #expect(try await Self.warnings(tenant, path).count == 1)
    }
  }

  @Test("A client secret that ends much later is asked about, and nothing is said")
  func staysQuiet() async throws {
    try await Self.with(days: 300) { tenant in
      let path = try tenant.configuration(["STATEDIR": "state"])
      for _ in 1...2 { #expect(try await Self.warnings(tenant, path).isEmpty) }
      #expect(tenant.simulator.requests.count { $0.target.contains("applications") } == 1)
      let end = try await tenant.blocking { try Client(configurationAt: path).credentialEnd() }
      let expected = Clock.wall + 300 * Self.day
      #expect(abs((end ?? 0) - expected) < 3600)
    }
  }

  @Test("A new client secret makes what Graph has said of the old one count no more")
  func forgetsOld() async throws {
    try await Self.with(days: 20) { tenant in
      let path = try tenant.configuration(["STATEDIR": "state"])
      #expect(try await Self.warnings(tenant, path).count == 1)
      tenant.simulator.setSecrets([
        ClientSecret(Registration().clientSecret, endingIn: 20),
        ClientSecret(NextCredentialTests.next, endingIn: 400),
      ])
      let new = try tenant.configuration([
        "STATEDIR": "state", "CLIENTSECRET": NextCredentialTests.next,
      ])
      #expect(try await Self.warnings(tenant, new).isEmpty)
      #expect(tenant.simulator.requests.count { $0.target.contains("applications") } == 2)
    }
  }

  @Test(
    "Whatever becomes of the question, the list is right, nothing is said, and it is asked tomorrow",
    arguments: [
      "forbidden@application", "not-found@application", "throttle:9:30@application",
      "server-error@application", "not-json@application", "empty-body@application",
      "cut-json:40@application", "block-page@application", "reset@application",
      "redirect@application",
    ])
  func survives(fault: String) async throws {
    try await Self.with(days: 5, faults: [fault]) { tenant in
      let path = try tenant.configuration(["STATEDIR": "state"])
      for _ in 1...2 {
        let began = Clock.monotonic
        #expect(try await Self.warnings(tenant, path).isEmpty)
        #expect(Clock.monotonic - began < CredentialMemory.patience)
      }
      #expect(try tenant.read("list").split(separator: "\n").count == 3)
      #expect(tenant.simulator.requests.count { $0.target.contains("applications") } == 1)
      // A refusal is no reason to sign in again.
      #expect(tenant.simulator.requests.signIns.count == 1)
      try await Self.letPass(days: 1, tenant, path)
      _ = try await Self.warnings(tenant, path)
      #expect(tenant.simulator.requests.count { $0.target.contains("applications") } == 2)
    }
  }

  @Test("Where the next credential stands ready, nothing is said before it is needed")
  func trustsNext() async throws {
    try await Self.with(days: 300) { tenant in
      let path = try tenant.configuration([
        "SECRETEXPIRES": Self.date(inDays: 2), "STATEDIR": "none",
        "NEXTCLIENTSECRET": NextCredentialTests.next,
      ])
      #expect(try await Self.warnings(tenant, path).isEmpty)
    }
  }

  @Test("Where the next credential ends as well, the later end is said, in lists and in a check")
  func saysEndOfBoth() async throws {
    try await CertificateSignInTests.with(registered: "soon.pem") { tenant in
      var keys = CertificateSignInTests.keys("soon.pem", "good.key")
      keys["NEXTCLIENTCERTIFICATE"] = TestCredentials.path("soon.pem")
      keys["NEXTCLIENTKEY"] = TestCredentials.path("good.key")
      keys["STATEDIR"] = "state"
      let path = try tenant.configuration(keys)
      #expect(try await Self.warnings(tenant, path).count == 1)
      let (warnings, end) = try await tenant.blocking {
        let client = try Client(configurationAt: path)
        return (try client.checkCredential(), client.credentialEnd())
      }
      #expect(warnings.contains { $0.contains(" expires on ") })
      let soon = try TestCredentials.pair("soon.pem", "good.key").certificate.ends
      #expect(end == soon)
      keys["NEXTCLIENTCERTIFICATE"] = TestCredentials.path("good.pem")
      let good = try tenant.configuration(keys, name: "good.entraidconf")
      #expect(try await Self.warnings(tenant, good).isEmpty)
    }
    try await Self.with(days: 3) { tenant in
      tenant.simulator.setSecrets([
        ClientSecret(Registration().clientSecret, endingIn: 3),
        ClientSecret(NextCredentialTests.next, endingIn: 5.5),
      ])
      let path = try tenant.configuration([
        "STATEDIR": "state", "SECRETEXPIRES": Self.date(inDays: 3),
        "NEXTCLIENTSECRET": NextCredentialTests.next,
      ])
      let warnings = try await Self.warnings(tenant, path)
      #expect(warnings.count == 1)
      #expect(warnings.first?.contains("NEXTCLIENTSECRET (line ") == true, "\(warnings)")
      #expect(warnings.first?.contains("(days left: 5)") == true)
    }
  }

  @Test("A certificate's own end is said, and Graph is not asked")
  func saysCertificate() async throws {
    try await CertificateSignInTests.with(registered: "soon.pem") { tenant in
      var keys = CertificateSignInTests.keys("soon.pem", "good.key")
      keys["STATEDIR"] = "state"
      let path = try tenant.configuration(keys)
      let warnings = try await Self.warnings(tenant, path)
      #expect(warnings.count == 1)
      #expect(warnings.first?.contains("CLIENTCERTIFICATE (line ") == true)
      #expect(warnings.first?.contains(" expires on ") == true)
      #expect(try await Self.warnings(tenant, path).isEmpty)
      #expect(!tenant.simulator.requests.contains { $0.target.contains("applications") })
      // Ten days are not urgent.
      keys["STATEDIR"] = "none"
      #expect(try await Self.warnings(tenant, tenant.configuration(keys)).isEmpty)
    }
  }

  @Test("Two configurations of one application say it once, and a fetch says it too")
  func saysOnce() async throws {
    try await Self.with(days: 300) { tenant in
      let keys = ["SECRETEXPIRES": Self.date(inDays: 3), "STATEDIR": "state"]
      let paths = [
        try tenant.configuration(keys), try tenant.configuration(keys, name: "b.entraidconf"),
      ]
      let list = tenant.path("list")
      let counts = try await tenant.blocking {
        let list = try List(path: list, template: .attributes)
        for path in paths { try list.add(Client(configurationAt: path)) }
        return [try list.fetch().warnings.count, try list.write().warnings.count]
      }
      #expect(counts == [1, 0])
    }
  }

  @Test("A client knows the end of its credential as far as somebody has said it")
  func knowsEnd() async throws {
    try await Self.with(days: 300) { tenant in
      let none = try tenant.configuration(["STATEDIR": "none"])
      let dated = try tenant.configuration(
        ["STATEDIR": "none", "SECRETEXPIRES": "2027-03-31"], name: "dated.entraidconf")
      let ends = try await tenant.blocking {
        try [none, dated].map { try Client(configurationAt: $0).credentialEnd() }
      }
      #expect(ends == [nil, 1_806_537_599])
    }
    let path = try TestCredentials.pair("good.pem", "good.key").certificate.ends
    try await CertificateSignInTests.with { tenant in
      var keys = CertificateSignInTests.keys("good.pem", "good.key")
      let good = try tenant.configuration(keys)
      keys = CertificateSignInTests.keys("expired.pem", "good.key")
      keys["NEXTCLIENTCERTIFICATE"] = TestCredentials.path("good.pem")
      keys["NEXTCLIENTKEY"] = TestCredentials.path("good.key")
      let next = try tenant.configuration(keys, name: "next.entraidconf")
      let ends = try await tenant.blocking {
        try [good, next].map { try Client(configurationAt: $0).credentialEnd() }
      }
      #expect(ends == [path, path])
    }
  }
}
