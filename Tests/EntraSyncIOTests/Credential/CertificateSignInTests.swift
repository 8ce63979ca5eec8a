import EntraSync
import Foundation
import GraphSimulator
import Synchronization
import Testing

@testable import EntraSyncIO

@Suite("A sign-in by certificate")
struct CertificateSignInTests {
  /// Runs `body` in a world whose application has the certificate `registered`.
  static func with(
    registered: String = "good.pem", faults: [String] = [],
    _ body: (SimulatedTenant) async throws -> Void
  ) async throws {
    let certificate = try TestCredentials.text(registered)
    try await SimulatedTenant.with(faults: faults, certificate: certificate, body)
  }

  static func keys(_ certificate: String, _ key: String) -> [String: String] {
    [
      "CLIENTSECRET": "", "CLIENTCERTIFICATE": TestCredentials.path(certificate),
      "CLIENTKEY": TestCredentials.path(key),
    ]
  }

  @Test("A sign-in by certificate gets a token, and sends no client secret")
  func signsIn() async throws {
    try await Self.with { tenant in
      let path = try tenant.configuration(Self.keys("good.pem", "good.key"))
      #expect(try await tenant.writeList(from: path).get().fetched == 30)
      let token = try #require(tenant.simulator.requests.first)
      #expect(
        token.formFields == [
          "client_id", "scope", "client_assertion_type", "client_assertion", "grant_type",
        ])
    }
  }

  @Test("A certificate and its key are found beside the configuration")
  func findsFiles() async throws {
    try await Self.with { tenant in
      try tenant.write("app.pem", try TestCredentials.text("both.pem"))
      let path = try tenant.configuration([
        "CLIENTSECRET": "", "CLIENTCERTIFICATE": "app.pem", "CLIENTKEY": "app.pem",
      ])
      #expect(try await tenant.writeList(from: path).get().fetched == 30)
    }
  }

  /// Files that cannot sign in, and what the message says.
  static let unusable: [(certificate: String, key: String, words: String)] = [
    ("expired.pem", "good.key", "expired on 20"), ("future.pem", "good.key", "is not valid before"),
    ("small.pem", "small.key", "1024 bits"), ("curve.pem", "curve.key", "no RSA key"),
    ("good.pem", "encrypted.key", "is encrypted"), ("good.pem", "other.key", "another certificate"),
  ]

  @Test(
    "A sign-in by a certificate that cannot be used is refused before anything is sent",
    arguments: unusable)
  func refusesEarly(certificate: String, key: String, words: String) async throws {
    try await Self.with { tenant in
      let good = try tenant.configuration(Self.keys("good.pem", "good.key"))
      _ = try await tenant.writeList(from: good).get()
      let before = try tenant.identity("list")
      tenant.simulator.forgetRequests()

      let path = try tenant.configuration(Self.keys(certificate, key))
      let error = try await tenant.writeList(from: path).error
      #expect(error?.status == .configuration)
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
      #expect(error?.message.hasPrefix(path.text) == true)
      #expect(tenant.simulator.requests.isEmpty)
      #expect(try tenant.identity("list") == before)
    }
  }

  @Test("A sign-in by a certificate that Entra ID does not know names the one to upload")
  func unknownCertificate() async throws {
    try await Self.with(registered: "other.pem") { tenant in
      let path = try tenant.configuration(Self.keys("good.pem", "good.key"))
      let error = try await tenant.writeList(from: path).error
      #expect(error?.status == .authentication)
      #expect(error?.aadstsCode == 700_027)
      let thumbprint = try TestCredentials.pair("good.pem", "good.key").certificate.shownThumbprint
      #expect(error?.message.contains(thumbprint) == true, "\(error?.message ?? "")")
    }
  }

  @Test("A sign-in by certificate that is tried again makes a new client assertion")
  func provesAnew() async throws {
    try await Self.with(faults: ["unavailable:2:0@token"]) { tenant in
      let path = try tenant.configuration(Self.keys("good.pem", "good.key"))
      #expect(try await tenant.writeList(from: path).get().fetched == 30)
      let tries = tenant.simulator.requests.filter { $0.method == "POST" }
      #expect(tries.map(\.status) == [503, 503, 200])
    }
  }

  @Test("The log shows a certificate's thumbprint and its end, and nothing else of it")
  func tellsLog() async throws {
    try await Self.with(registered: "soon.pem") { tenant in
      let lines = Mutex<[String]>([])
      let path = try tenant.configuration(Self.keys("soon.pem", "good.key"))
      _ = try await tenant.writeList(from: path) {
        var observer = Observer()
        observer.log = { level, line in lines.withLock { $0.append("\(level): \(line)") } }
        return observer
      }.get()
      let said = lines.withLock { $0 }
      #expect(said.contains { $0.contains(/with the thumbprint [0-9A-F]{40}, which ends on 20/) })
      #expect(!said.contains { $0.contains("eyJ") || $0.contains("BEGIN") })
    }
  }
}
