import Testing

@testable import EntraSync

@Suite struct AddressQuestionTests {
  static let address = SmallTenant.address

  static func configuration(_ lines: [String] = []) throws -> Configuration {
    try Configuration(Array(Sample.text(adding: lines).utf8), path: Sample.path)
  }

  static func talk(
    _ text: String = address, _ lines: [String] = [], withAliases: Bool = false,
    guesses: Bool = true, with tenant: SmallTenant, backwards: Bool = false
  ) throws -> LookupTalk {
    let lookup = AddressQuestion(
      text, in: try configuration(lines), withAliases: withAliases, guesses: guesses)
    return try LookupTalk(lookup, with: tenant, backwards: backwards)
  }

  static func ids(_ talk: LookupTalk) -> [String]? { talk.members?.map(\.id.text) }

  @Test(
    "A person whose sign-in name is the address is looked up in one round trip",
    arguments: ["direct", "transitive"], [false, true])
  func takesOneRound(membership: String, backwards: Bool) throws {
    let lines = ["MEMBERSHIP = \(membership)"]
    let member = try Self.talk(
      Self.address, lines, with: .anna(in: [Sample.group]), backwards: backwards)
    #expect(Self.ids(member) == [SmallTenant.anna])
    #expect(member.rounds.map(\.count) == [2])
    let stranger = try Self.talk(
      Self.address, lines, with: .anna(in: [Sample.otherGroup]), backwards: backwards)
    #expect(stranger.answer == .notMember)
    #expect(stranger.rounds.map(\.count) == [2])
  }

  @Test(
    "An address is unknown if Graph hides its person but shows that person's groups",
    arguments: ["direct", "transitive"], [false, true])
  func noticesHiddenPeople(membership: String, backwards: Bool) throws {
    func talk(in groups: [String], _ lines: [String] = []) throws -> LookupTalk {
      try Self.talk(
        Self.address, ["MEMBERSHIP = \(membership)"] + lines,
        with: SmallTenant(groups: [Self.address: groups]), backwards: backwards)
    }
    let hidden = try talk(in: [Sample.group])
    #expect(hidden.reason?.status == .permission)
    #expect(hidden.reason?.message.hasPrefix("Graph shows nobody who has the address") == true)
    #expect(hidden.rounds.map(\.count) == [2])
    #expect(try talk(in: [Sample.otherGroup]).answer == .notMember)
    let excluded = try talk(
      in: [Sample.group, Sample.otherGroup], ["EXCLUDEGROUPID = \(Sample.otherGroup)"])
    #expect(excluded.answer == .notMember)
  }

  @Test(
    "Without a guess, groups are requested by the person's id in a second round trip",
    arguments: [false, true])
  func asksWithoutGuess(signsInOtherwise: Bool) throws {
    let groups = [Sample.group]
    let tenant: SmallTenant =
      signsInOtherwise ? .otherAnna(in: groups) : .anna(in: groups)
    let talk = try Self.talk(guesses: false, with: tenant)
    #expect(Self.ids(talk) == [SmallTenant.anna])
    #expect(talk.rounds.map(\.count) == [1, 1])
    #expect(talk.questions.last?.path.hasPrefix("/users/\(SmallTenant.anna)/") == true)
  }

  @Test(
    "The groups of a person with another sign-in name are requested by the id",
    arguments: [false, true],
    [Sample.group, Sample.otherGroup])
  func asksByID(backwards: Bool, group: String) throws {
    let talk = try Self.talk(with: .otherAnna(in: [group]), backwards: backwards)
    #expect(Self.ids(talk) == (group == Sample.group ? [SmallTenant.anna] : nil))
    #expect(talk.reason == nil)
    #expect(talk.rounds.map(\.count) == [2, 1])
    #expect(talk.questions.last?.path.hasPrefix("/users/\(SmallTenant.anna)/memberOf") == true)
  }

