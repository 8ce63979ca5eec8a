import Foundation
import Testing

@testable import GraphSimulator

/// Tests that need a real connection.
@Suite(.timeLimit(.minutes(2))) struct WireTests {
  @Test func `The simulator serves many requests on one connection`() async throws {
    let client = try await SignedIn()
    for _ in 0..<20 {
      let answer = try await client.members()
      #expect(answer.status == 200)
      #expect(answer.isWhole)
    }
    let requests = client.simulator.requests
    #expect(requests.count == 21)
    #expect(Set(requests.map(\.connection)).count == 1)
    await client.simulator.stop()
  }

  @Test func `The simulator serves several connections at the same time`() async throws {
    let simulator = try await GraphSimulator.start(SimulatorOptions(members: 2_000))
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask { try await SignedIn(to: simulator).members().status }
      }
      for try await status in group { #expect(status == 200) }
    }
    #expect(Set(simulator.requests.map(\.connection)).count == 8)
    await simulator.stop()
  }

  @Test func `The simulator's connections send small writes at once`() async throws {
    let client = try await SignedIn(SimulatorOptions(members: 1))
    let port = try #require(client.simulator.requests.first?.connection)
    let descriptors = SocketDescriptors.find(port: client.simulator.port, peer: port)
    #expect(descriptors.count == 1)
    for descriptor in descriptors {
      var isOn: Int32 = 0
      var length = socklen_t(MemoryLayout<Int32>.size)
      getsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, &length)
      #expect(isOn == 1)
    }
    await client.simulator.stop()
  }

  @Test func `The simulator listens only on 127.0.0.1`() async throws {
    let simulator = try await GraphSimulator.start(SimulatorOptions(members: 1))
    #expect(throws: Connection.Failed.self) {
      try Connection(port: simulator.port, host: "127.0.0.2")
    }
    await simulator.stop()
  }

  @Test(arguments: ["cut-body", "cut-body#1", "cut-body@main"])
  func `cut-body closes the connection before the promised length`(fault: String) async throws {
    let client = try await SignedIn(
      SimulatorOptions(members: 2_000, faults: [try FaultRule(fault)]))
    let answer = try await client.members()
    #expect(answer.status == 200)
    #expect(!answer.isWhole)
    let promised = Int(answer.headers["content-length"] ?? "") ?? 0
    #expect(answer.body.count == promised / 2)
    #expect(answer.body.count > 50_000)
    // The connection is closed, not just idle.
    await #expect(throws: Connection.Failed.self) { try await client.members() }
    await client.simulator.stop()
  }

  @Test func `stall sends half of the body and keeps the connection open`() async throws {
    let client = try await SignedIn(SimulatorOptions(members: 100, faults: [FaultRule("stall")]))
    let answer = try await client.members(patience: 8)
    #expect(!answer.isWhole)
    #expect(answer.body.count > 1_000)
    // stop() does not wait for the client.
    let start = ContinuousClock.now
    await client.simulator.stop()
    #expect(ContinuousClock.now - start < .seconds(60))
  }

  @Test func `slow delays an answer by the given time`() async throws {
    let client = try await SignedIn(
      SimulatorOptions(members: 1, faults: [FaultRule("slow:300")]))
    let start = ContinuousClock.now
    #expect(try await client.members().isWhole)
    #expect(ContinuousClock.now - start >= .milliseconds(300))
    await client.simulator.stop()
  }

  @Test(arguments: [
    ("cut-body:0", 0, false), ("cut-body:100", 100, false), ("cut-body:-1", -1, false),
    ("reset", nil, true), ("reset:100", nil, true), ("reset:0", nil, true),
  ])
  func `cut-body and reset end the body at the given byte`(
    fault: String, length: Int?, isReset: Bool
  ) async throws {
    let client = try await SignedIn(SimulatorOptions(members: 30, faults: [FaultRule(fault)]))
    let answer = try await client.members()
    let promised = try #require(Int(answer.headers["content-length"] ?? ""))
    #expect(!answer.isWhole)
    // Bytes that were sent before a reset may be lost.
    if let length { #expect(answer.body.count == (length < 0 ? promised + length : length)) }
    #expect(answer.isReset == isReset)
    await client.simulator.stop()
  }

  @Test func `A redirect has no body and keeps the connection open`() async throws {
    let client = try await SignedIn(
      SimulatorOptions(members: 1, faults: [FaultRule("redirect-307:path*1")]))
    let answer = try await client.members()
    #expect(answer.status == 307)
    #expect(answer.headers["location"]?.hasPrefix("/v1.0/groups/") == true)
    #expect(try await client.members().status == 200)
    await client.simulator.stop()
  }

  @Test func `cut-body can strike the token endpoint`() async throws {
    let simulator = try await GraphSimulator.start(
      SimulatorOptions(members: 1, faults: [FaultRule("cut-body@token")]))
    let answer = try await SignedIn.signIn(Connection(port: simulator.port))
    #expect(answer.status == 200)
    #expect(!answer.isWhole)
    await simulator.stop()
  }

  @Test func `Faults and members change while the simulator runs`() async throws {
    let client = try await SignedIn()
    client.simulator.setFaults([try FaultRule("forbidden")])
    #expect(try await client.members().status == 403)
    client.simulator.setFaults([])
    client.simulator.updateDirectory {
      $0.setMembers(
        of: BuiltInGroup.main.id,
        to: [.user(Person(id: ObjectID.random(), mail: "new@example.com"))])
    }
    let body = String(decoding: try await client.members().body, as: UTF8.self)
    #expect(body.contains("new@example.com"))
    client.simulator.expireTokens()
    #expect(try await client.members().status == 401)
    await client.simulator.stop()
  }

  @Test func `A stopped simulator stops listening and frees its port`() async throws {
    // Another test may take the port first, but hardly ten times.
    for attempt in 1...10 {
      let first = try await GraphSimulator.start(SimulatorOptions(members: 1))
      let client = try await SignedIn(to: first)
      await first.stop()
      do {
        await #expect(throws: Connection.Failed.self) { try await client.members() }
        let second = try await GraphSimulator.start(SimulatorOptions(port: first.port, members: 1))
        #expect(try await SignedIn(to: second).members().status == 200)
        return await second.stop()
      } catch is SimulatorError where attempt < 10 {
      }
    }
  }

  @Test func `Starting a simulator on a port in use is an error`() async throws {
    let first = try await GraphSimulator.start(SimulatorOptions(members: 1))
    await #expect(throws: SimulatorError.self) {
      try await GraphSimulator.start(SimulatorOptions(port: first.port, members: 1))
    }
    await first.stop()
  }
}
