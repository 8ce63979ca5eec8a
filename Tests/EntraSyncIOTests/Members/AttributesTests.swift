import EntraSync
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("The attributes of a line")
struct AttributesTests {
  /// Four people, each with other attributes.
  static let people: [Person] = {
    var anna = Person(id: id(1), mail: "anna@example.com", mobilePhone: "040 111 1111")
    anna.userPrincipalName = "anna.signs.in@example.com"
    anna.otherMails = ["Anna@Home.example", "second@home.example"]
    anna.proxyAddresses = [
      "SMTP:anna@example.com", "smtp:Anna.Alias@example.com", "SMTP: spaced@example.com",
      "SIP:anna@example.com", "X500:/o=Example/cn=anna", "smtp:broken address@example.com",
    ]
    anna.businessPhones = ["+358 9 123 456", "09 654 321"]
    var bert = Person(id: id(2), mail: nil)
    bert.userPrincipalName = "bert@example.com"
    bert.businessPhones = ["09 222 222"]
    var guest = Person(id: id(3), mail: nil, isGuest: true)
    guest.userPrincipalName = "carla_contoso.com#EXT#@example.onmicrosoft.com"
    var both = Person(id: id(4), mail: "dora@example.com", mobilePhone: "040 444 4444")
    both.businessPhones = ["09 444 444"]
    both.userPrincipalName = "dora@example.com"
    return [anna, bert, guest, both]
  }()

  /// A query filter, its lines, and the people it leaves out with a word of the reason.
  struct Case: Sendable, CustomTestStringConvertible {
    let filter: String
    let lines: [String]
    let skips: [Int: String]
    var testDescription: String { filter }
  }

  static let cases: [Case] = [
    Case(
      filter: "mail", lines: ["anna@example.com", "dora@example.com"],
      skips: [2: "has no mail", 3: "has no mail"]),
    Case(
      filter: "mail|userPrincipalName",
      lines: ["anna@example.com", "bert@example.com", "dora@example.com"],
      skips: [3: "guest's sign-in name"]),
    Case(
      filter: "proxyAddresses",
      lines: [
        "anna.alias@example.com", "anna@example.com", "dora@example.com", "spaced@example.com",
      ],
      skips: [1: "broken address", 2: "has no proxyAddresses", 3: "has no proxyAddresses"]),
    Case(
      filter: "otherMails|mail",
      lines: ["anna@home.example", "dora@example.com", "second@home.example"],
      skips: [2: "has no otherMails|mail", 3: "has no otherMails|mail"]),
    Case(
      filter: "mail|userPrincipalName,businessPhones",
      lines: [
        "anna@example.com +3589123456", "anna@example.com 09654321", "bert@example.com 09222222",
        "dora@example.com 09444444",
      ],
      skips: [3: "guest's sign-in name"]),
    Case(
      filter: "mail|userPrincipalName,mobilePhone|businessPhones",
      lines: [
        "anna@example.com 0401111111", "bert@example.com 09222222", "dora@example.com 0404444444",
      ],
      skips: [3: "guest's sign-in name"]),
  ]

  @Test(
    "Each query filter gives its lines, and the report names the people it leaves out",
    arguments: cases)
  func gives(_ expected: Case) async throws {
    try await SimulatedTenant.with { tenant in
      tenant.simulator.updateDirectory { directory in
        directory.setMembers(of: BuiltInGroup.main.id, to: Self.people.map { .user($0) })
      }
      let path = try tenant.configuration(filter: expected.filter)
      let report = try await tenant.writeList(from: path).get()
      #expect(try tenant.read("list").split(separator: "\n").map(String.init) == expected.lines)
      #expect(Set(report.skips.map(\.name)) == Set(expected.skips.keys.map(Self.id)))
      for (number, word) in expected.skips {
        #expect(
          report.skips.contains { $0.name == Self.id(number) && $0.reason.contains(word) },
          "\(report.skips)")
      }
    }
  }

  @Test("Several groups, an excluded group and nested groups work together")
  func combines() async throws {
    try await SimulatedTenant.with { tenant in
      tenant.simulator.updateDirectory { directory in
        let members = Self.people.map { Member.user($0) }
        directory.setMembers(
          of: BuiltInGroup.main.id, to: [members[0], .group(id: BuiltInGroup.inner.id)])
        directory.setMembers(of: BuiltInGroup.inner.id, to: [members[3], members[1]])
        directory.setMembers(of: BuiltInGroup.single.id, to: [members[1], members[3]])
        directory.setMembers(of: BuiltInGroup.empty.id, to: [.group(id: BuiltInGroup.nested.id)])
        directory.setMembers(of: BuiltInGroup.nested.id, to: [members[3]])
      }
      let groups = "\(BuiltInGroup.main.id), \(BuiltInGroup.single.id)"
      let expectations: [([String: String], String, Int)] = [
        (["GROUPID": groups], "anna@example.com\nbert@example.com\ndora@example.com\n", 1),
        (
          // A person in a group nested in the excluded one stays if nested groups do not count.
          [
            "GROUPID": groups, "EXCLUDEGROUPID": BuiltInGroup.empty.id, "EXCLUDEEMPTY": "allowed",
          ],
          "anna@example.com\nbert@example.com\ndora@example.com\n", 2
        ),
        (
          ["MEMBERSHIP": "transitive"], "anna@example.com\nbert@example.com\ndora@example.com\n", 0
        ),
        (
          ["MEMBERSHIP": "transitive", "EXCLUDEGROUPID": BuiltInGroup.empty.id],
          "anna@example.com\nbert@example.com\n", 0
        ),
        (
          ["GROUPID": groups, "EXCLUDEGROUPID": BuiltInGroup.nested.id],
          "anna@example.com\nbert@example.com\n", 1
        ),
      ]
      for (number, (changes, list, nestedGroups)) in expectations.enumerated() {
        let path = try tenant.configuration(changes, filter: "mail|userPrincipalName")
        let report = try await tenant.writeList("list\(number)", from: path).get()
        #expect(try tenant.read("list\(number)") == list, "\(changes)")
        #expect(report.nestedGroups == nestedGroups, "\(changes)")
      }
    }
  }

  private static func id(_ number: Int) -> String {
    "00000000-0000-4000-8000-00000000000\(number)"
  }
}
