import GraphSimulator

/// A member of a group as the simulator has it, where the client's own `Member` is known too.
typealias DirectoryMember = Member

/// People who are looked up in tests; each differs from ``anna`` in one thing.
enum Somebody {
  /// Signs in with her address.
  static let anna = make(1, "anna@example.com")
  /// Signs in with another name than the address, as guests do.
  static let guest = make(2, "gast@partner.example", signIn: "gast_partner.example#EXT#@t.example")
  /// May not sign in.
  static let disabled = make(3, "dora@example.com") { $0.accountEnabled = false }
  /// Is called a guest.
  static let external = make(4, "emil@example.com") { $0.isGuest = true }
  /// Has capital letters in the address.
  static let capital = make(5, "Carla.C@Example.COM")
  /// Has an address besides the one that is shown.
  static let alias = make(6, "fritz@example.com") {
    $0.proxyAddresses = ["SMTP:fritz@example.com", "smtp:friedrich@example.com"]
  }
  /// Has a telephone, and an address with a quote in it.
  static let phone = make(7, "o'hara@example.com") { $0.mobilePhone = "040 123 123 123" }
  /// Is in another group than ``anna``.
  static let other = make(8, "otto@example.com")

  /// Any number of people who sign in with their addresses.
  static func people(_ count: Int) -> [Person] {
    (0..<count).map { make(100 + $0, "person\($0)@example.com") }
  }

  /// More devices than one page holds.
  static let devices = (0..<1100).map { number in
    Member.device(
      Device(id: "d0000000-0000-4000-8000-\(100_000_000_000 + number)", displayName: "Device"))
  }

  private static func make(
    _ number: Int, _ mail: String, signIn: String? = nil,
    _ change: (inout Person) -> Void = { _ in }
  ) -> Person {
    var person = Person(id: "f0000000-0000-4000-8000-\(100_000_000_000 + number)", mail: mail)
    person.userPrincipalName = signIn ?? mail
    change(&person)
    return person
  }
}

extension SimulatedTenant {
  /// Runs `body` in a world of two groups: ``Somebody/other`` and whoever is given are in
  /// `.single`, everybody else of ``Somebody`` is in `.main`, which holds the group `.nested`.
  static func withSomebody<Result: Sendable>(
    nested: [Person] = [], single: [Person] = [], faults: [String] = [],
    _ body: (SimulatedTenant) async throws -> Result
  ) async throws -> Result {
    try await with(members: 0, faults: faults) { tenant in
      let people = [
        Somebody.anna, Somebody.guest, Somebody.disabled, Somebody.external, Somebody.capital,
        Somebody.alias, Somebody.phone,
      ]
      tenant.simulator.updateDirectory {
        $0.setMembers(
          of: BuiltInGroup.main.id,
          to: people.map { .user($0) } + [.group(id: BuiltInGroup.nested.id)])
        $0.setMembers(of: BuiltInGroup.nested.id, to: nested.map { .user($0) })
        $0.setMembers(
          of: BuiltInGroup.single.id, to: ([Somebody.other] + single).map { .user($0) })
      }
      return try await body(tenant)
    }
  }
}
