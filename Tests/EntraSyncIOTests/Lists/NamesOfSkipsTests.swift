import EntraSync
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("The names of people who are left out")
struct NamesOfSkipsTests {
  /// People without an address.
  static func nobodies(_ range: Range<Int>) -> [Person] {
    range.map { number in
      var person = Person(
        id: "e0000000-0000-4000-8000-\(100_000_000_000 + number)", mail: nil,
        displayName: "Person \(number)")
      person.userPrincipalName = "n\(number)@example.com"
      return person
    }
  }

  /// Previews or writes a list of some configurations.
  static func run(
    _ tenant: SimulatedTenant, _ paths: [Path], writing: Bool = false, nameWait: Double = 300
  ) async throws -> Report {
    let listPath = tenant.path("list")
    return try await tenant.blocking {
      let list = try List(path: listPath, template: LineTemplate("{mail}"))
      list.nameWait = nameWait
      for path in paths { try list.add(Client(configurationAt: path)) }
      return writing ? try list.write() : try list.preview()
    }
  }

  @Test("No more than 100 people are named, though several configurations leave out many")
  func bounds() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      tenant.simulator.updateDirectory {
        $0.add(Self.nobodies(0..<60).map { .user($0) }, to: BuiltInGroup.main.id)
        $0.add(Self.nobodies(60..<250).map { .user($0) }, to: BuiltInGroup.single.id)
      }
      let paths = [
        try tenant.configuration(name: "a.entraidconf"),
        try tenant.configuration(name: "b.entraidconf", group: .single),
        try tenant.configuration(name: "c.entraidconf", group: .single),
      ]
      tenant.simulator.forgetRequests()
      let report = try await Self.run(tenant, paths)
      #expect(report.skips.count == 250)
      #expect(report.skips.count { $0.signInName != nil } == 100)
      #expect(report.skips.prefix(100).allSatisfy { $0.signInName != nil })
      let asked = tenant.simulator.requests.questions.map(\.target)
      #expect(asked.count == 100)
      #expect(Set(asked).count == 100)
    }
  }

  @Test("Each configuration is asked about the people whom it has read")
  func asksWhoRead() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      try await SimulatedTenant.withSomebody { other in
        for (tenant, range) in [(tenant, 0..<2), (other, 2..<5)] {
          tenant.simulator.updateDirectory {
            $0.add(Self.nobodies(range).map { .user($0) }, to: BuiltInGroup.main.id)
          }
        }
        let paths = [
          try tenant.configuration(name: "a.entraidconf"),
          try other.configuration(name: "b.entraidconf"),
        ]
        let report = try await Self.run(tenant, paths)
        let names = report.skips.compactMap(\.signInName).sorted()
        #expect(names == (0..<5).map { "n\($0)@example.com" })
        #expect(tenant.simulator.requests.questions.count == 2)
        #expect(other.simulator.requests.questions.count == 3)
      }
    }
  }

  @Test("A mail contact is named by its display name, also where it loses an address")
  func namesContacts() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      let id = "c0000000-0000-4000-8000-0000000000"
      tenant.simulator.updateDirectory {
        $0.add(
          [
            .contact(
              Contact(
                id: id + "01", displayName: "Anna (private)", mail: "anna@example.com",
                mobilePhone: "0407000009")),
            .contact(Contact(id: id + "02", displayName: "No address", mail: nil)),
          ], to: BuiltInGroup.main.id)
      }
      let path = try tenant.configuration(["CONTACTS": "yes"], filter: "mail,mobilePhone")
      let report = try await tenant.blocking {
        let check = ClientCheck(try Client(configurationAt: path))
        check.nameWait = 300
        return try check.run()
      }
      let people = report.skips.filter { $0.name.hasPrefix(id) }
      #expect(
        people.map(\.person) == ["\(id)02 (\"No address\")", "\(id)01 (\"Anna (private)\")"])
      #expect(people.last?.reason.hasSuffix(", since a member comes before a mail contact") == true)
      #expect(people.allSatisfy { $0.signInName == nil })
    }
  }

  @Test("Names that Graph refuses or does not send change nothing but the names")
  func survivesFailures() async throws {
    for fault in ["server-error@batch", "forbidden@batch", "not-json@batch", "not-found@user"] {
      try await SimulatedTenant.withSomebody(faults: [fault]) { tenant in
        tenant.simulator.updateDirectory {
          $0.add(Self.nobodies(0..<2).map { .user($0) }, to: BuiltInGroup.main.id)
        }
        let report = try await Self.run(tenant, [try tenant.configuration()])
        #expect(report.skips.map(\.reason) == ["has no mail", "has no mail"], "\(fault)")
        #expect(report.skips.allSatisfy { $0.displayName == nil && $0.signInName == nil })
        #expect(report.written == 7)
      }
    }
  }

  @Test("Names that come are kept, though some of the questions have failed")
  func keepsSome() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      tenant.simulator.updateDirectory {
        $0.add(Self.nobodies(0..<100).map { .user($0) }, to: BuiltInGroup.main.id)
      }
      // A batch has twenty questions at the most.
      for (fault, named) in [("server-error*1@batch", 80), ("cut-json*2@batch", 60)] {
        try tenant.setFaults(fault)
        let report = try await Self.run(tenant, [try tenant.configuration()])
        #expect(report.skips.count { $0.signInName != nil } == named, "\(fault)")
      }
    }
  }

  @Test("A list that keeps an audit waits for names no longer than it has to, once for all clients")
  func doesNotWait() async throws {
    try await SimulatedTenant.withSomebody(faults: ["stall@batch"]) { tenant in
      tenant.simulator.updateDirectory {
        $0.add(Self.nobodies(0..<2).map { .user($0) }, to: BuiltInGroup.main.id)
        $0.add(Self.nobodies(2..<4).map { .user($0) }, to: BuiltInGroup.single.id)
      }
      let audit = ["AUDITFILE": "audit.log", "TIMEOUT": "60"]
      let paths = [
        try tenant.configuration(audit, name: "a.entraidconf"),
        try tenant.configuration(audit, name: "b.entraidconf", group: .single),
      ]
      tenant.simulator.forgetRequests()
      let began = Clock.monotonic
      let report = try await Self.run(tenant, paths, writing: true, nameWait: 1)
      // TIMEOUT would be over twice.
      #expect(Clock.monotonic - began < 50)
      #expect(report.isChanged)
      #expect(report.skips.count == 4)
      #expect(tenant.simulator.requests.count { $0.target.hasSuffix("$batch") } <= 1)
      let id = Self.nobodies(0..<1)[0].id
      #expect(try tenant.read("audit.log").contains("left out \(id): has no mail"))
    }
  }
}
