import EntraSync
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("A server that cannot be reached")
struct UnreachableServerTests {
  /// Which key leads there, and the page or sign-in that is so lost.
  static let keys = ["LOGINURL", "GRAPHURL"]

  @Test(
    "A server that cannot be reached is asked again, and the observer can end the waits",
    arguments: keys)
  func cancelsWait(key: String) async throws {
    try await SimulatedTenant.with { tenant in
      let port = try DeafPort(.refuses)
      let path = try tenant.configuration([key: "http://127.0.0.1:\(port.number)"])
      let clock = ContinuousClock()
      let began = clock.now
      let error = try await tenant.writeList(from: path, limits: Limits()) {
        var observer = Observer()
        observer.progress = { $0.waiting == 0 }
        return observer
      }.error
      #expect(error?.status == .cancelled)
      // All waits together would be a minute and a half.
      #expect(clock.now - began < .seconds(60))
      withExtendedLifetime(port) {}
    }
  }

  @Test(
    "A server that cannot be reached is asked for no longer than TIMEOUT allows", arguments: keys)
  func respectsTimeout(key: String) async throws {
    try await SimulatedTenant.with { tenant in
      let port = try DeafPort(.refuses)
      let server = "http://127.0.0.1:\(port.number)"
      // No sign-in at the simulator, however slow the machine, comes near the first wait.
      var limits = Limits()
      limits.retry = try #require(RetryPolicy(maximumRetries: 5, firstDelay: 120))
      let path = try tenant.configuration([key: server, "TIMEOUT": "119"])
      let error = try await tenant.writeList(from: path, limits: limits).error
      #expect(error?.status == .network)
      let message = try #require(error?.message)
      #expect(message.contains("cannot connect to \(server) ("))
      #expect(message.contains(": Connection refused); check network"))
      #expect(message.contains("; TIMEOUT leaves "))
      withExtendedLifetime(port) {}
    }
  }

  @Test("A server that accepts and says nothing is named, with the seconds of its silence")
  func namesSilence() async throws {
    try await SimulatedTenant.with { tenant in
      let port = try DeafPort(.accepts)
      let server = "https://127.0.0.1:\(port.number)"
      var limits = Limits.short
      limits.retry = try #require(RetryPolicy(maximumRetries: 1, firstDelay: 0))
      limits.connecting = 1
      let path = try tenant.configuration(["LOGINURL": server])
      let error = try await tenant.writeList(from: path, limits: limits).error
      #expect(error?.status == .network)
      let message = try #require(error?.message)
      #expect(message.contains("\(server) did not answer in time: nothing came for "))
      #expect(message.contains("gave up after 2 tries"))

      // Where the tries use up TIMEOUT, all of them count.
      limits.retry = try #require(RetryPolicy(maximumRetries: 9, firstDelay: 0))
      let short = try tenant.configuration(["LOGINURL": server, "TIMEOUT": "3"])
      let end = try await tenant.writeList(from: short, limits: limits).error
      #expect(end?.status == .timeout)
      #expect(
        end?.message.contains("longer than 3 s: nothing came from \(server) for ") == true,
        "\(end?.message ?? "")")
      withExtendedLifetime(port) {}
    }
  }
}
