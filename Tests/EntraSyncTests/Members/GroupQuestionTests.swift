import Testing

@testable import EntraSync

@Suite struct GroupQuestionTests {
  /// The questions about an excluded group.
  static func question(_ lines: String...) throws -> GroupQuestion {
    let text = Sample.text(adding: ["EXCLUDEGROUPID = \(Sample.otherGroup)"] + lines)
    let configuration = try Configuration(Array(text.utf8), path: Sample.path)
    return GroupQuestion(about: try #require(configuration.excludedGroups.first), of: configuration)
  }

  static let hides = "{\"visibility\":\"HiddenMembership\"}"

  /// A page with a member of each of these types, whose ids are counted from a number.
  static func page(_ types: String..., from first: Int = 1, link: String = "") -> String {
    let members = types.enumerated().map { number, type in
      "{\"@odata.type\":\"#microsoft.graph.\(type)\",\"id\":\""
        + ObjectID(random: UInt128(first + number)).text + "\"}"
    }
    return "{\(link)\"value\":[\(members.joined(separator: ","))]}"
  }

  static let link =
    "\"@odata.nextLink\":\"https://graph.microsoft.com/v1.0/groups/\(Sample.otherGroup)/members"
    + "?$skiptoken=2\","

  /// Answers the questions that are ready, in this order.
  static func answer(
    _ question: inout GroupQuestion, _ answers: [(GroupQuestion.Subject, String)],
    roles: GrantedRoles? = nil
  ) throws {
    var ready = question.takeQuestions()
    for (subject, text) in answers {
      let index = try #require(ready.firstIndex { $0.subject == subject })
      try question.take(try .json(text), of: ready.remove(at: index), roles: roles)
      ready += question.takeQuestions()
    }
  }

  @Test("A group is asked for by its id, with what has to be known of it")
  func asks() throws {
    var question = try Self.question()
    #expect(
      question.takeQuestions().map(\.question.path) == [
        "/groups/\(Sample.otherGroup)?$select=id,displayName,visibility",
        "/groups/\(Sample.otherGroup)/members?$select=id&$top=100",
      ])
    #expect(!question.isConfirmed)
    var allowed = try Self.question("EXCLUDEEMPTY = allowed")
    #expect(allowed.takeQuestions().count == 1)
  }

  @Test("An excluded group is confirmed once somebody is found, in whatever order the replies come")
  func confirms() throws {
    for isBackwards in [false, true] {
      var question = try Self.question()
      let answers = [(GroupQuestion.Subject.group, "{}"), (.members, Self.page("device", "user"))]
      try Self.answer(&question, isBackwards ? answers.reversed() : answers)
      #expect(question.isConfirmed)
      #expect(!question.mayHideMembers)
    }
  }

  @Test("An excluded group that hides its members hides none if the application is shown one")
  func seesHiddenMembers() throws {
    for isBackwards in [false, true] {
      var question = try Self.question()
      let answers = [(GroupQuestion.Subject.group, Self.hides), (.members, Self.page("user"))]
      try Self.answer(&question, isBackwards ? answers.reversed() : answers)
      #expect(question.isConfirmed)
      #expect(!question.mayHideMembers)
    }
  }

  @Test("Somebody is looked for on the pages that follow")
  func followsPages() throws {
    var question = try Self.question()
    try Self.answer(
      &question,
      [
        (.group, "{}"), (.members, Self.page("device", link: Self.link)),
        (.members, Self.page(link: Self.link)),
      ])
    #expect(!question.isConfirmed)
    var found = try Self.question()
    try Self.answer(
      &found,
      [
        (.members, Self.page("device", link: Self.link)), (.group, "{}"),
        (.members, Self.page("user", from: 2)),
      ])
    #expect(found.isConfirmed)
  }

