import EntraSync
import GraphSimulator
import Synchronization
import Testing

@testable import EntraSyncIO

@Suite("An observer")
struct ObserverTests {
  @Test(
    "An observer can stop a run at once, even while it waits for a server",
    arguments: ["throttle:1:200", "stall"])
  func stops(fault: String) async throws {
    try await SimulatedTenant.with(faults: [fault]) { tenant in
      let path = try tenant.configuration()
      let clock = ContinuousClock()
      let began = clock.now
      let error = try await tenant.writeList(from: path) {
        var observer = Observer()
        observer.progress = { $0.seconds < 0.3 }
        return observer
      }.error
      #expect(error?.status == .cancelled)
      // The server asks for minutes; this limit is far more than any machine needs to stop.
      #expect(clock.now - began < .seconds(60))
      #expect(try tenant.names() == ["test.entraidconf"])
    }
  }

  @Test("An observer that has seen the last person can still stop the run before a list is written")
  func hasLastWord() async throws {
    try await SimulatedTenant.with(members: 30) { tenant in
      let error = try await tenant.writeList(from: tenant.configuration()) {
        var observer = Observer()
        observer.progress = { $0.people < 30 }
        return observer
      }.error
      #expect(error?.status == .cancelled)
      #expect(try tenant.names() == ["test.entraidconf"])
    }
  }

  @Test("An observer is told how far the run has come")
  func seesProgress() async throws {
    try await SimulatedTenant.with(members: 2000, faults: ["slow:250"]) { tenant in
      let seen = Mutex<[Progress]>([])
      let path = try tenant.configuration()
      let report = try await tenant.blocking {
        let client = try Client(configurationAt: path)
        client.observer.progress = { progress in
          seen.withLock { $0.append(progress) }
          return true
        }
        return try client.readPeople(into: ()) { _, _, _ in }.report
      }
      let steps = seen.withLock { $0 }
      #expect(steps.count >= 2)
      #expect(steps.map(\.seconds) == steps.map(\.seconds).sorted())
      #expect(steps.map(\.pages) == steps.map(\.pages).sorted())
      #expect((steps.last?.people ?? 0) <= report.fetched)
      #expect(steps.contains { $0.pages > 0 && $0.people > 0 && $0.bytes > 0 })
    }
  }

  @Test("An observer reads a log of what is done, without a secret in it")
  func readsLog() async throws {
    try await SimulatedTenant.with(faults: ["throttle:1:0"]) { tenant in
      let seen = Mutex<[(LogLevel, String)]>([])
      let path = try tenant.configuration(["SOMETHING": "else"])
      try await tenant.blocking {
        let client = try Client(configurationAt: path)
        client.observer.log = { level, line in seen.withLock { $0.append((level, line)) } }
        _ = try client.readPeople(into: ()) { _, _, _ in }.report
      }
      let lines = seen.withLock { $0 }
      #expect(lines.first?.0 == .warning)
      #expect(lines.first?.1.contains("unknown key SOMETHING") == true)
      for word in ["sign-in", "page 1, try 1", "HTTP 429", "page 1, try 2"] {
        #expect(lines.contains { $0.1.contains(word) }, "\(word)")
      }
      #expect(lines.allSatisfy { !$0.1.contains(Registration().clientSecret) })
      #expect(lines.allSatisfy { !$0.1.contains("Bearer") })
    }
  }

  @Test("An observer sees the run end when its TIMEOUT is over")
  func timesOut() async throws {
    try await SimulatedTenant.with(faults: ["stall"]) { tenant in
      let path = try tenant.configuration(["TIMEOUT": "1"])
      let error = try await tenant.writeList(from: path).error
      #expect(error?.status == .timeout)
      let message = try #require(error?.message)
      #expect(message.contains("longer than 1 s"))
      #expect(message.contains("raise TIMEOUT (line"))
    }
  }
}
