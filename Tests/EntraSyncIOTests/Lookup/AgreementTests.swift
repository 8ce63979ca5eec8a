import EntraSync
import GraphSimulator
import enum GraphSimulator.Member
import Testing

@testable import EntraSyncIO

/// Made-up tenants in which people share addresses, are excluded, or lack what a line needs.
@Suite("A list and its lookups")
struct AgreementTests {
  @Test("A list and its lookups agree on every address of made-up tenants", arguments: 1...8)
  func agree(seed: UInt64) async throws {
    var listed = 0
    var left = 0
    try await SimulatedTenant.with(members: 0) { tenant in
      var random = Numbers(seed: seed)
      for round in 1...20 {
        let world = MadeUpWorld(&random)
        let outcome = try await world.outcome(in: tenant)
        guard let outcome else { continue }
        #expect(
          outcome.disagreements == [],
          "seed \(seed), round \(round): \(world)\n\(outcome.lines.joined(separator: "\n"))")
        listed += outcome.members
        left += outcome.others
      }
    }
    #expect(listed > 10)
    #expect(left > 10)
  }

  @Test("A list does not depend on the order of people and configurations", arguments: 1...4)
  func isOrderless(seed: UInt64) async throws {
    try await SimulatedTenant.with(members: 0) { tenant in
      var random = Numbers(seed: seed + 100)
      for round in 1...20 {
        var world = MadeUpWorld(&random)
        let lines = try await world.lines(in: tenant)
        world.shuffle(&random)
        #expect(
          try await world.lines(in: tenant) == lines, "seed \(seed), round \(round): \(world)")
      }
    }
  }
}

/// Numbers that are the same in every run.
private struct Numbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state &* 0x2545_F491_4F6C_DD1D
  }

  /// Whether something that happens once in so many times happens.
  mutating func once(in times: Int) -> Bool { Int.random(in: 1...times, using: &self) == 1 }
}

/// A tenant, and the configurations of one list.
private struct MadeUpWorld: CustomStringConvertible {
  private static let groups: [BuiltInGroup] = [.main, .single, .inner, .nested]
  private static let pool = ["ann@a.example", "bob@a.example", "cyd@b.example", "dan@b.example"]
  private static let filters = [
    "mail", "mail,mobilePhone", "mail|otherMails,mobilePhone", "otherMails|mail",
    "proxyAddresses,mobilePhone", "userPrincipalName|mail",
  ]

  private var members: [[Member]]
  private var configurations: [[String: String]] = []
  private let template: String?

  init(_ random: inout Numbers) {
    let people = (0..<7).map { MadeUpWorld.somebody($0, &random) }
    members = MadeUpWorld.groups.map { _ in people.filter { _ in random.once(in: 3) } }
    if random.once(in: 2) { members[0].append(.group(id: BuiltInGroup.nested.id)) }
    if random.once(in: 3) { members[2].append(.group(id: BuiltInGroup.nested.id)) }
    template = random.once(in: 3) ? "* {userPrincipalName} {mobilePhone}" : nil
    let filter = MadeUpWorld.filters.randomElement(using: &random) ?? ""
    for _ in 0..<(random.once(in: 2) ? 1 : 2) {
      var filter = random.once(in: 3) ? MadeUpWorld.filters.randomElement(using: &random) : filter
      if template != nil { filter = "mail,userPrincipalName,mobilePhone" }
      configurations.append(MadeUpWorld.configuration(filter ?? "", &random))
    }
  }

  private static func somebody(_ number: Int, _ random: inout Numbers) -> Member {
    let id = "f9000000-0000-4000-8000-00000000000\(number)"
    func address(_ random: inout Numbers) -> String {
      let address = pool.randomElement(using: &random) ?? ""
      return switch Int.random(in: 0..<9, using: &random) {
      case 0: address.uppercased()
      case 1: address + " "
      case 2: " " + address
      case 3: "<" + address
      default: address
      }
    }
    let phones = ["0401234567", "0407654321", "+44 (0)07700 900123", nil]
    let phone = (phones.randomElement(using: &random) ?? nil)
    let mail = random.once(in: 5) ? nil : address(&random)
    if random.once(in: 8) {
      let contact = Contact(id: id, displayName: "Contact", mail: mail, mobilePhone: phone)
      return .contact(contact)
    }
    var person = Person(
      id: id, mail: mail, mobilePhone: phone, accountEnabled: !random.once(in: 4),
      isGuest: random.once(in: 4))
    if random.once(in: 2) { person.userPrincipalName = address(&random).filter { $0 != " " } }
    if random.once(in: 2) { person.otherMails = (0...1).map { _ in address(&random) } }
    if random.once(in: 2) { person.proxyAddresses.append("smtp:" + address(&random)) }
    return .user(person)
  }

