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
    #expect(lines == ["agent", "bob", "guest", "own"].map { name in
      Self.addresses.first { $0.hasPrefix(name) } ?? ""
    })
    #expect(report.fetched == 4)
    #expect(report.others == 5)
    #expect(report.contacts == 1)
    #expect(report.devices == 1)
    #expect(report.servicePrincipals == 1)
    #expect(report.nestedGroups == 1)
    #expect(report.unknownTypes == ["futureUser": 1])
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
          "not read: 1 group, 1 contact, 1 device, 1 service principal, 1 member of an unknown type")
          == true)
      #expect(texts.last?.contains("\"futureUser\"") == true)
    }
  }
}