  @Test(
    "A person with the address does not get the groups of another with it as sign-in name",
    arguments: ["mail", "mail|userPrincipalName"], [false, true])
  func keepsPeopleApart(filter: String, backwards: Bool) throws {
    let bert = SmallTenant.person(
      SmallTenant.bert, mail: "bert@example.com", signInName: Self.address)
    for isMember in [true, false] {
      var tenant = SmallTenant.otherAnna(in: isMember ? [Sample.group] : [])
      tenant.people.append(bert)
      let others = isMember ? [] : [Sample.group]
      tenant.groups[SmallTenant.bert] = others
      tenant.groups[Self.address] = others
      let talk = try Self.talk(
        Self.address, ["QUERYFILTER = \(filter)"], with: tenant, backwards: backwards)
      #expect(Self.ids(talk) == (isMember ? [SmallTenant.anna] : nil))
      #expect(talk.reason == nil)
    }
  }

  @Test("A member's sign-in name is kept when it differs from the address")
  func keepsSignInName() throws {
    let talk = try Self.talk(
      Self.address, ["QUERYFILTER = mail|userPrincipalName,userPrincipalName"],
      with: .otherAnna(in: [Sample.group]))
    #expect(talk.members?.first?.values(of: .signInName) == ["a@example.com"])
  }

  @Test(
    "Of two people with one address, those in the groups are the members",
    arguments: [
      ([Sample.group], [Sample.group], [SmallTenant.anna, SmallTenant.bert]),
      ([Sample.group], [], [SmallTenant.anna]), ([], [Sample.group], [SmallTenant.bert]),
      ([], [], nil),
    ] as [([String], [String], [String]?)])
  func tellsTwo(annas: [String], berts: [String], ids: [String]?) throws {
    var tenant = SmallTenant.anna(in: annas)
    tenant.people.append(
      SmallTenant.person(SmallTenant.bert, mail: Self.address, signInName: "bert@example.com"))
    tenant.groups[SmallTenant.bert] = berts
    let talk = try Self.talk(with: tenant)
    #expect(Self.ids(talk) == ids)
    #expect(talk.reason == nil)
  }

  @Test("A person whom Graph shows twice, with the id in another case, is one member")
  func comparesIDsAsGUIDs() throws {
    for signInName in [Self.address, "a@example.com"] {
      let ids = [SmallTenant.anna, SmallTenant.anna.uppercased()]
      let tenant = SmallTenant(
        people: ids.map {
          SmallTenant.person($0, mail: Self.address, signInName: signInName)
        }, groups: [SmallTenant.anna: [Sample.group], Self.address: [Sample.group]])
      #expect(Self.ids(try Self.talk(with: tenant)) == [SmallTenant.anna])
    }
  }

  @Test(
    "An address is compared as UTF-8 bytes, not as Unicode compares texts",
    arguments: [("\u{E5}sa@example.com", "a\u{30A}sa@example.com")])
  func comparesBytes(composed: String, decomposed: String) throws {
    for (asked, held) in [(composed, decomposed), (decomposed, composed)] {
      for signInName in [held, "other@example.com"] {
        let tenant = SmallTenant(
          people: [SmallTenant.person(SmallTenant.anna, mail: held, signInName: signInName)],
          groups: [SmallTenant.anna: [Sample.group]])
        #expect(try Self.talk(asked, with: tenant).answer == .notMember)
        #expect(Self.ids(try Self.talk(held, with: tenant)) == [SmallTenant.anna])
      }
    }
  }

  @Test(
    "A lookup counts the same types as people as a list does",
    arguments: [
      ("user", true), ("agentUser", true), ("group", false), ("orgContact", false),
      ("device", false), ("servicePrincipal", false),
    ])
  func countsPeople(type: String, isPerson: Bool) throws {
    let tenant = SmallTenant.anna(
      in: [Sample.group], adding: ",\"@odata.type\":\"#microsoft.graph.\(type)\"")
    for guesses in [true, false] {
      let talk = try Self.talk(guesses: guesses, with: tenant)
      #expect((Self.ids(talk) == [SmallTenant.anna]) == isPerson)
    }
  }