  @Test("An excluded group without people is an error, which counts the groups of all pages")
  func refusesEmpty() throws {
    var question = try Self.question()
    #expect(throws: ExcludedGroupTests.empty) {
      try Self.answer(&question, [(.group, "{}"), (.members, Self.page("device"))])
    }
    #expect(!question.isConfirmed)
    var nested = try Self.question()
    let error = #expect(throws: EntraSyncError.self) {
      try Self.answer(
        &nested,
        [
          (.group, "{}"), (.members, Self.page("group", link: Self.link)),
          (.members, Self.page("group", from: 2)),
        ])
    }
    #expect(error?.message.contains(" but 2 nested groups, which MEMBERSHIP = trans") == true)
  }

  @Test(
    "A group that may hide its members is never called empty, in whatever order the replies come",
    arguments: [false, true])
  func doubtsHidden(isBackwards: Bool) throws {
    var question = try Self.question()
    let answers = [(GroupQuestion.Subject.group, Self.hides), (.members, Self.page())]
    #expect(throws: ExcludedGroupTests.unclear) {
      try Self.answer(&question, isBackwards ? answers.reversed() : answers)
    }
    #expect(!question.isConfirmed)
  }

  @Test("An empty group is judged only after the group itself was answered for")
  func waitsForGroup() throws {
    var question = try Self.question()
    try Self.answer(&question, [(.members, Self.page())])
    #expect(!question.isConfirmed)
    var empty = try Self.question()
    #expect(throws: ExcludedGroupTests.empty) {
      try Self.answer(&empty, [(.members, Self.page()), (.group, "{}")])
    }
    #expect(!empty.isConfirmed)
    var named = try Self.question()
    let error = #expect(throws: EntraSyncError.self) {
      try Self.answer(
        &named, [(.members, Self.page()), (.group, Self.hides)],
        roles: PermissionCheckTests.roles("GroupMember.Read.All"))
    }
    #expect(error?.status == .permission)
  }

  @Test("A null link beside as many members as were asked for is a broken answer")
  func refusesNullLink() throws {
    var question = try Self.question()
    let members = (1...100).map { number in
      "{\"@odata.type\":\"#microsoft.graph.device\",\"id\":\""
        + ObjectID(random: UInt128(number)).text + "\"}"
    }
    let page = "{\"value\":[\(members.joined(separator: ","))],\"@odata.nextLink\":null}"
    let error = #expect(throws: EntraSyncError.self) {
      try Self.answer(&question, [(.group, "{}"), (.members, page)])
    }
    #expect(error?.status == .server)
    #expect(error?.message.contains("a nextLink that is null beside a full page") == true)
  }

  @Test(
    "Whether a group may hide its members depends on its visibility and the token's permissions",
    arguments: [
      ("{}", nil, false), ("{\"visibility\":null}", nil, false),
      ("{\"visibility\":\"Private\"}", nil, false), (hides, nil, true),
      ("{\"visibility\":\"Hiddenmembership\"}", nil, true), (hides, [], true),
      (hides, ["Member.Read.Hidden"], false), (hides, ["User.Read.All"], nil),
      ("{\"visibility\":\"HIDDENMEMBERSHIP\"}", ["User.Read.All"], nil),
      ("{}", ["User.Read.All"], false),
    ] as [(String, [String]?, Bool?)])
  func judges(answer: String, roles: [String]?, mayHide: Bool?) throws {
    let group = try #require(ObjectID(Sample.otherGroup))
    let granted = try roles.map { try GrantedRolesTests.granted($0) }
    let body = try JSONValueTests.read(answer)
    guard let mayHide else {
      let error = EntraSyncError(
        .permission,
        "group \(group.text) hides its members (visibility HiddenMembership), and the token does "
          + "not name Member.Read.Hidden; give the application Member.Read.Hidden (type "
          + "Application) with admin consent")
      #expect(throws: error) { try GroupQuestion.mayHideMembers(group, body, roles: granted) }
      return
    }
    #expect(try GroupQuestion.mayHideMembers(group, body, roles: granted) == mayHide)
  }
}
