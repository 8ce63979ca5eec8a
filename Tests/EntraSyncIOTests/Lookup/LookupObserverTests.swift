import EntraSync
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("An observer of a lookup")
struct LookupObserverTests {
  @Test(
    "An observer can stop a lookup at once, even while it waits for a server",
    arguments: [
      "stall@batch", "stall@token", "throttle:1:200@batch", "throttle:1:200@users",
      "throttle:1:200@token",
    ])
  func stops(fault: String) async throws {
    try await SimulatedTenant.withSomebody(faults: [fault]) { tenant in
      let clock = ContinuousClock()
      let began = clock.now
      let found = try await tenant.withClient { client, _ in
        client.observer.progress = { $0.seconds < 0.3 }
        return client.verdicts("anna@example.com")
      }
      #expect(found == [.unknown(.cancelled)])
      // The server asks for minutes; this limit is far more than any machine needs to stop.
      #expect(clock.now - began < .seconds(60))
    }
  }

  @Test("An observer can stop a lookup before anything is sent, and the next lookup works")
  func stopsBeforeAnything() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      try await tenant.withClient { client, simulator in
        client.observer.progress = { _ in false }
        #expect(client.verdicts("anna@example.com") == [.unknown(.cancelled)])
        #expect(simulator.requests.isEmpty)
        client.observer.progress = nil
        #expect(client.verdicts("anna@example.com") == [.member])
      }
    }
  }

  @Test("A client whose lookup was stopped in the middle answers the next one")
  func stopsInTheMiddle() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      try await tenant.withClient { client, simulator in
        #expect(client.verdicts("anna@example.com") == [.member])
        simulator.setFaults([try FaultRule("stall@batch")])
        client.observer.progress = { $0.seconds < 0.3 }
        #expect(client.verdicts("anna@example.com") == [.unknown(.cancelled)])
        simulator.setFaults([])
        client.observer.progress = nil
        #expect(client.verdicts("anna@example.com", "otto@example.com") == [.member, .notMember])
        #expect(simulator.requests.trips.count { $0 == "token" } == 1)
      }
    }
  }

  @Test("An observer reads a lookup's log without an address, a secret or a token in it")
  func readsLog() async throws {
    try await SimulatedTenant.withSomebody(faults: ["throttle:1:0@batch"]) { tenant in
      let lines = try await tenant.withClient(["SOMETHING": "else"]) { client, _ in
        var lines: [String] = []
        client.observer.log = { _, line in lines.append(line) }
        #expect(client.verdicts("anna@example.com") == [.member])
        return lines
      }
      for word in ["unknown key SOMETHING", "sign-in", "lookup, try 1", "HTTP 429", "try 2"] {
        #expect(lines.contains { $0.contains(word) }, "\(word)")
      }
      for word in [Registration().clientSecret, "Bearer", "anna"] {
        #expect(lines.allSatisfy { !$0.contains(word) }, "\(word)")
      }
    }
  }

  @Test(
    "A lookup ends when its TIMEOUT is over, and the message says so",
    arguments: ["batch", "token"])
  func timesOut(place: String) async throws {
    try await SimulatedTenant.withSomebody(faults: ["stall@\(place)"]) { tenant in
      let answers = try await tenant.withClient(["TIMEOUT": "1"]) { client, _ in
        client.answers(["anna@example.com"])
      }
      guard case .unknown(let error) = answers.first else {
        Issue.record("\(answers)")
        return
      }
      #expect(error.status == .timeout)
      #expect(error.message.contains("longer than 1 s"), "\(error.message)")
      #expect(error.message.contains("raise TIMEOUT (line"), "\(error.message)")
    }
  }

  @Test("An observer can use the same client for another lookup in the middle of a lookup")
  func looksUpInTheMiddle() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      try await tenant.withClient { client, simulator in
        var inner: [Verdict] = []
        client.observer.log = { [unowned client] _, line in
          guard inner.isEmpty, line.contains("lookup") else { return }
          inner = [.notMember]
          inner = client.verdicts("otto@example.com", "o'hara@example.com")
        }
        #expect(client.verdicts("anna@example.com") == [.member])
        #expect(inner == [.notMember, .member])
        client.observer.log = nil
        simulator.forgetRequests()
        #expect(client.verdicts("anna@example.com") == [.member])
        #expect(simulator.requests.trips == ["$batch"])
      }
    }
  }

  @Test("A lookup in the middle of another does not use the connection that the other one uses")
  func sharesNoConnection() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      try await tenant.withClient { client, simulator in
        // From here on the client keeps a connection for the next lookup.
        #expect(client.verdicts("anna@example.com") == [.member])
        simulator.setFaults([try FaultRule("slow:600*1@batch")])
        simulator.forgetRequests()
        var inner: [Verdict] = []
        client.observer.progress = { [unowned client] progress in
          guard inner.isEmpty, progress.seconds >= 0.2 else { return true }
          inner = [.notMember]
          inner = client.verdicts("o'hara@example.com")
          return true
        }
        #expect(client.verdicts("anna@example.com") == [.member])
        #expect(inner == [.member])
        #expect(simulator.requests.trips == ["$batch", "$batch"])
        #expect(simulator.requests.roundTrips.connections.count == 2)
      }
    }
  }
}
