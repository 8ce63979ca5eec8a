import EntraSync
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("The people that a lookup finds")
struct LookupRulesTests {
  /// Changes to a configuration, an address, and the lookup's answer.
  typealias Rule = (changes: [String: String], address: String, verdict: Verdict)

  private static let single = BuiltInGroup.single.id
  private static let main = BuiltInGroup.main.id
  private static let nested = BuiltInGroup.nested.id

  static let rules: [Rule] = [
    ([:], "anna@example.com", .member),
    ([:], "otto@example.com", .notMember),
    ([:], "nobody@example.com", .notMember),
    (["GROUPID": single], "otto@example.com", .member),
    (["GROUPID": "\(main),\(single)"], "otto@example.com", .member),
    // Members of a nested group.
    ([:], "person0@example.com", .notMember),
    (["MEMBERSHIP": "direct"], "person0@example.com", .notMember),
    (["MEMBERSHIP": "transitive"], "person0@example.com", .member),
    (["MEMBERSHIP": "transitive"], "anna@example.com", .member),
    (["MEMBERSHIP": "transitive"], "otto@example.com", .notMember),
    // person1 is in the group that is left out, person0 in a group in it.
    (["EXCLUDEGROUPID": single], "anna@example.com", .member),
    (["GROUPID": nested, "EXCLUDEGROUPID": single], "person1@example.com", .notMember),
    (["GROUPID": nested, "EXCLUDEGROUPID": single], "person0@example.com", .member),
    (["GROUPID": nested, "EXCLUDEGROUPID": main], "person0@example.com", .member),
    (
      ["GROUPID": nested, "EXCLUDEGROUPID": main, "MEMBERSHIP": "transitive"],
      "person0@example.com", .notMember
    ),
    (["EXCLUDEGROUPID": main], "anna@example.com", .notMember),
    (["DOMAINS": "Example.com"], "anna@example.com", .member),
    (["DOMAINS": "*.com"], "Anna@Example.com", .member),
    (["DOMAINS": "*.example.com"], "anna@example.com", .notMember),
    (["DOMAINS": "other.example, example.org"], "anna@example.com", .notMember),
    (["EXCLUDEADDRESSES": "ANNA@example.com"], "anna@example.com", .notMember),
    (["EXCLUDEADDRESSES": "ANNA@example.com"], "dora@example.com", .member),
    (["EXCLUDEADDRESSES": "*@example.com"], "anna@example.com", .notMember),
    (["EXCLUDEADDRESSES": "*@*.com"], "anna@example.com", .notMember),
    (["EXCLUDEADDRESSES": "*@*.example.com"], "anna@example.com", .member),
    // The address would be Anna's after a folding.
    ([:], "\u{AA}nna@example.com", .notMember), ([:], "\u{FF41}nna@example.com", .notMember),
    (["ACCOUNTS": "all"], "dora@example.com", .member),
    (["ACCOUNTS": "enabled"], "dora@example.com", .notMember),
    (["ACCOUNTS": "enabled"], "anna@example.com", .member),
    (["USERTYPE": "all"], "emil@example.com", .member),
    (["USERTYPE": "member"], "emil@example.com", .notMember),
    (["USERTYPE": "guest"], "emil@example.com", .member),
    (["USERTYPE": "guest"], "anna@example.com", .notMember),
    (["USERTYPE": "member"], "anna@example.com", .member),
    // Case and white space around it do not matter.
    ([:], "ANNA@Example.com", .member),
    ([:], "  anna@example.com\t", .member),
    ([:], "carla.c@example.com", .member),
    ([:], "CARLA.C@EXAMPLE.COM", .member),
    // Nothing in an address is syntax.
    ([:], "o'hara@example.com", .member),
    ([:], "o''hara@example.com", .notMember),
    ([:], "x'%20or%20mail%20eq%20'anna@example.com", .notMember),
    ([:], "%61nna@example.com", .notMember),
    ([:], "anna%40example.com@example.com", .notMember),
    // A sign-in name is an address if the query filter names it.
    ([:], "gast@partner.example", .member),
    (["QUERYFILTER": "mail,mobilePhone"], "o'hara@example.com", .member),
    (["QUERYFILTER": "mail,mobilePhone"], "anna@example.com", .member),
  ]

  @Test("A lookup follows the configuration as a list does", arguments: rules)
  func decides(rule: Rule) async throws {
    let people = Somebody.people(2)
    try await SimulatedTenant.withSomebody(nested: people, single: [people[1]]) { tenant in
      let found = try await tenant.withClient(rule.changes) { client, _ in
        // A second lookup, with a token and a connection ready, answers the same.
        client.verdicts(rule.address) + client.verdicts(rule.address)
      }
      #expect(found == [rule.verdict, rule.verdict])
    }
  }

