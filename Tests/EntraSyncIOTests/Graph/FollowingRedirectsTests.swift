import EntraSync
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("Following redirects")
struct FollowingRedirectsTests {
  static let statuses = [301, 302, 303, 307, 308]

  @Test(
    "A redirect to the same server is followed with the token, however it is written",
    arguments: statuses, ["same", "path", "relative"])
  func followsHome(status: Int, place: String) async throws {
    try await SimulatedTenant.with { tenant in
      let calm = try await tenant.calmRun(oddities: ["empty-page"])
      for page in 1...2 {
        let requests = try await tenant.survivedRun(
          "redirect-\(status):\(place)*1#\(page)", "empty-page", like: calm)
        #expect(requests.pages.count == calm.requests.pages.count + 1)
        #expect(requests.pages.count { $0.status == status } == 1)
        #expect(requests.pages.allSatisfy { $0.bearer == .good })
        let redirected = try #require(requests.pages.firstIndex { $0.status == status })
        // The next request is for the same page, or for one that was requested before.
        #expect(
          requests.pages[redirected...].dropFirst()
            .contains { $0.target == requests.pages[redirected].target && $0.status == 200 })
      }
    }
  }

  @Test("A chain of redirects is followed up to its limit and not beyond")
  func boundsChain() async throws {
    try await SimulatedTenant.with { tenant in
      let calm = try await tenant.calmRun()
      let requests = try await tenant.survivedRun("redirect-307:path*5", like: calm)
      #expect(requests.pages.count == calm.requests.pages.count + Redirect.mostHops)
      tenant.simulator.forgetRequests()
      let error = try await tenant.failedRun("redirect-307:path*6")
      #expect(error.status == .server)
      #expect(error.message.contains("in a circle"), "\(error.message)")
      #expect(tenant.simulator.requests.pages.count == 1 + Redirect.mostHops)
    }
  }

  /// Forbidden targets of a redirect, and a word that the message must contain.
  static let away: [(place: String, word: String)] = [
    ("https://evil.example", "\"https://evil.example\""), ("nowhere", "names no place"),
    ("scheme", "\"https://127.0.0.1:"), ("port", "\"http://127.0.0.1:"),
  ]

  @Test("A redirect to another place is refused at once", arguments: away)
  func refusesAway(place: String, word: String) async throws {
    try await SimulatedTenant.with { tenant in
      for status in Self.statuses {
        for page in 1...2 {
          tenant.simulator.forgetRequests()
          let error = try await tenant.failedRun(
            "redirect-\(status):\(place)#\(page)", "empty-page")
          #expect(error.status == .server)
          #expect(error.httpStatus == status)
          #expect(error.message.contains("redirect"), "\(error.message)")
          #expect(error.message.contains(word), "\(error.message)")
          #expect(tenant.simulator.requests.pages.count { $0.status == status } == 1)
        }
      }
    }
  }

  @Test("A 3xx status that is no redirect is no page", arguments: [300, 304])
  func refusesOthers(status: Int) async throws {
    try await SimulatedTenant.with { tenant in
      let error = try await tenant.failedRun("redirect-\(status):same")
      #expect(error.status == .server)
      #expect(error.message.contains("HTTP \(status)"), "\(error.message)")
      #expect(tenant.simulator.requests.pages.count == 1)
    }
  }

  @Test("No redirect or page link takes the token to a server other than Graph")
  func tokenStaysHome() async throws {
    try await SimulatedTenant.with { tenant in
      try await SimulatedTenant.with { other in
        let kinds = ["foreign-next-link"] + Self.statuses.map { "redirect-\($0)" }
        for kind in kinds {
          // Only the port differs.
          let error = try await tenant.failedRun("\(kind):\(other.simulator.origin)")
          #expect(error.status == .server)
        }
        #expect(other.simulator.requests.isEmpty)
      }
    }
  }

  @Test("A sign-in follows no redirect, because the secret would go with it", arguments: statuses)
  func signInFollowsNone(status: Int) async throws {
    try await SimulatedTenant.with { tenant in
      for place in ["same", "path", "nowhere", "https://evil.example"] {
        tenant.simulator.forgetRequests()
        let error = try await tenant.failedRun("redirect-\(status):\(place)@token")
        #expect(error.message.contains("HTTP \(status)"), "\(error.message)")
        #expect(tenant.simulator.requests.map(\.method) == ["POST"])
      }
    }
  }
}
