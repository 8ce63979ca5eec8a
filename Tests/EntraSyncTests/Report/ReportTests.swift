import Testing

@testable import EntraSync

@Suite struct ReportTests {
  static let ids = (1...6).map { ObjectID(random: UInt128($0)) }

  @Test("Merging reports adds what was read, and leaves out what became of the list")
  func merges() {
    var report = Report()
    report.fetched = 1
    report.others = 2
    report.excludedPeople = Set(Self.ids[0..<3])
    report.skips = [Report.Skip(name: "a", reason: "x")]
    report.requests = 4
    report.bytes = 5
    report.seconds = 6
    var other = Report()
    other.fetched = 10
    other.others = 20
    other.excludedPeople = Set(Self.ids[2..<6])
    other.skips = [Report.Skip(name: "b", reason: "y")]
    other.requests = 40
    other.bytes = 50
    other.seconds = 60
    other.written = 70
    other.difference = LineSet(fileContent: Array("new\n".utf8))
      .difference(from: LineSet(fileContent: Array("old\n".utf8)))
    #expect(other.added == 1 && other.removed == 1)
    other.isChanged = true
    report.merge(other)
    #expect(report.fetched == 11)
    #expect(report.others == 22)
    #expect(report.excluded == 6)
    #expect(report.skips.map(\.name) == ["a", "b"])
    #expect(report.requests == 44)
    #expect(report.bytes == 55)
    #expect(report.seconds == 6)
    #expect(report.written == 0)
    #expect(report.added == 0)
    #expect(report.removed == 0)
    #expect(!report.isChanged)
  }

  @Test("What is said of a person, and a warning, is said once")
  func dropsRepetitions() {
    var report = Report()
    report.skips = [("a", "x"), ("b", "x"), ("a", "x"), ("a", "y")].map {
      Report.Skip(name: $0.0, reason: $0.1)
    }
    report.warnings = ["one", "two", "one"]
    report.dropRepetitions()
    #expect(report.skips.map { $0.name + $0.reason } == ["ax", "bx", "ay"])
    #expect(report.warnings == ["one", "two"])
  }

  @Test("Whoever loses an address is noted with the client that read the person")
  func notesOrigins() {
    var claims = ClaimSet()
    func insert(_ number: Int, type: String = "user", userType: String? = "Guest") {
      var member = Member(id: Self.ids[number], type: type)
      member.account.userType = userType.map(Member.UserType.init)
      member.account.isEnabled = type == "user" ? true : nil
      claims.insert(
        Claim(
          address: "a@b.fi", person: member.id, rank: ClaimRank(alternative: 0, of: member),
          outcome: .lines(["\(number)"])))
    }
    claims.beginClient()
    insert(0, userType: "Member")
    insert(1)
    claims.beginClient()
    claims.beginClient()
    insert(2)
    insert(1)
    insert(3, type: "orgContact")
    var report = Report()
    report.note(claims.resolve(excluding: Exclusions()), of: claims)
    #expect(report.skips.map(\.name) == Self.ids[1...3].map(\.text))
    #expect(report.skips.map(\.client) == [0, 2, 2])
    #expect(report.skips.map(\.isContact) == [false, false, true])
    #expect(claims.origins(of: []) == [:])
  }

  @Test("Somebody whom two configurations leave out is counted once")
  func countsExcludedOnce() {
    var exclusions = Exclusions()
    exclusions.insert(Self.ids[0])
    var claims = ClaimSet()
    claims.insert(
      Claim(
        address: "a@b.fi", person: Self.ids[0],
        rank: ClaimRank(alternative: 0, of: Member(id: Self.ids[0], type: "user")),
        outcome: .lines(["a@b.fi"])))
    var report = Report()
    report.excludedPeople = [Self.ids[0], Self.ids[1]]
    report.note(claims.resolve(excluding: exclusions), of: claims)
    #expect(report.excluded == 2)
  }
}
