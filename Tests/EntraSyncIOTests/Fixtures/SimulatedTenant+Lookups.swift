import EntraSync
import GraphSimulator
import Testing

@testable import EntraSyncIO

/// What was found about an address, as far as most tests look.
enum Verdict: Equatable, Sendable {
  case member
  case withoutLine
  case notMember
  case unknown(Status)

  /// The verdict of an answer.
  init(_ answer: LookupAnswer) {
    self =
      switch answer {
      case .found(let finding): finding.claimants.isEmpty ? .notMember : .member
      case .unknown(let error): .unknown(error.status)
      }
  }
}

extension Verdict {
  /// The verdict of a whole lookup.
  init(_ found: Lookup.Found) {
    self =
      switch found.decision {
      case .member: .member
      case .withoutLine: .withoutLine
      case .notMember: .notMember
      case .unknown(let error): .unknown(error.status)
      }
  }
}

extension LookupAnswer {
  /// The ids of the people in the groups who have the address; `nil` if there are none.
  var memberIDs: [String]? {
    guard case .found(let finding) = self, !finding.claimants.isEmpty else { return nil }
    return finding.claimants.map(\.member.id.text)
  }
}

extension Client {
  /// What is found about addresses; what is true of the whole lookup is true of each.
  func verdicts(_ addresses: String..., withAliases: Bool = false) -> [Verdict] {
    answers(addresses, withAliases: withAliases).map { Verdict($0) }
  }

  /// The answers to addresses; what is true of the whole lookup is true of each.
  func answers(_ addresses: [String], withAliases: Bool = false) -> [LookupAnswer] {
    do throws(EntraSyncError) {
      return try lookUp(addresses, withAliases: withAliases).answers
    } catch {
      return addresses.map { _ in .unknown(error) }
    }
  }
}

extension SimulatedTenant {
  /// Lets a new client work on a thread of its own, with descriptors of its own: a client keeps no
  /// connection if other threads open files while it begins.
  ///
  /// - Parameters:
  ///   - changes: Lines of its configuration, as ``configuration(_:name:group:filter:)`` takes
  ///     them.
  ///   - retries: How many times to ask again, without waiting.
  ///   - body: What to do with the client and the simulator.
  /// - Throws: What `body` throws, or when the configuration cannot be written or read.
  /// - Returns: What `body` returns.
  func withClient<Result: Sendable>(
    _ changes: [String: String] = [:], retries: Int = 5,
    _ body: @escaping @Sendable (Client, GraphSimulator) throws -> Result
  ) async throws -> Result {
    let path = try configuration(changes)
    let simulator = simulator
    var limits = Limits.short
    limits.retry = try #require(RetryPolicy(maximumRetries: retries, firstDelay: 0))
    return try await PrivateDescriptors.with { [limits] in
      let client = try Client(configurationAt: path)
      client.limits = limits
      return try body(client, simulator)
    }
  }
}

extension [ReceivedRequest] {
  /// Those that went over the wire, and not in another one.
  var roundTrips: [ReceivedRequest] { filter { !$0.isBatched } }

  /// The last parts of the paths of those that went over the wire: `token` and `$batch`.
  var trips: [String] {
    roundTrips.map { $0.target.split(separator: "/").last.map(String.init) ?? "" }
  }

  /// The questions in batches.
  var questions: [ReceivedRequest] { filter(\.isBatched) }

  /// The questions about people.
  var peopleQuestions: [ReceivedRequest] { questions.filter { $0.target.contains("/users?") } }

  /// The questions about the groups of people.
  var groupQuestions: [ReceivedRequest] {
    questions.filter { $0.target.contains("/memberOf") || $0.target.contains("/checkMember") }
  }

  /// The numbers of the connections that they came over.
  var connections: Set<UInt16> { Set(map(\.connection)) }
}
