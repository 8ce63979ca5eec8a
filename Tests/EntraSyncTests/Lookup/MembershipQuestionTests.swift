import Testing

@testable import EntraSync

@Suite struct MembershipQuestionTests {
  /// A configuration with this many groups, of which the last is excluded.
  static func configuration(groups count: Int, membership: String) throws -> Configuration {
    let ids = (1...count).map { id($0) }
    let lines = [
      "GROUPID = \(ids.dropLast().joined(separator: ","))", "EXCLUDEGROUPID = \(ids[count - 1])",
      "MEMBERSHIP = \(membership)",
    ]
    let text = Sample.text(without: ["GROUPID"], adding: lines)
    return try Configuration(Array(text.utf8), path: Sample.path)
  }

  static func id(_ number: Int) -> String {
    let digits = String(number)
    return "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
  }

  @Test("Direct membership needs one question, however many groups the configuration has")
  func asksDirect() throws {
    let configuration = try Self.configuration(groups: 21, membership: "direct")
    #expect(
      MembershipQuestion(of: "o'n/e?il@b.fi", configuration).questions
        == [GraphQuestion("/users/o%27n%2Fe%3Fil%40b.fi/memberOf?$select=id&$top=999")])
  }

  @Test(
    "Nested groups are checked twenty at a time, including the excluded ones",
    arguments: [(2, [2]), (19, [19]), (20, [20]), (21, [20, 1]), (41, [20, 20, 1])])
  func asksTransitive(count: Int, parts: [Int]) throws {
    let configuration = try Self.configuration(groups: count, membership: "transitive")
    let questions = MembershipQuestion(of: SmallTenant.anna, configuration).questions
    var number = 0
    for (question, part) in zip(questions, parts) {
      let ids = (0..<part).map { "\"\(Self.id(number + $0 + 1))\"" }.joined(separator: ",")
      number += part
      #expect(
        question
          == GraphQuestion(
            "/users/\(SmallTenant.anna)/checkMemberGroups", body: "{\"groupIds\":[\(ids)]}"))
    }
    #expect(questions.count == parts.count)
    #expect(AddressQuestion.firstQuestions(of: configuration, guesses: true) == 1 + parts.count)
    #expect(AddressQuestion.firstQuestions(of: configuration, guesses: false) == 1)
  }

  @Test(
    "An answer about groups holds ids, or objects with an id, in any case",
    arguments: [
      ("{\"value\":[]}", [], nil),
      ("{\"value\":[\"\(Sample.group)\"]}", [Sample.group], nil),
      ("{\"value\":[{\"id\":\"\(Sample.group.uppercased())\"}]}", [Sample.group], nil),
      (
        "{\"value\":[{\"id\":\"\(Sample.group)\"},\"\(Sample.group)\",\"\(Sample.otherGroup)\"]}",
        [Sample.group, Sample.otherGroup], nil
      ),
      ("{\"@odata.nextLink\":\"https://x\",\"value\":[]}", [], "https://x"),
      ("{\"@odata.nextLink\":null,\"value\":[]}", [], nil),
    ] as [(String, [String], String?)])
  func reads(answer: String, ids: [String], nextLink: String?) throws {
    let found = try MembershipQuestion.groups(in: try JSONValueTests.read(answer))
    #expect(found.ids == Set(ids.compactMap { ObjectID($0) }))
    #expect(found.nextLink == nextLink)
  }

  @Test("An answer about groups is refused if another key could be a link")
  func refusesOtherLinks() throws {
    for key in MemberReaderTests.links {
      let answer = try JSONValueTests.read("{\"value\":[],\"\(key)\":\"https://g/n\"}")
      #expect(throws: PeoplePage.unexpected("\(key.quoted()), which could be a nextLink")) {
        try MembershipQuestion.groups(in: answer)
      }
    }
  }

  @Test(
    "A null link ends an answer about groups only beside fewer groups than were asked for",
    arguments: [(998, true), (999, false)])
  func readsNullLink(count: Int, isLegal: Bool) throws {
    let ids = (1...count).map { "\"\(Self.id($0))\"" }.joined(separator: ",")
    let answer = try JSONValueTests.read("{\"value\":[\(ids)],\"@odata.nextLink\":null}")
    guard !isLegal else {
      #expect(try MembershipQuestion.groups(in: answer).ids.count == count)
      return
    }
    #expect(throws: PeoplePage.unexpected("a nextLink that is null beside a full page")) {
      try MembershipQuestion.groups(in: answer)
    }
  }

  @Test(
    "A malformed answer about groups is refused",
    arguments: [
      ("null", "no array in \"value\""), ("[]", "no array in \"value\""),
      ("\"eyJ2YWx1ZSI6W119\"", "no array in \"value\""), ("{}", "no array in \"value\""),
      ("{\"value\":null}", "no array in \"value\""), ("{\"value\":{}}", "no array in \"value\""),
      ("{\"value\":[],\"error\":{}}", "no array in \"value\""),
      ("{\"value\":[null]}", "a group without an id"), ("{\"value\":[1]}", "a group without an id"),
      ("{\"value\":[{}]}", "a group without an id"),
      ("{\"value\":[\"x\"]}", "a group without an id"),
      ("{\"value\":[{\"id\":\"x\"}]}", "a group without an id"),
      ("{\"value\":[],\"@odata.nextLink\":1}", "a nextLink that is no text"),
      ("{\"value\":[],\"@odata.nextLink\":\"\"}", "an empty nextLink"),
    ])
  func refuses(answer: String, what: String) throws {
    let document = try JSONValueTests.read(answer)
    #expect(throws: PeoplePage.unexpected(what)) { try MembershipQuestion.groups(in: document) }
    #expect(PeoplePage.unexpected(what).status == .server)
  }

  @Test("A missing answer about groups is refused")
  func refusesNothing() {
    #expect(throws: PeoplePage.unexpected("no array in \"value\"")) {
      try MembershipQuestion.groups(in: nil)
    }
  }
}
