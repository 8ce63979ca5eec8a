import EntraSync
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("A list")
struct ListTests {
  /// The four shapes, and the line that the only person of the single group gets.
  static let shapes: [(template: String?, line: String)] = [
    ("{mail}", "ainoa.jasen@example.com\n"),
    ("{mail} {mobilePhone}", "ainoa.jasen@example.com 040123123123\n"),
    (nil, "ainoa.jasen@example.com 040123123123\n"),
    ("{address} {phone}", "ainoa.jasen@example.com 040123123123\n"),
    ("* {mail} <reg> - 0", "* ainoa.jasen@example.com <reg> - 0\n"),
    ("{mail} * <sms> - 0", "ainoa.jasen@example.com * <sms> - 0\n"),
  ]

  @Test("A list's lines have the shape of its template", arguments: shapes)
  func hasShape(template: String?, line: String) async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.configuration(group: .single, filter: "mail,mobilePhone")
      _ = try await tenant.writeList(from: path, template: template).get()
      #expect(try tenant.read("list") == line)
    }
  }

  @Test("A list never takes syntax from the directory")
  func resistsOddities() async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.configuration(group: .oddities, filter: "mail,mobilePhone")
      let report = try await tenant.writeList(from: path, template: "* {mail} {phone} <sms> - 0")
        .get()
      let content = try tenant.read("list")
      for line in content.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        #expect(words.count == 6, "\(line)")
        #expect([words[0], words[3], words[4], words[5]] == ["*", "<sms>", "-", "0"])
        #expect(words[1].count { $0 == "@" } == 1)
        #expect(words[2].drop { $0 == "+" }.allSatisfy { "0123456789".contains($0) })
      }
      #expect(report.written > 10)
      #expect(report.skips.count > 50)
      #expect(report.skips.allSatisfy { $0.reason == $0.reason.singleLine && !$0.name.isEmpty })
    }
  }

  @Test("A list does not shrink past its guard, unless somebody accepts it once")
  func isGuarded() async throws {
    try await SimulatedTenant.with(members: 40) { tenant in
      let path = try tenant.configuration()
      _ = try await tenant.writeList(from: path).get()
      let before = try tenant.identity("list")
      tenant.simulator.updateDirectory { $0.setMembers(of: BuiltInGroup.main.id, to: []) }

      let error = try await tenant.writeList(from: path).error
      #expect(error?.status == .changeGuard)
      #expect(try tenant.identity("list") == before)

      let listPath = tenant.path("list")
      let statuses = try await tenant.blocking {
        let list = try List(path: listPath, template: LineTemplate("{mail}"))
        try list.add(Client(configurationAt: path))
        list.acceptsChange = true
        let report = try list.write()
        return [report.written, report.removed, list.acceptsChange ? 1 : 0]
      }
      #expect(statuses[0] == 0 && statuses[1] > 30 && statuses[2] == 0)
      #expect(try tenant.read("list").isEmpty)
    }
  }

  @Test(
    "Two readings are compared by address, in whichever order configurations of two shapes come",
    arguments: [["mail", "mail,mobilePhone"], ["mail,mobilePhone", "mail"]])
  func comparesShapes(filters: [String]) async throws {
    try await SimulatedTenant.with { tenant in
      let simulator = tenant.simulator
      let giveNumbers: @Sendable (Int) -> Void = { series in
        let people = (10..<50).map { number in
          Member.user(
            Person(
              id: "00000000-0000-4000-8000-0000000000\(number)",
              mail: "person\(number)@example.com", mobilePhone: "040 12345\(series)\(number)"))
        }
        simulator.updateDirectory { $0.setMembers(of: BuiltInGroup.main.id, to: people) }
      }
      let paths = try filters.enumerated().map {
        try tenant.configuration(name: "\($0).entraidconf", filter: $1)
      }
      let listPath = tenant.path("list")
      let write: @Sendable () throws -> Report = {
        let list = try List(path: listPath, template: .attributes)
        for path in paths {
          let client = try Client(configurationAt: path)
          client.observer.log = { if $1.hasSuffix("the groups are read again") { giveNumbers(3) } }
          try list.add(client)
        }
        return try list.write()
      }
      giveNumbers(1)
      #expect(try await tenant.blocking(write).written == 80)
      let before = try tenant.identity("list")

      giveNumbers(2)
      let report = try await tenant.blocking(write)
      #expect(report.removed == 0 && report.added == 0)
      #expect(
        report.warnings.contains { $0.contains(" disagree about 40 addresses, ") },
        "\(report.warnings)")
      #expect(try tenant.identity("list") == before)
    }
  }

  @Test("A list is not written if one of its configurations fails")
  func needsAllConfigurations() async throws {
    try await SimulatedTenant.with(faults: ["server-error@single"]) { tenant in
      let good = try tenant.configuration(name: "good.entraidconf")
      let bad = try tenant.configuration(name: "bad.entraidconf", group: .single)
      let listPath = tenant.path("list")
      let error = await #expect(throws: EntraSyncError.self) {
        try await tenant.blocking {
          let list = try List(path: listPath, template: .attributes)
          try list.add(Client(configurationAt: good))
          let failing = try Client(configurationAt: bad)
          failing.limits = .short
          try list.add(failing)
          _ = try list.write()
        }
      }
      #expect(error?.message.hasPrefix(bad.text) == true)
      #expect(try tenant.names() == ["bad.entraidconf", "good.entraidconf"])
    }
  }

  @Test("A list is emptied on purpose without a client and past the guard")
  func isCleared() async throws {
    try await SimulatedTenant.with { tenant in
      try tenant.write("list", "a@example.com\nb@example.com\n")
      let list = try List(path: tenant.path("list"), template: .attributes)
      let report = try list.clear()
      #expect(report.removed == 2 && report.isChanged)
      #expect(try tenant.read("list").isEmpty)
      #expect(try !list.clear().isChanged)
    }
  }

  @Test("A list refuses a wrong use with a message")
  func refusesNonsense() async throws {
    try await SimulatedTenant.with { tenant in
      #expect(throws: EntraSyncError(.invalidArgument, "the list's path is empty")) {
        try List(path: Path(""), template: .attributes)
      }
      let list = try List(path: nil, template: LineTemplate("{mail} {phone}"))
      let noClient = #expect(throws: EntraSyncError.self) { try list.fetch() }
      #expect(noClient?.status == .invalidArgument)
      let noPath = #expect(throws: EntraSyncError.self) { try list.clear() }
      #expect(noPath?.status == .invalidArgument)
      let path = try tenant.configuration()
      let noPhone = #expect(throws: EntraSyncError.self) {
        try list.add(Client(configurationAt: path))
      }
      #expect(noPhone?.message.contains("set it to mail,mobilePhone") == true)
    }
  }
}
