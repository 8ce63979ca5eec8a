import Testing

@testable import EntraSync

/// "Unknown" never becomes "not a member", whatever goes wrong and wherever.
@Suite struct AddressQuestionFailureTests {
  /// A tenant, and the people that a lookup has to find in it.
  struct Story: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let tenant: SmallTenant
    let ids: [String]?
  }

  static let stories: [Story] = {
    let group = MembershipQuestionTests.id(1)
    let other = MembershipQuestionTests.id(99)
    var two = SmallTenant.anna(in: [other])
    two.people.append(
      SmallTenant.person(
        SmallTenant.bert, mail: SmallTenant.address, signInName: "bert@example.com"))
    two.groups[SmallTenant.bert] = [group]
    return [
      Story(
        testDescription: "a member who signs in with the address", tenant: .anna(in: [group]),
        ids: [SmallTenant.anna]),
      Story(
        testDescription: "a stranger who signs in with the address", tenant: .anna(in: [other]),
        ids: nil),
      Story(
        testDescription: "a member with another name", tenant: .otherAnna(in: [other, group]),
        ids: [SmallTenant.anna]),
      Story(
        testDescription: "a stranger with another name", tenant: .otherAnna(in: []), ids: nil),
      Story(testDescription: "two people, one a member", tenant: two, ids: [SmallTenant.bert]),
      Story(testDescription: "nobody", tenant: SmallTenant(), ids: nil),
    ]
  }()

  /// Everything that may come back to a question instead of its answer.
  static let failures: [String] = [
    "failure", "200", "200 null", "200 []", "200 {}", "200 \"eyJ2YWx1ZSI6W119\"",
    "200 {\"value\":null}", "200 {\"value\":[],\"error\":{\"code\":\"x\"}}",
    "200 {\"value\":[null]}",
    "200 {\"value\":[{\"id\":\"x\"}]}", "200 {\"value\":[],\"@odata.nextLink\":false}",
    "200 {\"value\":[],\"@odata.nextLink\":\"https://evil.example/v1.0/users\"}",
    "200 {\"value\":[],\"@odata.nextLink\":\"https://graph.microsoft.com/beta/users\"}",
    "204", "206 {\"value\":[]}", "302 {\"value\":[]}", "304",
    "400 {\"error\":{\"code\":\"Request_UnsupportedQuery\"}}", "400 {\"value\":[]}",
    "401 {\"error\":{\"code\":\"InvalidAuthenticationToken\"}}",
    "403 {\"error\":{\"code\":\"Authorization_RequestDenied\"}}", "403", "404",
    "404 {\"value\":[]}",
    "404 {\"error\":{\"code\":\"UnknownError\"}}",
    "404 {\"error\":{\"code\":\"ResourceNotFound\"}}",
    "404 {\"error\":{\"code\":\"Request_ResourceNotFound\"}}",
    "410", "429", "500 {\"error\":{\"code\":\"Request_ResourceNotFound\"}}", "502", "503", "504",
  ]

  static func outcome(_ text: String) throws -> BatchQueue.Outcome {
    guard let httpStatus = Int(text.prefix(3)) else {
      return .failure(EntraSyncError(.throttled, "gave up"))
    }
    let body = String(text.dropFirst(4))
    guard !body.isEmpty else { return .reply(GraphReply(httpStatus: httpStatus)) }
    return try .json(body, httpStatus)
  }

  @Test(
    "A failure of any question makes the address unknown, unless only a guess failed",
    arguments: stories, ["direct", "transitive"])
  func neverTakesFailureForNo(story: Story, membership: String) throws {
    let configuration = try MembershipQuestionTests.configuration(
      groups: 21, membership: membership)
    let guessed = PercentEncoding.encode(SmallTenant.address)
    for backwards in [false, true] {
      for guesses in [false, true] {
        let lookup = AddressQuestion(SmallTenant.address, in: configuration, guesses: guesses)
        let whole = try LookupTalk(lookup, with: story.tenant, backwards: backwards)
        #expect(whole.members?.map(\.id.text) == story.ids)
        #expect(whole.reason == nil)
        for position in whole.questions.indices {
          let isGuess = whole.questions[position].path.hasPrefix("/users/\(guessed)/")
          for failure in Self.failures {
            let broken = try LookupTalk(lookup, backwards: backwards) { number, question in
              number == position
                ? try Self.outcome(failure) : try story.tenant.reply(to: question)
            }
            let isMadeGood = isGuess && broken.answer == whole.answer
            #expect(
              broken.reason != nil || isMadeGood,
              "question \(position), \(failure): \(String(describing: broken.answer))")
          }
        }
      }
    }
  }

  @Test("A guess that Graph refuses costs a round trip and nothing else")
  func makesGuessGood() throws {
    let tenant = SmallTenant.anna(in: [Sample.group])
    for failure in Self.failures where !failure.contains("https:") {
      let lookup = AddressQuestion(SmallTenant.address, in: try Sample.configuration())
      let talk = try LookupTalk(lookup) { number, question in
        number == 1 ? try Self.outcome(failure) : try tenant.reply(to: question)
      }
      #expect(talk.members?.map(\.id.text) == [SmallTenant.anna])
      #expect(talk.rounds.map(\.count) == [2, 1])
    }
  }

  @Test(
    "An unknown address has the status of what Graph answered",
    arguments: [
      ("failure", Status.throttled),
      ("403 {\"error\":{\"code\":\"Authorization_RequestDenied\"}}", .permission),
      ("401 {\"error\":{\"code\":\"InvalidAuthenticationToken\"}}", .authentication),
      ("403", .server), ("401", .server), ("404", .server), ("200 {}", .server),
      ("200 {\"value\":[],\"@odata.nextLink\":\"https://evil.example/v1.0/users\"}", .server),
    ])
  func tellsReason(failure: String, status: Status) throws {
    let lookup = AddressQuestion(
      SmallTenant.address, in: try Sample.configuration(), guesses: false)
    let talk = try LookupTalk(lookup) { _, _ in try Self.outcome(failure) }
    #expect(talk.reason?.status == status)
    #expect(talk.questions.count == 1)
  }
}
