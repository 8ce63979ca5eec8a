import EntraSync
import GraphSimulator
import Synchronization
import Testing

@testable import EntraSyncIO

/// The retry cases of Microsoft's own clients that need a real request, with their numbers in
/// the suite "The retry cases of Microsoft's clients", and other requests that are repeated.
@Suite("Asking again")
struct AskingAgainTests {
  private func requests(_ tenant: SimulatedTenant, _ method: String) -> [ReceivedRequest] {
    tenant.simulator.requests.filter { $0.method == method && !$0.target.contains("visibility") }
  }

  @Test("Retry case 9: a retry carries its number, and the first try carries none")
  func countsRetries() async throws {
    try await SimulatedTenant.with(faults: ["unavailable:2:none"]) { tenant in
      _ = try await tenant.writeList(from: tenant.configuration()).get()
      let headers = requests(tenant, "GET").map { $0.headers["retry-attempt"] }
      #expect(headers == [nil, "1", "2"])
    }
  }

  @Test("Retry case 21: a sign-in is repeated with its form")
  func repeatsForm() async throws {
    try await SimulatedTenant.with(faults: ["unavailable:1:none@token"]) { tenant in
      _ = try await tenant.writeList(from: tenant.configuration()).get()
      let forms = requests(tenant, "POST").map(\.formFields)
      #expect(forms.count == 2)
      #expect(forms.first?.contains("client_secret") == true)
      #expect(forms.first == forms.last)
    }
  }

  @Test(
    "Retry case 24: a wait longer than the run's rest is not begun, and the error has its length")
  func endsWait() async throws {
    try await SimulatedTenant.with(faults: ["throttle:1:500"]) { tenant in
      let error = try await tenant.writeList(from: tenant.configuration()).error
      #expect(error?.status == .throttled)
      #expect(error?.retryAfter == 500)
      #expect(error?.message.contains("asked to wait 500 s; TIMEOUT leaves") == true)
      #expect(requests(tenant, "GET").count == 1)
    }
  }

  @Test(
    "Retry case 25: a wait ends at once when the observer stops the run", arguments: ["", "@token"])
  func cancelsWait(target: String) async throws {
    try await SimulatedTenant.with(faults: ["throttle:1:250\(target)"]) { tenant in
      let clock = ContinuousClock()
      let began = clock.now
      let error = try await tenant.writeList(from: tenant.configuration()) {
        var observer = Observer()
        observer.progress = { $0.waiting == 0 }
        return observer
      }.error
      #expect(error?.status == .cancelled)
      #expect(clock.now - began < .seconds(60))
    }
  }

  @Test("Retry case 26: a retry uses the connection of the failed try")
  func keepsConnection() async throws {
    try await SimulatedTenant.with(faults: ["unavailable:3:none"]) { tenant in
      _ = try await tenant.writeList(from: tenant.configuration()).get()
      #expect(requests(tenant, "GET").count == 4)
      #expect(Set(tenant.simulator.requests.map(\.connection)).count == 1)
    }
  }

  @Test("Retry case 27: 429, 429, 200 is a 200")
  func getsThrough() async throws {
    try await SimulatedTenant.with(faults: ["throttle:2:none"]) { tenant in
      let report = try await tenant.writeList(from: tenant.configuration()).get()
      #expect(requests(tenant, "GET").map(\.status) == [429, 429, 200])
      #expect(report.requests == 5)
    }
  }

  /// Faults that end, and how many requests each costs.
  static let passing = [
    ("server-error:1", 1), ("bad-gateway:1", 1), ("unavailable:1:none", 1),
    ("gateway-timeout:1", 1), ("throttle:1:none", 1), ("server-error:2#2", 2),
    ("server-error:1@token", 1), ("bad-gateway:1@token", 1), ("gateway-timeout:1@token", 1),
    ("unauthorized:1", 2), ("unauthorized:1#2", 2), ("reset*1", 1), ("reset:0*1", 1),
    ("reset:-1*1", 1), ("reset*5#2", 5), ("reset*1@token", 1), ("cut-body*5", 5),
    ("cut-body*1#2", 1), ("cut-body*5@token", 5),
  ]

