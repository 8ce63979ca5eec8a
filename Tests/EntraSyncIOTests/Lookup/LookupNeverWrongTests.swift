import EntraSync
import GraphSimulator
import Testing

@testable import EntraSyncIO

/// Tries every fault at every place, once and for ever. A lookup's answer is always right or
/// unknown.
@Suite("A disturbed lookup is never wrong")
struct LookupNeverWrongTests {
  /// The addresses to look up, and the right answer for each.
  private static let truth: [(address: String, verdict: Verdict)] = [
    ("anna@example.com", .member), ("gast@partner.example", .member),
    ("otto@example.com", .notMember), ("nobody@example.com", .notMember),
  ]

  private static let places = ["token", "users", "check", "groups", "batch"]

  /// The arguments of each kind of fault that needs some. A kind is left out only for a reason.
  private static let arguments: [String: [String]] = [
    "throttle": [":1:0", ":9:0"],
    "page-too-large": [":5"],
    "null-attributes": [":userPrincipalName", ":mail,userPrincipalName"],
    "absent-attributes": [":userPrincipalName", ":mail,userPrincipalName"],
    "wrong-type": [":mail", ":userPrincipalName", ":id"],
    "wrong-shape": [":mail", ":userPrincipalName", ":id", ":proxyAddresses"],
    "other-next-link": ["", ":odata.nextLink", ":%40nextLink", ":value%40odata.nextLink"],
    "huge-string": [":9"],
    "cut-json": ["", ":0", ":-1"],
    "cut-body": ["", ":0", ":-1"],
    "reset": ["", ":0"],
    "slow": [":20"],
    "short-token": [":0", ":1"],
    "redirect": ["", ":same", ":nowhere", ":scheme"],
    // These last until a client's limits end them. Other tests cover them.
    "stall": [], "endless-pages": [], "repeated-next-link": [],
    // With these the directory itself says that nobody exists, that a person is in no group, or
    // that an address is not a text, which no list can hold.
    "empty-answer": [], "lone-surrogate": [],
  ]

  /// All faults that have an effect at a place, for ever and once.
  private static func faults(at place: String) -> [String] {
    Fault.kinds.flatMap { kind in
      (arguments[kind] ?? [""]).flatMap {
        ["\(kind)\($0)@\(place)", "\(kind)\($0)*1@\(place)"]
      }
    }.filter { (try? FaultRule($0)) != nil }
  }

  @Test(
    "A disturbed lookup is right or unknown, and is right once all faults are gone",
    arguments: places.map { ($0, "direct") } + [("check", "transitive")])
  func isNeverWrong(place: String, membership: String) async throws {
    let faults = Self.faults(at: place)
    #expect(faults.count > 40)
    let addresses = Self.truth.map(\.address)
    let truth = Self.truth.map(\.verdict)
    try await SimulatedTenant.withSomebody { tenant in
      let path = try tenant.configuration(["MEMBERSHIP": membership])
      let simulator = tenant.simulator
      try await tenant.blocking {
        var client = try Client(configurationAt: path)
        #expect(client.answers(addresses).map { Verdict($0) } == truth)
        var unknown = 0
        for fault in faults {
          // The next lookup has to send what the fault affects.
          if place == "groups" { client.knownGroups = [:] }
          // For a while, a client does not repeat a refused sign-in.
          if place == "token" { client = try Client(configurationAt: path) }
          let rule = try FaultRule(fault)
          simulator.setFaults([rule])
          client.limits.retry = try #require(
            RetryPolicy(maximumRetries: rule.times == nil ? 0 : 1, firstDelay: 0))
          for (found, verdict) in zip(client.answers(addresses).map { Verdict($0) }, truth) {
            if case .unknown = found { unknown += 1 } else { #expect(found == verdict, "\(fault)") }
          }
        }
        // Without an unknown answer, no fault reached a lookup.
        #expect(unknown > 40)
        simulator.setFaults([])
        if place == "token" { client = try Client(configurationAt: path) }
        #expect(client.answers(addresses).map { Verdict($0) } == truth)
      }
    }
  }

  @Test("A lookup whose answer never arrives is unknown", arguments: places)
  func stalls(place: String) async throws {
    try await SimulatedTenant.withSomebody(faults: ["stall@\(place)"]) { tenant in
      let found = try await tenant.withClient(retries: 0) { client, _ in
        client.limits.stalling = 1
        return client.verdicts("anna@example.com", "otto@example.com")
      }
      #expect(found == [.unknown(.network), .unknown(.network)])
    }
  }
}
