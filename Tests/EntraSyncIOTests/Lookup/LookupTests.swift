import EntraSync
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("A lookup in several clients' groups")
struct LookupTests {
  /// The clients of a lookup, and their merged answers for four addresses.
  typealias Situation = (clients: [Feed], verdicts: [Verdict])

  /// One client.
  enum Feed: String {
    /// Its group has anna.
    case main
    /// Its group has otto.
    case single
    /// Its group does not exist.
    case missing
    /// Its client secret is wrong.
    case refused

    var changes: [String: String] {
      switch self {
      case .main: [:]
      case .single: ["GROUPID": BuiltInGroup.single.id]
      case .missing: ["GROUPID": "00000000-1111-4222-8333-444444444444"]
      case .refused: ["CLIENTSECRET": "wrong"]
      }
    }
  }

  private static let addresses = [
    "anna@example.com", "otto@example.com", "nobody@example.com", "*",
  ]

  static let situations: [Situation] = [
    ([.main], [.member, .notMember, .notMember, .notMember]),
    ([.main, .single], [.member, .member, .notMember, .notMember]),
    ([.single, .main], [.member, .member, .notMember, .notMember]),
    ([.main, .main], [.member, .notMember, .notMember, .notMember]),
    // A client that finds an address decides. "Unknown" outweighs "not a member".
    ([.missing, .main], [.member] + [Verdict](repeating: .unknown(.notFound), count: 3)),
    ([.main, .missing], [.member] + [Verdict](repeating: .unknown(.notFound), count: 3)),
    (
      [.refused, .single, .main],
      [.member, .member] + [Verdict](repeating: .unknown(.authentication), count: 2)
    ),
    ([.missing, .refused], [Verdict](repeating: .unknown(.notFound), count: 4)),
    ([.refused, .missing], [Verdict](repeating: .unknown(.authentication), count: 4)),
  ]

  @Test("A lookup with several clients merges their answers", arguments: situations)
  func merges(situation: Situation) async throws {
    try await SimulatedTenant.withSomebody { tenant in
      let paths = try situation.clients.map {
        try tenant.configuration($0.changes, name: "\($0.rawValue).entraidconf")
      }
      let (verdicts, error) = try await tenant.blocking {
        let lookup = Lookup(template: .attributes)
        for path in paths { try lookup.add(try Client(configurationAt: path)) }
        var failure: EntraSyncError?
        do throws(EntraSyncError) { _ = try lookup.find(Self.addresses) } catch { failure = error }
        return (lookup.found.map { Verdict($0) }, failure)
      }
      #expect(verdicts == situation.verdicts)
      let first = situation.verdicts.first { if case .unknown = $0 { true } else { false } }
      #expect(error.map { .unknown($0.status) } == first)
    }
  }

  @Test("Every client is asked, since an address belongs to one person, and the report covers all")
  func asksAll() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      let paths = [
        try tenant.configuration(name: "main.entraidconf"),
        try tenant.configuration(
          ["GROUPID": BuiltInGroup.single.id], name: "single.entraidconf"),
      ]
      let simulator = tenant.simulator
      try await tenant.blocking {
        let lookup = Lookup(template: try LineTemplate("{mail} * <sms> - 0"))
        for path in paths { try lookup.add(try Client(configurationAt: path)) }
        let report = try lookup.find(["anna@example.com", "otto@example.com"])
        #expect(
          lookup.found.map(\.lines)
            == [["anna@example.com * <sms> - 0"], ["otto@example.com * <sms> - 0"]])
        #expect(report.fetched == 2)
        #expect(report.requests == simulator.requests.roundTrips.count)
        #expect(simulator.requests.peopleQuestions.count { $0.target.contains("anna") } == 2)
        #expect(simulator.requests.peopleQuestions.count { $0.target.contains("otto") } == 2)
        simulator.forgetRequests()
        _ = try lookup.find(["anna@example.com"])
        #expect(simulator.requests.trips == ["$batch", "$batch"])
      }
    }
  }

  @Test("A lookup needs a client whose query filter fits its template")
  func needsClient() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      try await tenant.withClient { client, _ in
        let lookup = Lookup(template: try LineTemplate("{mail} {mobilePhone}"))
        var errors: [EntraSyncError] = []
        do throws(EntraSyncError) { _ = try lookup.find(["anna@example.com"]) } catch {
          errors.append(error)
        }
        do throws(EntraSyncError) { try lookup.add(client) } catch { errors.append(error) }
        #expect(errors.map(\.status) == [.invalidArgument, .invalidArgument])
        #expect(errors.first?.message.contains("no client") == true)
        #expect(errors.last?.message.contains("mobilePhone") == true)
        #expect(lookup.found.isEmpty)
      }
    }
  }

  @Test("A callback that uses its own lookup is refused, and the lookup goes on")
  func refusesSecondUse() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      try await tenant.withClient { client, _ in
        let lookup = Lookup(template: .attributes)
        try lookup.add(client)
        var refusals: [Status] = []
        client.observer.log = { [unowned lookup] _, _ in
          do throws(EntraSyncError) { _ = try lookup.find(["otto@example.com"]) } catch {
            refusals.append(error.status)
          }
        }
        _ = try lookup.find(["anna@example.com"])
        #expect(!refusals.isEmpty && refusals.allSatisfy { $0 == .invalidArgument })
        #expect(lookup.found.map { Verdict($0) } == [.member])
        client.observer.log = nil
        _ = try lookup.find(["otto@example.com"])
        #expect(lookup.found.map { Verdict($0) } == [.notMember])
      }
    }
  }

  @Test("A lookup that is stopped on request has no answers, and none from the lookup before")
  func stopped() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      try await tenant.withClient { client, _ in
        let lookup = Lookup(template: .attributes)
        try lookup.add(client)
        _ = try lookup.find(["anna@example.com"])
        client.observer.progress = { _ in false }
        var failure: EntraSyncError?
        do throws(EntraSyncError) { _ = try lookup.find(["anna@example.com"]) } catch {
          failure = error
        }
        #expect(failure?.status == .cancelled)
        #expect(lookup.found.isEmpty)
      }
    }
  }
}