  @Test("A fault that ends is retried, and the list is right", arguments: passing)
  func survives(fault: String, cost: Int) async throws {
    try await SimulatedTenant.with(members: 1100) { tenant in
      let calm = try await tenant.calmRun()
      let requests = try await tenant.survivedRun(fault, like: calm)
      #expect(requests.count == calm.requests.count + cost)
    }
  }

  @Test("A page that was requested with an expired token is requested again with a new one")
  func asksSamePageAgain() async throws {
    try await SimulatedTenant.with(members: 1100) { tenant in
      let calm = try await tenant.calmRun()
      let requests = try await tenant.survivedRun("unauthorized:1#2", like: calm)
      #expect(requests.map(\.method) == ["POST", "GET", "GET", "GET", "POST", "GET"])
      #expect(requests[3].status == 401 && requests[5].status == 200)
      #expect(requests[3].target == requests[5].target)
    }
  }

  @Test("A token that expires in mid-run costs one sign-in, however many pages follow")
  func renewsOnce() async throws {
    try await SimulatedTenant.with(members: 4500) { tenant in
      let path = try tenant.configuration()
      let simulator = tenant.simulator
      let isExpired = Mutex(false)
      let report = try await tenant.blocking {
        let client = try Client(configurationAt: path)
        client.observer.log = { _, line in
          let isFirst =
            line.contains("page 3")
            && isExpired.withLock { old in
              defer { old = true }
              return !old
            }
          if isFirst { simulator.expireTokens() }
        }
        return try client.readPeople(into: ()) { _, _, _ in }.report
      }
      #expect(report.fetched == 4500)
      #expect(requests(tenant, "POST").count == 2)
      let refused = requests(tenant, "GET").count { $0.status == 401 }
      #expect((1...2).contains(refused))
      #expect(requests(tenant, "GET").count == 5 + refused)
    }
  }

  @Test("A person on two pages or in two groups is counted once")
  func countsOnce() async throws {
    try await SimulatedTenant.with(members: 1500) { tenant in
      let path = try tenant.configuration()
      let calm = try await tenant.writeList("expected", from: path).get()
      try tenant.setFaults("repeated-members")
      let report = try await tenant.writeList(from: path).get()
      #expect(report.fetched == calm.fetched)
      #expect(report.skips == calm.skips)
      try tenant.setFaults()
      let twice = try tenant.configuration(
        [
          "GROUPID": "\(BuiltInGroup.inner.id),\(BuiltInGroup.nested.id)",
          "MEMBERSHIP": "transitive",
        ])
      let once = try tenant.configuration(
        ["GROUPID": BuiltInGroup.nested.id, "MEMBERSHIP": "transitive"], name: "one.entraidconf")
      #expect(
        try await tenant.writeList("a", from: twice).get().fetched
          == tenant.writeList("b", from: once).get().fetched)
    }
  }

  @Test("Nested groups that are not followed are counted, and followed ones are not")
  func countsNestedGroups() async throws {
    try await SimulatedTenant.with { tenant in
      let direct = try tenant.configuration(group: .nested)
      #expect(try await tenant.writeList(from: direct).get().nestedGroups == 1)
      let all = try tenant.configuration(["MEMBERSHIP": "transitive"], group: .nested)
      #expect(try await tenant.writeList("all", from: all).get().nestedGroups == 0)
    }
  }

  @Test("A refused sign-in is not repeated by the same client for a while")
  func holdsBack() async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.configuration(["CLIENTSECRET": "wrong"])
      let messages = try await tenant.blocking {
        let client = try Client(configurationAt: path)
        return (1...3).map { _ in
          do throws(EntraSyncError) {
            _ = try client.readPeople(into: ()) { _, _, _ in }
            return ""
          } catch { return error.message }
        }
      }
      #expect(Set(messages).count == 1)
      #expect(messages.first?.contains("AADSTS7000215") == true)
      #expect(requests(tenant, "POST").count == 1)
    }
  }

  @Test("A connection that stalls counts as broken")
  func noticesStall() async throws {
    try await SimulatedTenant.with(faults: ["stall"]) { tenant in
      var limits = Limits()
      limits.retry = try #require(RetryPolicy(maximumRetries: 1, firstDelay: 0))
      limits.stalling = 1
      let path = try tenant.configuration()
      let error = try await tenant.writeList(from: path, limits: limits).error
      #expect(error?.status == .network)
      let server = tenant.simulator.origin
      let words = "\(server) did not answer in time: nothing came for "
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
  }
}