  private static func configuration(
    _ filter: String, _ random: inout Numbers
  ) -> [String: String] {
    var keys = ["QUERYFILTER": filter, "EXCLUDEEMPTY": "allowed", "MAXREMOVED": "100%"]
    keys["GROUPID"] = random.once(in: 2) ? groups[0].id : "\(groups[0].id),\(groups[1].id)"
    if random.once(in: 2) { keys["EXCLUDEGROUPID"] = groups[2].id }
    if random.once(in: 3) { keys["MEMBERSHIP"] = "transitive" }
    if random.once(in: 4) { keys["ACCOUNTS"] = "enabled" }
    if random.once(in: 4) { keys["USERTYPE"] = ["member", "guest"].randomElement(using: &random) }
    if random.once(in: 4) { keys["DOMAINS"] = "a.example" }
    if random.once(in: 4) { keys["EXCLUDEADDRESSES"] = "bob@a.example" }
    if random.once(in: 3) { keys["CONTACTS"] = "yes" }
    return keys
  }

  /// Brings everything into another order.
  mutating func shuffle(_ random: inout Numbers) {
    members = members.map { $0.shuffled(using: &random) }
    configurations.shuffle(using: &random)
  }

  var description: String {
    "\(configurations)\n\(template ?? "no template")\n"
      + zip(MadeUpWorld.groups, members).map { group, members in
        "\(group): " + members.map { "\($0)" }.joined(separator: "\n  ")
      }.joined(separator: "\n")
  }

  private func prepare(_ tenant: SimulatedTenant) throws -> [Path] {
    tenant.simulator.updateDirectory { directory in
      for (group, members) in zip(MadeUpWorld.groups, members) {
        directory.setMembers(of: group.id, to: members)
      }
    }
    return try configurations.enumerated().map { index, keys in
      try tenant.configuration(keys, name: "\(index).entraidconf")
    }
  }

  private static func list(
    _ paths: [Path], template: LineTemplate
  ) throws -> (lines: [String], clients: [Client]) {
    let list = try List(path: nil, template: template)
    let clients = try paths.map { try Client(configurationAt: $0) }
    for client in clients { try list.add(client) }
    _ = try list.fetch()
    var lines: [String] = []
    list.lines.forEach { lines.append(String(decoding: $0, as: UTF8.self)) }
    return (lines, clients)
  }

  /// The lines of the list, or why there is none.
  func lines(in tenant: SimulatedTenant) async throws -> [String] {
    let paths = try prepare(tenant)
    let template = try template.map(LineTemplate.init) ?? .attributes
    return try await tenant.blocking {
      do {
        return try MadeUpWorld.list(paths, template: template).lines
      } catch let error as EntraSyncError {
        return ["\(error.status)"]
      }
    }
  }

  /// What a list and its lookups come to.
  struct Outcome: Sendable {
    /// The list.
    var lines: [String] = []
    /// What a lookup says of an address, where the list says something else.
    var disagreements: [String] = []
    /// How many lookups found a member.
    var members = 0
    /// How many lookups found none.
    var others = 0
  }

  /// Compares the list with lookups of all addresses; `nil` if the list cannot be made.
  func outcome(in tenant: SimulatedTenant) async throws -> Outcome? {
    let paths = try prepare(tenant)
    let template = try template.map(LineTemplate.init) ?? .attributes
    let names = members.flatMap { $0 }.compactMap { member in
      if case .user(let person) = member { person.userPrincipalName } else { nil }
    }
    return try await tenant.blocking { () -> Outcome? in
      guard let made = try? MadeUpWorld.list(paths, template: template) else { return nil }
      var outcome = Outcome(lines: made.lines)
      let addresses = Set(MadeUpWorld.pool + names.map { $0.lowercased() }).sorted()
      for withAliases in [false, true] {
        let lookup = Lookup(template: template)
        lookup.withAliases = withAliases
        for client in made.clients { try lookup.add(client) }
        _ = try lookup.find(addresses)
        for (address, found) in zip(addresses, lookup.found) {
          let lines = made.lines.filter { line in
            line.split(separator: " ").first { $0.contains("@") }.map(String.init) == address
          }
          // An alias finds lines of another address.
          let isRight =
            if case .member = found.decision {
              !found.lines.isEmpty && (withAliases || found.lines.sorted() == lines)
                && found.lines.allSatisfy(made.lines.contains)
            } else {
              lines.isEmpty && found.lines.isEmpty
            }
          if !isRight {
            outcome.disagreements.append("\(address) \(withAliases): \(found), and not \(lines)")
          }
          if case .member = found.decision { outcome.members += 1 } else { outcome.others += 1 }
        }
      }
      return outcome
    }
  }
}
