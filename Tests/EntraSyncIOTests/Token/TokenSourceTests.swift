import EntraSync
import GraphSimulator
import Synchronization
import Testing

@testable import EntraSyncIO

@Suite("The token of a run")
struct TokenSourceTests {
  /// Runs `body` in a world with a stored token that is good, but so old that each run asks for a
  /// new one.
  ///
  /// - Parameters:
  ///   - fault: What then becomes of a sign-in.
  ///   - changes: Lines of the configuration.
  ///   - body: What to do with a client of that world.
  /// - Throws: What `body` throws, or when the world cannot be made.
  /// - Returns: What `body` returns.
  private func withOldToken<Result: Sendable>(
    _ fault: String, _ changes: [String: String] = [:],
    _ body: @escaping @Sendable (Client, GraphSimulator) throws -> Result
  ) async throws -> Result {
    try await SimulatedTenant.with { tenant in
      try await tenant.run(tenant.sharing())
      let path = try tenant.sharing(changes)
      let file = "state/\(try #require(try tenant.stored().first))"
      let record = try tenant.read(file)
        .replacing(/begin (\d+)/) { "begin \((Int($0.1) ?? 0) - 2000)" }
        .replacing(/life .*/, with: "life 3600 1800")
      try tenant.write(file, record)
      try tenant.changeMode(file, 0o600)
      try tenant.setFaults(fault)
      tenant.simulator.forgetRequests()
      let simulator = tenant.simulator
      return try await tenant.blocking {
        let client = try Client(configurationAt: path)
        client.limits = .short
        return try body(client, simulator)
      }
    }
  }

  /// Reads people, and returns what the run said and the requests that it sent.
  private static func read(
    _ client: Client, _ simulator: GraphSimulator
  ) -> (error: EntraSyncError?, log: [String], requests: [ReceivedRequest]) {
    var log: [String] = []
    client.observer.log = { _, line in log.append(line) }
    var failure: EntraSyncError?
    do throws(EntraSyncError) {
      _ = try client.readPeople(into: ()) { _, _, _ in }
    } catch {
      failure = error
    }
    client.observer.log = nil
    return (failure, log, simulator.requests)
  }

  @Test("A run whose renewal fails goes on with the previous token, and says so")
  func fallsBack() async throws {
    let run = try await withOldToken("server-error@token") { Self.read($0, $1) }
    #expect(run.error == nil)
    #expect(run.log.contains { $0.contains("the previous token is still valid") })
    #expect(run.requests.pages.map(\.status) == [200])
  }

  @Test("A run that is stopped during a renewal does not go on with the previous token")
  func isCancelled() async throws {
    let run = try await withOldToken("throttle:1:200@token") { client, simulator in
      var isAsked = false
      client.observer.progress = { progress in
        // Who asks again is told to go on.
        guard !isAsked, progress.seconds >= 0.3 else { return true }
        isAsked = true
        return false
      }
      return Self.read(client, simulator)
    }
    #expect(run.error?.status == .cancelled)
    #expect(!run.log.contains { $0.contains("previous token") })
    #expect(run.requests.pages.isEmpty)
  }

  @Test("A run whose TIMEOUT ends during a renewal does not go on with the previous token")
  func timesOut() async throws {
    let run = try await withOldToken("stall@token", ["TIMEOUT": "1"]) { Self.read($0, $1) }
    #expect(run.error?.status == .timeout)
    #expect(!run.log.contains { $0.contains("previous token") })
    #expect(run.requests.pages.isEmpty)
  }

  @Test("Claims are demanded by whichever of several refusals of a token names them")
  func collectsClaims() async throws {
    let claims = "eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7InZhbHVlIjoiMSJ9fX0="
    let challenge = try #require(
      ClaimsChallenge(
        ["Bearer error=\"insufficient_claims\", claims=\"\(claims)\""], parse: JSONValue.init))
    try await SimulatedTenant.with { tenant in
      for refusals in [[nil, challenge], [challenge, nil], [challenge, challenge]] {
        let path = try tenant.configuration()
        tenant.simulator.forgetRequests()
        try await tenant.blocking {
          let client = try Client(configurationAt: path)
          let run = try Run(client.configuration, observer: Observer(), limits: .short)
          let token = try client.tokens.token(run)
          for refusal in refusals { client.tokens.forget(token, answering: refusal) }
          _ = try client.tokens.token(run)
        }
        let asked = tenant.simulator.requests.signIns.map { $0.formFields.contains("claims") }
        #expect(asked == [false, true])
      }
    }
  }

  /// What an error of a new run shows of the token that the run gets.
  private static func shown(_ client: Client) throws -> String {
    let run = try Run(client.configuration, observer: Observer(), limits: .short)
    let token = try client.tokens.token(run)
    let text = token.withBytes { String(decoding: $0, as: UTF8.self) }
    #expect(text.hasPrefix("eyJ"))
    return run.presentable(EntraSyncError(.server, "Graph says \(text)!")).message
  }

  @Test("A token is removed from what a server says, whether it is new or was used before")
  func isHidden() async throws {
    let shown = try await SimulatedTenant.with { tenant in
      try await tenant.withClient { client, _ in [try Self.shown(client), try Self.shown(client)] }
    }
    #expect(shown == ["Graph says <secret>!", "Graph says <secret>!"])
  }

  @Test("A previous token that a run goes on with is removed from what a server says")
  func fallbackIsHidden() async throws {
    let shown = try await withOldToken("server-error@token") { client, _ in
      try Self.shown(client)
    }
    #expect(shown == "Graph says <secret>!")
  }
}