  @Test("A person whom Graph shows twice is one member")
  func countsOnce() throws {
    var tenant = SmallTenant.anna(in: [Sample.group])
    tenant.people += tenant.people
    #expect(Self.ids(try Self.talk(with: tenant)) == [SmallTenant.anna])
  }

  @Test(
    "EXCLUDEGROUPID outweighs GROUPID", arguments: ["direct", "transitive"],
    [
      ([Sample.group], true), ([Sample.group, Sample.otherGroup], false),
      ([Sample.otherGroup], false), ([], false),
    ])
  func excludes(membership: String, row: (groups: [String], isMember: Bool)) throws {
    let talk = try Self.talk(
      Self.address,
      ["EXCLUDEGROUPID = \(Sample.otherGroup)", "MEMBERSHIP = \(membership)"],
      with: .anna(in: row.groups))
    #expect(Self.ids(talk) == (row.isMember ? [SmallTenant.anna] : nil))
    #expect(talk.reason == nil)
  }

  @Test(
    "ACCOUNTS and USERTYPE admit the same people in a lookup as in a list",
    arguments: [
      ("ACCOUNTS = enabled", "true", "null", true), ("ACCOUNTS = enabled", "false", "null", false),
      ("ACCOUNTS = all", "false", "null", true), ("USERTYPE = guest", "true", "\"Guest\"", true),
      ("USERTYPE = guest", "true", "\"Member\"", false),
      ("USERTYPE = member", "true", "\"guest\"", false),
      ("USERTYPE = member", "true", "\"Member\"", true),
      ("USERTYPE = member", "false", "null", true), ("USERTYPE = guest", "false", "null", false),
      ("USERTYPE = member", "null", "\"Member\"", true),
    ])
  func filters(line: String, isEnabled: String, userType: String, isMember: Bool) throws {
    let account = ",\"accountEnabled\":\(isEnabled),\"userType\":\(userType)"
    let talk = try Self.talk(
      Self.address, [line], with: .anna(in: [Sample.group], adding: account))
    #expect(Self.ids(talk) == (isMember ? [SmallTenant.anna] : nil))
    #expect(talk.reason == nil)
  }

