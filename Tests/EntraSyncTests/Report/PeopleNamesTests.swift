import Testing

@testable import EntraSync

@Suite struct PeopleNamesTests {
  static func id(_ number: Int) -> String { ObjectID(random: UInt128(number)).text }

  /// A report that leaves somebody out for each of these numbers.
  static func report(_ numbers: some Sequence<Int>, client: Int = 0) -> Report {
    var report = Report()
    report.skips = numbers.map { number in
      var skip = Report.Skip(name: id(number), reason: "has no mail")
      skip.client = client
      return skip
    }
    return report
  }

  /// The paths that a client is asked for, one array for each batch.
  static func paths(_ names: inout PeopleNames, client: Int = 0) -> [[String]] {
    var batches: [[String]] = []
    while let part = names.takePart(for: client) {
      batches.append(part.batch.questions.sorted { $0.key < $1.key }.map(\.value.path))
    }
    return batches
  }

  static func path(_ number: Int) -> String {
    "/users/\(id(number))?$select=id,displayName,userPrincipalName"
  }

  static func reply(
    _ displayName: String?, _ signInName: String?, _ status: Int = 200
  ) -> GraphReply {
    var members: [String: JSONValue] = [:]
    members["displayName"] = displayName.map { .string($0) } ?? .null
    members["userPrincipalName"] = signInName.map { .string($0) } ?? .null
    return GraphReply(httpStatus: status, body: .object(members))
  }

  @Test("Nobody is asked about where nobody is left out, or where the names are known")
  func asksNothing() {
    var names = PeopleNames(of: Report())
    #expect(!names.hasQuestions(for: 0))
    let part = names.takePart(for: 0)
    #expect(part == nil)
    var report = Self.report([1])
    report.skips[0].displayName = "Anna"
    report.skips[0].signInName = "anna@example.com"
    report.skips.append(Report.Skip(name: "no id", reason: "x"))
    #expect(!PeopleNames(of: report).hasQuestions(for: 0))
  }

  @Test("Each person is asked about once, in batches, and no more than the limit")
  func asks() {
    var names = PeopleNames(of: Self.report([1, 2, 1]))
    #expect(Self.paths(&names) == [[Self.path(1), Self.path(2)]])
    #expect(!names.hasQuestions(for: 0))
    var many = PeopleNames(of: Self.report(1...250))
    let batches = Self.paths(&many)
    #expect(batches.map(\.count) == [20, 20, 20, 20, 20])
    #expect(batches.last?.last == Self.path(100))
    var few = PeopleNames(of: Self.report(1...250), limit: 3)
    #expect(Self.paths(&few) == [[1, 2, 3].map(Self.path)])
  }

  @Test("Each client is asked about the people whom it read, within one limit for the list")
  func asksEachClient() {
    var report = Self.report(1...60)
    report.skips += Self.report(101...160, client: 2).skips
    var names = PeopleNames(of: report)
    #expect([0, 1, 2].map { names.hasQuestions(for: $0) } == [true, false, true])
    #expect(Self.paths(&names, client: 2).flatMap { $0 } == (101...140).map(Self.path))
    #expect(Self.paths(&names, client: 1).isEmpty)
    #expect(Self.paths(&names).flatMap { $0 } == (1...60).map(Self.path))
  }

  @Test("A mail contact is asked about as such, and has a display name alone")
  func asksAboutContacts() {
    var report = Self.report([1, 2])
    report.skips[0].isContact = true
    report.skips[1].isContact = true
    report.skips[1].displayName = "Supplier"
    var names = PeopleNames(of: report)
    #expect(Self.paths(&names) == [["/contacts/\(Self.id(1))?$select=id,displayName"]])
    // Somebody's display name may have been read, but not the sign-in name.
    report.skips[1].isContact = false
    var both = PeopleNames(of: report)
    #expect(Self.paths(&both).first?.last == Self.path(2))
  }

  @Test("Names go to all that is said of a person, and a reply that is no 200 changes nothing")
  func fills() throws {
    var report = Self.report([1, 2, 1, 3])
    report.skips[3].displayName = "Known"
    var names = PeopleNames(of: report)
    let next = names.takePart(for: 0)
    let part = try #require(next)
    let replies = [
      0: Self.reply("Anna\nLind", "anna@example.com"), 1: Self.reply("X", "x", 404),
      2: Self.reply(nil, "carl@example.com"), 9: Self.reply("Y", "y"),
    ]
    names.take(replies, to: part)
    names.fill(in: &report)
    #expect(
      report.skips.map(\.person) == [
        "\(Self.id(1)) (\"Anna\\u{a}Lind\", anna@example.com)", Self.id(2),
        "\(Self.id(1)) (\"Anna\\u{a}Lind\", anna@example.com)",
        "\(Self.id(3)) (\"Known\", carl@example.com)",
      ])
  }

  @Test("Replies may come in another order than the questions")
  func takesAnyOrder() throws {
    var report = Self.report(1...30)
    var names = PeopleNames(of: report)
    let taken = [names.takePart(for: 0), names.takePart(for: 0)]
    let parts = taken.compactMap(\.self)
    try #require(parts.count == 2)
    names.take([0: Self.reply("U", "u@example.com")], to: parts[1])
    names.take([0: Self.reply("A", "a@example.com")], to: parts[0])
    names.fill(in: &report)
    #expect(report.skips[0].displayName == "A")
    #expect(report.skips[20].displayName == "U")
  }

  @Test("Without any reply the object ids remain")
  func survives() throws {
    var report = Self.report([1])
    var names = PeopleNames(of: report)
    let next = names.takePart(for: 0)
    let part = try #require(next)
    names.take([:], to: part)
    names.fill(in: &report)
    #expect(report.skips.map(\.person) == [Self.id(1)])
  }
}
