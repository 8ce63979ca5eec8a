import EntraSync
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("Kinds of members")
struct KindsOfMembersTests {
  /// Writes a list of the group with one member of each kind, with these lines.
  static func list(
    _ changes: [String: String] = [:], filter: String = "mail"
  ) async throws -> (report: Report, lines: [String]) {
    try await SimulatedTenant.with(members: 0) { tenant in
      let path = try tenant.configuration(changes, group: .mixed, filter: filter)
      let report = try await tenant.writeList(from: path).get()
      return (report, try tenant.read("list").split(separator: "\n").map(String.init))
    }
  }

  /// What is found about the addresses of that group's members.
  static func lookUp(_ changes: [String: String], _ addresses: [String]) async throws -> [Bool] {
    try await SimulatedTenant.with(members: 0) { tenant in
      let path = try tenant.configuration(changes, group: .mixed)
      return try await tenant.blocking {
        try Client(configurationAt: path).answers(addresses).map {
          Verdict($0) == .member
        }
      }
    }
  }

  static let addresses = [
    "own@example.com", "bob@partner.example", "guest@partner.example", "agent@example.com",
    "future@example.com", "supplier@contacts.example.net",
  ]

  @Test("Members that are not read are counted by kind, and an unknown type is named once")
  func counts() async throws {
    let (report, lines) = try await Self.list()
    #expect(
      lines
        == ["agent", "bob", "guest", "own"].map { name in
          Self.addresses.first { $0.hasPrefix(name) } ?? ""
        })
    #expect(report.fetched == 4)
    #expect(report.others == 5)
    #expect(report.contacts == 1)
    #expect(report.devices == 1)
    #expect(report.servicePrincipals == 1)
    #expect(report.nestedGroups == 1)
    #expect(report.unknownTypes == ["futureUser": 1])
    #expect(
      report.warnings == [
        "1 members of unknown types were not read: \"futureUser\"; if they are people, a newer "
          + "entrasync may know them"
      ])
  }

  @Test(
    "Lists and lookups take the same accounts for each USERTYPE",
    arguments: [
      ("all", [true, true, true, true, false, false]),
      ("member", [true, true, false, true, false, false]),
      ("internal", [true, false, false, true, false, false]),
      ("guest", [false, false, true, false, false, false]),
    ])
  func agrees(userType: String, expected: [Bool]) async throws {
    let (report, lines) = try await Self.list(["USERTYPE": userType])
    #expect(Self.addresses.map { lines.contains($0) } == expected)
    #expect(report.externalMembers == (userType == "member" ? 1 : 0))
    #expect(try await Self.lookUp(["USERTYPE": userType], Self.addresses) == expected)
  }

  @Test("CONTACTS = yes takes contacts into lists and lookups, whatever ACCOUNTS and USERTYPE say")
  func takesContacts() async throws {
    let contact = "supplier@contacts.example.net"
    for membership in ["direct", "transitive"] {
      for userType in ["all", "member", "internal", "guest"] {
        let changes = [
          "CONTACTS": "yes", "USERTYPE": userType, "ACCOUNTS": "enabled", "MEMBERSHIP": membership,
        ]
        let (report, lines) = try await Self.list(changes)
        #expect(lines.contains(contact))
        #expect(report.contacts == 0)
        #expect(report.fetched == (membership == "direct" ? 5 : 6))
        let found = try await Self.lookUp(
          changes, [contact, "nobody@contacts.example.net", "supplier1@contacts.example.net"])
        #expect(found == [true, false, false])
      }
    }
  }

  @Test("Contacts without a value of QUERYFILTER are no missing permission where it is there")
  func readsNamesOfContacts() async throws {
    let (report, lines) = try await Self.list(
      ["CONTACTS": "yes"], filter: "userPrincipalName")
    #expect(lines.contains("own@example.com"))
    let contacts = report.skips.filter(\.isContact)
    #expect(contacts.map(\.reason) == ["has no userPrincipalName"])
    #expect(contacts.first?.displayName?.isEmpty == false)
  }

  @Test(
    "A user without a type beside others is a member, for lists and lookups alike",
    arguments: [("member", true), ("internal", true), ("guest", false)])
  func takesUsersWithoutType(userType: String, isTaken: Bool) async throws {
    let faults = ["null-attributes:userType@single", "null-attributes:userType@users"]
    try await SimulatedTenant.withSomebody(faults: faults) { tenant in
      let groups = "\(BuiltInGroup.main.id),\(BuiltInGroup.single.id)"
      let path = try tenant.configuration(["USERTYPE": userType, "GROUPID": groups])
      _ = try await tenant.writeList(from: path).get()
      #expect(try tenant.read("list").contains("otto@example.com\n") == isTaken)
      let verdicts = try await tenant.blocking {
        try Client(configurationAt: path).verdicts("otto@example.com")
      }
      #expect(verdicts == [isTaken ? .member : .notMember])
    }
  }

  @Test("A contact's telephone numbers are read, and it can be excluded")
  func readsContacts() async throws {
    let (_, lines) = try await Self.list(["CONTACTS": "yes"], filter: "mail,mobilePhone")
    #expect(lines.contains("supplier@contacts.example.net 0407000004"))
    let excluding = ["CONTACTS": "yes", "EXCLUDEGROUPID": BuiltInGroup.mixed.id]
    #expect(
      try await Self.lookUp(excluding, ["supplier@contacts.example.net"]) == [false])
  }

  @Test("Without OrgContact.Read.All, contacts are a missing permission and never left out")
  func needsPermission() async throws {
    try await SimulatedTenant.with(members: 0) { tenant in
      tenant.simulator.setRoles([.groupMemberReadAll, .userReadAll])
      let path = try tenant.configuration(["CONTACTS": "yes"], group: .mixed)
      let result = try await tenant.writeList(from: path)
      guard case .failure(let error) = result else {
        Issue.record("the list was written without its contacts")
        return
      }
      #expect(error.status == .permission)
      #expect(error.message.contains("OrgContact.Read.All"), "\(error.message)")
      let verdicts = try await tenant.blocking {
        try Client(configurationAt: path).verdicts(
          "supplier@contacts.example.net", "nobody@example.com")
      }
      #expect(verdicts == [.unknown(.permission), .unknown(.permission)])
    }
  }

  @Test(
    "Values come from the attributes of Exchange and from directory extensions",
    arguments: [
      (
        "mail,extensionAttribute3:phone",
        ["bob@partner.example 0407001002", "own@example.com 0407001001"]
      ),
      (
        "mail,mobilePhone|extensionAttribute3:phone",
        [
          "bob@partner.example 0407001002", "guest@partner.example 0407000003",
          "own@example.com 0407000001",
        ]
      ),
      ("mail,extensionAttribute15", ["own@example.com hq"]),
      ("extensionAttribute1:address", ["own.alias@example.com"]),
      (
        "mail,extension_0123456789abcdef0123456789abcdef_smsNumber:phone",
        ["own@example.com 0407002001"]
      ),
    ])
  func readsOwnAttributes(filter: String, expected: [String]) async throws {
    #expect(try await Self.list(filter: filter).lines == expected)
  }

  @Test("A lookup finds an address in an attribute of Exchange, and gives the values of others")
  func looksOwnAttributesUp() async throws {
    try await SimulatedTenant.with(members: 0) { tenant in
      let path = try tenant.configuration(
        group: .mixed,
        filter: "extensionAttribute1:address|mail,mobilePhone|extensionAttribute3:phone")
      let found = try await tenant.blocking {
        let lookup = Lookup(template: try LineTemplate("{extensionAttribute1} {phone}"))
        try lookup.add(try Client(configurationAt: path))
        _ = try lookup.find(["own.alias@example.com", "bob@partner.example", "x@example.com"])
        return lookup.found.map { (Verdict($0), $0.lines) }
      }
      #expect(found.map(\.0) == [.member, .member, .notMember])
      #expect(
        found.map(\.1)
          == [["own.alias@example.com 0407000001"], ["bob@partner.example 0407001002"], []])
    }
  }

  @Test("A check tells who was not read, and how many external members were taken")
  func tells() async throws {
    try await SimulatedTenant.with(members: 0) { tenant in
      let path = try tenant.configuration(["USERTYPE": "member"], group: .mixed)
      let texts = try await tenant.blocking {
        let check = ClientCheck(try Client(configurationAt: path))
        _ = try check.run()
        return check.steps.filter { $0.subject == .members }.map(\.text)
      }
      #expect(texts.count == 2)
      #expect(texts.first?.contains("; 1 of those taken are external members") == true)
      #expect(
        texts.first?.contains(
          "not read: 1 group, 1 contact, 1 device, 1 service principal, 1 member of an unknown type"
        )
          == true)
      #expect(texts.last?.contains("\"futureUser\"") == true)
    }
  }
}
