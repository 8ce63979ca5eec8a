import EntraSync
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("Clients of one batch")
struct CompanyTests {
  /// How a list's fetch ends, and how many requests were sent in vain.
  private static func fetch(_ client: Client) -> (error: EntraSyncError?, waits: Int) {
    var waits = 0
    client.observer.log = { _, line in if line.contains("try again in") { waits += 1 } }
    do throws(EntraSyncError) {
      let list = try List(path: nil, template: .attributes)
      try list.add(client)
      _ = try list.fetch()
      return (nil, waits)
    } catch {
      return (error, waits)
    }
  }

  /// How the fetches of four clients end. The third follows the second, and that the first.
  private static func fetches(
    _ tenant: SimulatedTenant
  ) async throws -> [(error: EntraSyncError?, waits: Int)] {
    let path = try tenant.configuration()
    let policy = try #require(RetryPolicy(maximumRetries: 2, firstDelay: 0))
    return try await tenant.blocking {
      let clients = try (0..<4).map { _ in
        let client = try Client(configurationAt: path)
        client.limits.retry = policy
        return client
      }
      clients[1].follow(clients[0])
      clients[2].follow(clients[1])
      return clients.map { Self.fetch($0) }
    }
  }

  @Test("A server that one client has given up is not asked by those that follow it")
  func asksDeadServerOnce() async throws {
    try await SimulatedTenant.with(faults: ["reset@token"]) { tenant in
      let results = try await Self.fetches(tenant)
      #expect(results.map(\.waits) == [2, 0, 0, 2])
      #expect(results[0].error?.status == .network)
      #expect(results[1].error == results[0].error && results[2].error == results[0].error)
    }
  }

  @Test("A server that has answered anything is not dead for the others")
  func asksAnsweringServerAgain() async throws {
    try await SimulatedTenant.with(faults: ["reset"]) { tenant in
      let results = try await Self.fetches(tenant)
      #expect(results.map(\.waits) == [2, 2, 2, 2])
    }
  }

  @Test("A refusal, and an answer that another try does not change, make no server dead")
  func asksRefusingServerAgain() async throws {
    try await SimulatedTenant.with(faults: ["forbidden", "unavailable:0:none"]) { tenant in
      let path = try tenant.configuration()
      let before = tenant.simulator.requests.count
      try await tenant.blocking {
        let clients = try [Client(configurationAt: path), Client(configurationAt: path)]
        clients[1].follow(clients[0])
        for client in clients { _ = Self.fetch(client) }
      }
      let paths = tenant.simulator.requests.dropFirst(before).map(\.target)
      #expect(paths.filter { $0.contains("token") }.count == 2)
    }
  }

  @Test("A server is dead for a while, and on the way on which it was asked")
  func forgets() async throws {
    try await SimulatedTenant.with { tenant in
      let one = try Client(configurationAt: tenant.configuration()).configuration
      let other = try Client(
        configurationAt: tenant.configuration(
          ["PROXY": "http://127.0.0.1:1"], name: "b.entraidconf")
      ).configuration
      let company = Company()
      let error = EntraSyncError(.network, "x")
      company.noteDead("https://a", for: one, error, at: 10)
      #expect(company.objection(to: "https://a", for: one, at: 309) == error)
      #expect(company.objection(to: "https://a", for: one, at: 310) == nil)
      #expect(company.objection(to: "https://a", for: other, at: 11) == nil)
      #expect(company.objection(to: "https://b", for: one, at: 11) == nil)
      #expect(company.limits(Limits(), at: 11).retry.maximumRetries == 1)
      #expect(company.limits(Limits(), at: 310).retry.maximumRetries == 5)
      #expect(company.limits(Limits(), at: 310).connecting == Company.connecting)
    }
  }
}
