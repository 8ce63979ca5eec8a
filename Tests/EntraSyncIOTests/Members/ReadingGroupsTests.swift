import EntraSync
import Foundation
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("Reading a group")
struct ReadingGroupsTests {
  /// The addresses of a group's people as the directory has them, read without the code under test.
  private func addresses(
    of group: BuiltInGroup, in tenant: SimulatedTenant, transitive: Bool = false
  ) -> Set<String> {
    var found: Set<String> = []
    for case .user(let person) in tenant.simulator.directory.members(
      of: group.id, transitive: transitive)
    {
      if let mail = person.mail {
        found.insert(mail.lowercased().trimmingCharacters(in: .whitespaces))
      }
    }
    return found
  }

  @Test("A list has all people of all pages, each once, and no group, contact or device")
  func readsAllPages() async throws {
    try await SimulatedTenant.with(members: 2500) { tenant in
      let report = try await tenant.writeList(from: tenant.configuration()).get()
      #expect(report.fetched == 2500)
      #expect(report.others == 12)
      #expect(report.isChanged)
      let lines = try tenant.read("list").split(separator: "\n").map(String.init)
      #expect(Set(lines) == addresses(of: .main, in: tenant))
      #expect(lines == lines.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
      #expect(lines.count == report.written)
      let members = tenant.simulator.directory.members(of: BuiltInGroup.main.id)
      let missing = members.count { member in
        if case .user(let person) = member { person.mail == nil } else { false }
      }
      #expect(report.skips.count == missing)
    }
  }

  @Test("A run requests one token and each page once, over one connection")
  func sendsFewRequests() async throws {
    try await SimulatedTenant.with(members: 2500, faults: ["long-token@token"]) { tenant in
      let path = try tenant.configuration()
      let reports = try await tenant.blocking {
        let client = try Client(configurationAt: path)
        return try (1...2).map { _ in try client.readPeople(into: ()) { _, _, _ in }.report }
      }
      #expect(reports.map(\.requests) == [5, 4])
      // The pages are the same, but for their links; the rest is the token.
      #expect((1_600..<2_000).contains(reports[0].bytes - reports[1].bytes))
      let requests = tenant.simulator.requests
      #expect(requests.count { $0.method == "POST" } == 1)
      #expect(requests.first?.formFields == ["client_id", "scope", "client_secret", "grant_type"])
      #expect(requests.allSatisfy { $0.status == 200 })
      #expect(requests.dropFirst().allSatisfy { $0.bearer == .good })
      #expect(requests[1].target.hasSuffix("?$select=id,displayName,visibility"))
      #expect(
        requests[2].target.hasSuffix("/members?$select=id,mail,accountEnabled,userType&$top=999"))
      #expect(Set(requests.prefix(5).map(\.connection)).count == 1)
    }
  }

  @Test("A run that finds the same people leaves the list file untouched")
  func isStable() async throws {
    try await SimulatedTenant.with(members: 300) { tenant in
      let path = try tenant.configuration(filter: "mail,mobilePhone")
      _ = try await tenant.writeList(from: path).get()
      let before = try tenant.identity("list")
      let report = try await tenant.writeList(from: path).get()
      #expect(!report.isChanged)
      #expect(report.added == 0 && report.removed == 0)
      #expect(try tenant.identity("list") == before)
    }
  }

  @Test("Several groups and configurations are merged without duplicates")
  func merges() async throws {
    try await SimulatedTenant.with(members: 40) { tenant in
      let both = "\(BuiltInGroup.nested.id), \(BuiltInGroup.single.id)"
      let paths = [
        try tenant.configuration(name: "a.entraidconf"),
        try tenant.configuration(["GROUPID": both], name: "b.entraidconf"),
      ]
      let listPath = tenant.path("list")
      let report = try await tenant.blocking {
        let list = try List(path: listPath, template: LineTemplate("{mail}"))
        for path in paths { try list.add(Client(configurationAt: path)) }
        return try list.write()
      }
      let expected = addresses(of: .main, in: tenant)
        .union(addresses(of: .nested, in: tenant)).union(addresses(of: .single, in: tenant))
      #expect(Set(try tenant.read("list").split(separator: "\n").map(String.init)) == expected)
      #expect(report.fetched == 40 + 35 + 1)
      #expect(report.written == expected.count)
    }
  }

  @Test("Nested groups are read when MEMBERSHIP is transitive")
  func readsNested() async throws {
    try await SimulatedTenant.with(members: 10) { tenant in
      let path = try tenant.configuration(["MEMBERSHIP": "transitive"])
      _ = try await tenant.writeList(from: path).get()
      let lines = Set(try tenant.read("list").split(separator: "\n").map(String.init))
      #expect(lines == addresses(of: .main, in: tenant, transitive: true))
    }
  }

  @Test("EXCLUDEGROUPID, ACCOUNTS and USERTYPE leave people out of a list")
  func filters() async throws {
    try await SimulatedTenant.with { tenant in
      let people = [
        Person(id: id(1), mail: "in@example.com"), Person(id: id(2), mail: "out@example.com"),
        Person(id: id(3), mail: "disabled@example.com", accountEnabled: false),
        Person(id: id(4), mail: "guest@example.com", isGuest: true),
      ]
      tenant.simulator.updateDirectory { directory in
        directory.setMembers(of: BuiltInGroup.main.id, to: people.map { .user($0) })
        directory.setMembers(of: BuiltInGroup.inner.id, to: [.user(people[1])])
      }
      let expectations: [([String: String], String)] = [
        ([:], "disabled@example.com\nguest@example.com\nin@example.com\nout@example.com\n"),
        (
          ["EXCLUDEGROUPID": BuiltInGroup.inner.id],
          "disabled@example.com\nguest@example.com\nin@example.com\n"
        ),
        (["ACCOUNTS": "enabled"], "guest@example.com\nin@example.com\nout@example.com\n"),
        (["USERTYPE": "member"], "disabled@example.com\nin@example.com\nout@example.com\n"),
        (["USERTYPE": "guest"], "guest@example.com\n"),
      ]
      for (number, (changes, expected)) in expectations.enumerated() {
        let path = try tenant.configuration(changes)
        let report = try await tenant.writeList("list\(number)", from: path).get()
        #expect(try tenant.read("list\(number)") == expected, "\(changes)")
        #expect(report.excluded == 4 - report.written)
      }
    }
  }

  @Test("An empty group gives no lines, and no list where no list was before")
  func readsEmptyGroup() async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.configuration(group: .empty)
      let report = try await tenant.blocking {
        let list = try List(path: nil, template: .attributes)
        try list.add(Client(configurationAt: path))
        return try list.fetch()
      }
      #expect(report.fetched == 0 && report.written == 0)
      #expect(try await tenant.writeList(from: path).error?.status == .changeGuard)
      #expect(try tenant.names() == ["test.entraidconf"])
    }
  }

  @Test("A client secret is found in a file beside the configuration")
  func readsSecretFile() async throws {
    try await SimulatedTenant.with { tenant in
      try tenant.write("secret", Registration().clientSecret + "\r\n")
      let path = try tenant.configuration(["CLIENTSECRET": "", "CLIENTSECRETFILE": "secret"])
      _ = try await tenant.writeList(from: path).get()
      try tenant.write("secret", "\n")
      let empty = try await tenant.writeList(from: path).error
      #expect(empty?.status == .configuration)
      #expect(empty?.message.contains("CLIENTSECRETFILE") == true)
    }
  }

  private func id(_ number: Int) -> String {
    "00000000-0000-4000-8000-00000000000\(number)"
  }
}