  @Test(
    "An account whose accountEnabled or userType is hidden is a missing permission",
    arguments: [
      ("ACCOUNTS = enabled", "accountEnabled, which ACCOUNTS = enabled"),
      ("USERTYPE = member", "userType, which USERTYPE = member"),
      ("USERTYPE = guest", "userType, which USERTYPE = guest"),
    ])
  func noticesUnshownAccount(line: String, what: String) throws {
    let talk = try Self.talk(Self.address, [line], with: .anna(in: [Sample.group]))
    #expect(
      talk.reason
        == EntraSyncError(
          .permission,
          "Graph does not show \(what) needs; give the application User.Read.All (type "
            + "Application) with admin consent"))
  }

  @Test(
    "A person found by an address that Graph does not show is a missing permission",
    arguments: [
      "{\"id\":\"\(SmallTenant.anna)\"}",
      SmallTenant.person(SmallTenant.anna, mail: nil, signInName: "a@example.com"),
    ])
  func noticesUnshownAddress(person: String) throws {
    var tenant = SmallTenant.anna(in: [Sample.group])
    tenant.people = [person]
    let talk = try Self.talk(with: tenant)
    #expect(talk.reason?.status == .permission)
    #expect(talk.reason?.message.hasPrefix("Graph shows no mail of somebody who has") == true)
  }

  @Test("A sign-in name is an address only if the query filter names it")
  func needsAddress() throws {
    var tenant = SmallTenant.anna(in: [Sample.group])
    tenant.people = [
      SmallTenant.person(SmallTenant.anna, mail: nil, signInName: SmallTenant.address)
    ]
    #expect(try Self.talk(with: tenant).answer == .notMember)
    let talk = try Self.talk(
      Self.address, ["QUERYFILTER = mail|userPrincipalName"], with: tenant)
    #expect(Self.ids(talk) == [SmallTenant.anna])
  }

  @Test(
    "An alias counts only in a lookup with aliases, and the line has the list's address",
    arguments: [("smtp:Alias@Example.com", true), ("SIP:alias@example.com", false)], [true, false])
  func countsAliases(row: (alias: String, isAddress: Bool), withAliases: Bool) throws {
    let tenant = SmallTenant.anna(
      in: [Sample.group], adding: ",\"proxyAddresses\":[\"SMTP:x@y.fi\",\"\(row.alias)\"]")
    let talk = try Self.talk("alias@example.com", withAliases: withAliases, with: tenant)
    #expect(talk.reason == nil)
    guard row.isAddress, withAliases else {
      #expect(talk.answer == .notMember)
      return
    }
    let person = try #require(talk.members?.first)
    let mail = try #require(Attribute(named: "mail"))
    #expect(person.values(of: mail) == [Self.address])
  }

  @Test("A person with an alias and no address of the list is a member")
  func countsAliasAlone() throws {
    let person = SmallTenant.person(
      SmallTenant.anna, mail: nil, signInName: "a@example.com",
      adding: ",\"proxyAddresses\":[\"smtp:\(Self.address)\"]")
    let tenant = SmallTenant(people: [person], groups: [SmallTenant.anna: [Sample.group]])
    #expect(Self.ids(try Self.talk(withAliases: true, with: tenant)) == [SmallTenant.anna])
  }

  @Test("Of a field's several addresses, a lookup keeps the one it looks up")
  func keepsAddress() throws {
    let tenant = SmallTenant.anna(
      in: [Sample.group],
      adding: ",\"otherMails\":[\"x@y.fi\",\"\(Self.address.uppercased())\",\"z@y.fi\"]")
    let talk = try Self.talk(Self.address, ["QUERYFILTER = otherMails"], with: tenant)
    let otherMails = try #require(Attribute(named: "otherMails"))
    #expect(talk.members?.first?.values(of: otherMails) == [Self.address])
  }

  @Test(
    "Case and surrounding white space of an address do not matter",
    arguments: ["anna@example.com", "ANNA@Example.COM", " anna@example.com\t\n"],
    ["anna@example.com", "Anna@EXAMPLE.com", " anna@example.com"])
  func foldsCase(asked: String, kept: String) throws {
    let person = SmallTenant.person(SmallTenant.anna, mail: kept, signInName: kept)
    let groups = [Sample.group.uppercased()]
    let tenant = SmallTenant(
      people: [person], groups: [SmallTenant.anna: groups, Self.address: groups])
    let talk = try Self.talk(asked, with: tenant)
    #expect(Self.ids(talk) == [SmallTenant.anna])
    #expect(talk.rounds.count == 1)
  }

  @Test("A person whom Graph finds but who does not have the address is no match")
  func checksAddress() throws {
    for asked in ["ann@example.com", "änna@example.com", "anna@example.co", "anna@xexample.com"] {
      let talk = try Self.talk(asked, with: .anna(in: [Sample.group]))
      #expect(talk.answer == .notMember)
    }
  }

  @Test(
    "An address that no list can hold is a non-member's, without a question",
    arguments: [
      "", " ", "*", "*@example.com", "anna*@example.com", "'", "' or true or mail eq '", "anna",
      "@", "@example.com", "anna@", "a@b@example.com", "smtp:anna@example.com",
      "SMTP:anna@example.com", "anna@example.com\u{0}", "\u{0}",
      "anna@example.com\nbert@example.com",
      "anna @example.com", "<anna@example.com>", "anna@example.com,bert@example.com",
      "anna#EXT#@example.com", "anna@example.com?$select=id", "../groups",
      "anna\u{200B}@example.com",
      "anna@\u{212A}.com", String(repeating: "a", count: 300),
      String(repeating: "a", count: 288) + "@example.com", "anna@example.com\u{301}:",
      "anna\\@example.com", "\"anna\"@example.com", "%", "$batch",
    ])
  func refusesHostile(text: String) throws {
    for withAliases in [false, true] {
      var lookup = AddressQuestion(text, in: try Self.configuration(), withAliases: withAliases)
      #expect(lookup.answer == .notMember)
      #expect(lookup.takeQuestions().isEmpty)
    }
  }

  @Test("Later pages of people and of groups are read")
  func followsPages() throws {
    let base = "https://graph.microsoft.com/v1.0"
    let lookup = AddressQuestion(Self.address, in: try Self.configuration(), guesses: false)
    let tenant = SmallTenant.otherAnna(in: [Sample.group])
    let talk = try LookupTalk(lookup) { _, question in
      switch question.path {
      case "/users?$skiptoken=p2":
        return try .json("{\"value\":[\(tenant.people[0])]}")
      case "/users/x/memberOf?$skiptoken=g2": return try .json("{\"value\":[\"\(Sample.group)\"]}")
      case let path where path.hasPrefix("/users?"):
        return try .json("{\"value\":[],\"@odata.nextLink\":\"\(base)/users?$skiptoken=p2\"}")
      default:
        return try .json(
          "{\"value\":[\"\(Sample.otherGroup)\"],"
            + "\"@odata.nextLink\":\"\(base)/users/x/memberOf?$skiptoken=g2\"}")
      }
    }
    #expect(Self.ids(talk) == [SmallTenant.anna])
    #expect(talk.rounds.map(\.count) == [1, 1, 1, 1])
  }

  @Test(
    "A lookup ends with an error when Graph's pages never end", arguments: ["/users?", "/users/"])
  func noticesEndlessPages(start: String) throws {
    let tenant = SmallTenant.otherAnna(in: [Sample.otherGroup])
    let lookup = AddressQuestion(Self.address, in: try Self.configuration(), guesses: false)
    let talk = try LookupTalk(lookup) { _, question in
      guard question.path.hasPrefix(start) else { return try tenant.reply(to: question) }
      return try .json(
        "{\"value\":[],\"@odata.nextLink\":\"https://graph.microsoft.com/v1.0\(start)x\"}")
    }
    #expect(
      talk.reason
        == EntraSyncError(
          .server, "Graph's pages do not end: 100 pages of one lookup were read"))
    #expect(talk.questions.count <= 102)
  }

  @Test("A person who disappears before the groups are requested makes the address unknown")
  func noticesGonePerson() throws {
    var tenant = SmallTenant.otherAnna(in: [])
    tenant.groups = [:]
    let reason = try Self.talk(with: tenant).reason
    #expect(reason?.status == .server)
    #expect(reason?.message.contains("does not know a person whom it has just named") == true)
  }

  @Test("An answered lookup asks nothing more, and late replies do not change its answer")
  func staysAnswered() throws {
    var lookup = AddressQuestion(Self.address, in: try Self.configuration())
    let questions = lookup.takeQuestions()
    #expect(questions.count == 2)
    #expect(lookup.takeQuestions().isEmpty)
    lookup.take(try .absent(), of: questions[1])
    lookup.take(try .json("{\"value\":[]}"), of: questions[0])
    #expect(lookup.answer == .notMember)
    lookup.take(try .json("{\"value\":[\"\(Sample.group)\"]}"), of: questions[1])
    lookup.take(.failure(EntraSyncError(.timeout, "late")), of: questions[1])
    #expect(lookup.answer == .notMember)
    #expect(lookup.takeQuestions().isEmpty)
  }
}