  @Test("A lookup finds exactly the people that a list holds", arguments: ["direct", "transitive"])
  func agreesWithList(membership: String) async throws {
    try await SimulatedTenant.with(members: 60) { tenant in
      let changes = [
        "MEMBERSHIP": membership, "ACCOUNTS": "enabled", "EXCLUDEGROUPID": BuiltInGroup.inner.id,
      ]
      let path = try tenant.configuration(changes)
      _ = try await tenant.writeList(from: path).get()
      let list = Set(try tenant.read("list").split(separator: "\n").map(String.init))
      let mails = BuiltInGroup.allCases.filter { $0 != .oddities }.flatMap { group in
        tenant.simulator.directory.members(of: group.id).compactMap { member in
          if case .user(let person) = member { person.mail } else { nil }
        }
      }
      // Graph's filter compares whole values, so it finds no address with space around it.
      let addresses = Set(mails.filter { !$0.contains(where: \.isWhitespace) }).sorted()
      let answers = try await tenant.withClient(changes) { client, _ in client.answers(addresses) }
      for (address, answer) in zip(addresses, answers) {
        let isListed = list.contains(address.lowercased())
        #expect(Verdict(answer) == (isListed ? .member : .notMember), "\(address)")
      }
      #expect(answers.contains { Verdict($0) == .member })
      #expect(answers.contains { Verdict($0) == .notMember })
    }
  }

  @Test("A lookup of an address outside DOMAINS asks nobody, with aliases too")
  func asksNobody() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      let domains = ["DOMAINS": "example.org", "EXCLUDEADDRESSES": "boss@example.org"]
      try await tenant.withClient(domains) { client, simulator in
        for withAliases in [false, true] {
          let verdicts = client.verdicts(
            "anna@example.com", "boss@example.org", withAliases: withAliases)
          #expect(verdicts == [.notMember, .notMember])
        }
        #expect(simulator.requests.isEmpty)
      }
    }
  }

  @Test("A lookup writes a telephone number as a list does")
  func writesNumber() async throws {
    try await SimulatedTenant.with { tenant in
      let changes = ["COUNTRYCODE": "+358", "QUERYFILTER": "mail,mobilePhone"]
      for (changes, line) in [
        (changes, ["ainoa.jasen@example.com +35840123123123"]),
        (["QUERYFILTER": "mail,mobilePhone"], ["ainoa.jasen@example.com 040123123123"]),
        (changes.merging(["COUNTRYCODE": "+1"]) { $1 }, []),
      ] {
        var changes = changes
        changes["GROUPID"] = BuiltInGroup.single.id
        let found = try await tenant.withClient(changes) { client, _ in
          let lookup = Lookup(template: .attributes)
          try lookup.add(client)
          _ = try lookup.find(["ainoa.jasen@example.com"])
          return lookup.found.flatMap(\.lines)
        }
        #expect(found == line)
      }
    }
  }

  @Test("A person's alias is found only by a lookup with aliases")
  func aliases() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      try await tenant.withClient { client, _ in
        let address = "Friedrich@example.com"
        #expect(client.verdicts(address) == [.notMember])
        #expect(client.verdicts(address, withAliases: true) == [.member])
        #expect(client.verdicts("fritz@example.com", withAliases: true) == [.member])
        #expect(client.verdicts("nobody@example.com", withAliases: true) == [.notMember])
      }
    }
  }

  @Test("A person found by an alias gets a line with the address of the list")
  func aliasLine() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      let found = try await tenant.withClient { client, _ in
        let lookup = Lookup(template: try LineTemplate("* {mail} <reg> - 0"))
        lookup.withAliases = true
        try lookup.add(client)
        _ = try lookup.find(["friedrich@example.com"])
        return lookup.found.flatMap(\.lines)
      }
      #expect(found == ["* fritz@example.com <reg> - 0"])
    }
  }

  @Test("A member without an attribute that the line needs has no line, and the reason names it")
  func memberWithoutLine() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      try await tenant.withClient(["QUERYFILTER": "mail,mobilePhone"]) { client, _ in
        let lookup = Lookup(template: try LineTemplate("{mail} {mobilePhone}"))
        try lookup.add(client)
        _ = try lookup.find(["anna@example.com", "o'hara@example.com"])
        #expect(lookup.found.map { Verdict($0) } == [.withoutLine, .member])
        #expect(lookup.found.map(\.lines) == [[], ["o'hara@example.com 040123123123"]])
        #expect(lookup.found[0].decision == .withoutLine("has no mobilePhone"))
        #expect(lookup.found[0].fields.isEmpty)
        #expect(
          lookup.found[1].fields.map(\.values) == [["o'hara@example.com"], ["040123123123"]])
      }
    }
  }

  @Test("An address that two people share is a member's if one of them is in the group")
  func sharedAddress() async throws {
    var twin = Somebody.other
    twin.mail = Somebody.anna.mail
    try await SimulatedTenant.withSomebody { [twin] tenant in
      tenant.simulator.updateDirectory {
        $0.setMembers(of: BuiltInGroup.single.id, to: [.user(twin)])
      }
      for group in [BuiltInGroup.main, .single] {
        let found = try await tenant.withClient(["GROUPID": group.id]) { client, _ in
          client.answers(["anna@example.com"])
        }
        #expect(
          found.first?.memberIDs == [group == .main ? Somebody.anna.id : twin.id], "\(group)")
      }
    }
  }

  @Test("A person who signs in with another person's address does not answer for that person")
  func foreignSignInName() async throws {
    var thief = Somebody.other
    thief.userPrincipalName = "gast@partner.example"
    try await SimulatedTenant.withSomebody { [thief] tenant in
      tenant.simulator.updateDirectory {
        $0.setMembers(of: BuiltInGroup.single.id, to: [.user(thief)])
      }
      for (group, verdict) in [(BuiltInGroup.main, Verdict.member), (.single, .notMember)] {
        let found = try await tenant.withClient(["GROUPID": group.id]) { client, _ in
          client.verdicts("gast@partner.example")
        }
        #expect(found == [verdict], "\(group)")
      }
    }
  }
}
