import EntraSync
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("A lookup's requests")
struct LookupRequestsTests {
  @Test("The first lookup sends a sign-in and one batch with all questions")
  func coldLookup() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      let (answers, report) = try await tenant.withClient { client, _ in
        try client.lookUp(["anna@example.com"])
      }
      #expect(answers.map { Verdict($0) } == [.member])
      let requests = tenant.simulator.requests
      #expect(requests.trips == ["token", "$batch"])
      #expect(requests.questions.count == 3)
      #expect(requests.connections.count == 1)
      #expect(report.requests == 2)
      #expect(report.bytes > 0)
    }
  }

  @Test(
    "Each later lookup is one round trip on the same connection",
    arguments: ["direct", "transitive"])
  func warmLookup(membership: String) async throws {
    try await SimulatedTenant.withSomebody { tenant in
      try await tenant.withClient(["MEMBERSHIP": membership]) { client, simulator in
        #expect(client.verdicts("anna@example.com") == [.member])
        let before = simulator.requests.connections
        for (address, verdict) in [
          ("anna@example.com", Verdict.member), ("otto@example.com", .notMember),
          ("nobody@example.com", .notMember), ("o'hara@example.com", .member),
        ] {
          simulator.forgetRequests()
          #expect(client.verdicts(address) == [verdict], "\(address)")
          #expect(simulator.requests.trips == ["$batch"], "\(address)")
          #expect(simulator.requests.connections == before, "\(address)")
          #expect(simulator.requests.allSatisfy { $0.bearer == .good })
        }
      }
    }
  }

  @Test(
    "An address that no list can hold is a non-member's, without a request",
    arguments: [
      "", " ", "*", "*@example.com", "@", "anna", "smtp:anna@example.com", "anna@example.com <reg>",
      "anna@example.com\n* root@example.com", "anna@example.com\0", "an na@example.com",
    ])
  func asksNothing(text: String) async throws {
    try await SimulatedTenant.withSomebody { tenant in
      let found = try await tenant.withClient { client, _ in client.verdicts(text) }
      #expect(found == [.notMember])
      #expect(tenant.simulator.requests.isEmpty)
    }
  }

  @Test("A lookup of no addresses sends no request")
  func noAddresses() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      let count = try await tenant.withClient { client, _ in try client.lookUp([]).answers.count }
      #expect(count == 0)
      #expect(tenant.simulator.requests.isEmpty)
    }
  }

  @Test("A person whose sign-in name is not the address costs a second round trip")
  func asksForSignInName() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      try await tenant.withClient { client, simulator in
        #expect(client.verdicts("anna@example.com") == [.member])
        simulator.forgetRequests()
        #expect(client.verdicts("gast@partner.example") == [.member])
        #expect(simulator.requests.trips == ["$batch", "$batch"])
        #expect(
          simulator.requests.last { $0.isBatched }?.target.contains(Somebody.guest.id) == true)
      }
    }
  }

  @Test(
    "A lookup sends twenty questions in a request, however many addresses there are",
    arguments: [
      (1, 1), (10, 1), (11, 2), (25, 3), (100, 10),
    ])
  func countsRequests(addresses: Int, trips: Int) async throws {
    let people = Somebody.people(100)
    try await SimulatedTenant.withSomebody(nested: people) { tenant in
      try await tenant.withClient(["GROUPID": BuiltInGroup.nested.id]) { client, simulator in
        #expect(client.verdicts("otto@example.com") == [.notMember])
        simulator.forgetRequests()
        let (answers, report) = try client.lookUp(people.prefix(addresses).compactMap(\.mail))
        #expect(answers.map { Verdict($0) } == answers.map { _ in .member })
        #expect(answers.count == addresses)
        #expect(simulator.requests.roundTrips.count == trips)
        #expect(simulator.requests.questions.count == 2 * addresses)
        #expect(report.requests == trips)
      }
    }
  }

  @Test("A lookup's answers come in the order of the addresses")
  func keepsOrder() async throws {
    let people = Somebody.people(30)
    try await SimulatedTenant.withSomebody(nested: people) { tenant in
      let addresses = (0..<60).map { "person\($0 % 2 == 0 ? $0 / 2 : 1000 + $0)@example.com" }
      let answers = try await tenant.withClient(["GROUPID": BuiltInGroup.nested.id]) { client, _ in
        client.answers(addresses)
      }
      for (index, (address, answer)) in zip(addresses, answers).enumerated() {
        guard index % 2 == 0 else {
          #expect(answer == .notMember, "\(address)")
          continue
        }
        #expect(answer.memberIDs == [people[index / 2].id], "\(address)")
      }
    }
  }

  @Test("A list run and lookups take turns on one client, and sign in once")
  func alternatesWithLists() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      try await tenant.withClient { client, simulator in
        var connections: [Set<UInt16>] = []
        for _ in 1...3 {
          simulator.forgetRequests()
          #expect(client.verdicts("anna@example.com") == [.member])
          connections.append(simulator.requests.connections)
          let report = try client.readPeople(into: ()) { _, _, _ in }.report
          #expect(report.fetched == 7)
          #expect(
            simulator.requests.trips.count { $0 == "token" } == (connections.count == 1 ? 1 : 0))
        }
        #expect(connections[1] == connections[0] && connections[2] == connections[0])
      }
    }
  }
}
