import EntraSync
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("When a lookup is disturbed")
struct LookupFaultTests {
  @Test(
    "A lookup repeats only the question that Graph throttles, after the wait Graph asks for",
    arguments: [
      "throttle:1:1@users", "throttle:1:1@check", "throttle:1:1@groups", "unavailable:1:1@users",
    ])
  func asksOneQuestionAgain(fault: String) async throws {
    try await SimulatedTenant.withSomebody(faults: [fault]) { tenant in
      let found = try await tenant.withClient { client, _ in client.verdicts("anna@example.com") }
      #expect(found == [.member])
      let requests = tenant.simulator.requests
      #expect(requests.trips == ["token", "$batch", "$batch"])
      let struck = try #require(requests.questions.first { $0.status != 200 })
      #expect(requests.questions.count == 4)
      let again = try #require(requests.questions.last)
      #expect(again.target == struck.target)
      #expect(again.status == 200)
      #expect(again.received - struck.received >= .seconds(1))
    }
  }

  @Test(
    "A lookup question that fails once is repeated alone",
    arguments: [
      "server-error:1@users", "bad-gateway:1@users", "gateway-timeout:1@check",
      "server-error:1@groups", "bad-gateway:1@check", "unavailable:1:none@groups",
    ])
  func survivesQuestion(fault: String) async throws {
    try await SimulatedTenant.withSomebody(faults: [fault]) { tenant in
      let found = try await tenant.withClient { client, _ in client.verdicts("anna@example.com") }
      #expect(found == [.member])
      #expect(tenant.simulator.requests.trips == ["token", "$batch", "$batch"])
      #expect(tenant.simulator.requests.questions.count == 4)
    }
  }

  @Test("An address that a lookup cannot answer leaves the other addresses their answers")
  func failsOneOfSeveral() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      try await tenant.withClient(retries: 0) { client, simulator in
        #expect(client.verdicts("anna@example.com") == [.member])
        simulator.setFaults([try FaultRule("server-error:1@users")])
        #expect(
          client.verdicts("anna@example.com", "o'hara@example.com", "otto@example.com")
            == [.unknown(.server), .member, .notMember])
      }
    }
  }

  /// Faults of a whole batch that end.
  static let passing = [
    "throttle:2:0@batch", "unavailable:1:0@batch", "server-error:1@batch", "bad-gateway:1@batch",
    "gateway-timeout:1@batch", "reset*1@batch", "reset:0*1@batch", "cut-body*1@batch",
    "cut-json*1@batch", "not-json*1@batch", "empty-body*1@batch", "reset*1@users",
    "cut-body*1@check", "redirect-307:same*1@batch", "redirect-308:path*1@batch",
    "throttle:1:0@token", "reset*1@token", "cut-body*1@token",
  ]

  @Test("A batch that fails for a moment is repeated, and the lookup answers", arguments: passing)
  func survives(fault: String) async throws {
    try await SimulatedTenant.withSomebody(faults: [fault]) { tenant in
      let found = try await tenant.withClient { client, _ in
        client.verdicts("anna@example.com", "otto@example.com")
      }
      #expect(found == [.member, .notMember])
      #expect(tenant.simulator.requests.roundTrips.count > 2)
    }
  }

  /// Faults that last, and the answer for both addresses.
  static let lasting: [(fault: String, status: Status, word: String)] = [
    ("throttle:99:0@batch", .throttled, "throttles"),
    ("throttle:99:86400@batch", .throttled, "86400 s"),
    ("throttle:99:86400@users", .throttled, "86400 s"),
    ("server-error@batch", .server, "HTTP 500"),
    ("server-error@users", .server, "HTTP 500"),
    ("bad-gateway@batch", .server, "HTTP 502"),
    ("cut-body@batch", .network, "broke off"),
    ("reset@batch", .network, "broke off"),
    ("no-value@batch", .server, "responses"),
    ("no-value@users", .server, "value"),
    ("value-not-array@users", .server, "value"),
    ("member-not-object@users", .server, "a member that is no object"),
    ("wrong-type:mail@users", .server, "mail"),
    ("missing-permission@users", .permission, "User.Read.All"),
    ("unauthorized@batch", .authentication, "does not accept the token"),
    ("unauthorized@users", .authentication, "does not accept the token"),
    ("forbidden@users", .permission, "look people up"),
    ("forbidden@groups", .permission, "show group"),
    ("forbidden@check", .permission, "a person's groups"),
    ("not-found@groups", .notFound, "GROUPID (line"),
    ("redirect@batch", .server, "https://evil.example"),
    ("endless-pages@users", .server, "do not end"),
    ("repeated-next-link@users", .server, "do not end"),
    ("endless-pages@check", .server, "do not end"),
    ("foreign-next-link@users", .server, "nextLink"),
    ("number-next-link@users", .server, "nextLink"),
    ("expired-secret@token", .authentication, "CLIENTSECRET (line"),
  ]

  @Test("A fault that lasts makes an address unknown, and one line says why", arguments: lasting)
  func saysWhy(fault: String, status: Status, word: String) async throws {
    try await SimulatedTenant.withSomebody(faults: [fault]) { tenant in
      let path = tenant.path("test.entraidconf").text
      let answers = try await tenant.withClient(retries: 1) { client, _ in
        client.answers(["anna@example.com", "anna@example.com"])
      }
      #expect(answers.count == 2)
      for answer in answers {
        guard case .unknown(let error) = answer else {
          Issue.record("\(answer)")
          continue
        }
        #expect(error.status == status)
        #expect(error.message.contains(word), "\(error.message)")
        #expect(error.message.hasPrefix(path + ": "), "\(error.message)")
        #expect(error.message == error.message.singleLine)
        #expect(!error.message.contains(Registration().clientSecret))
      }
    }
  }

  @Test("A token that expires costs a lookup one sign-in and the same batch again")
  func renewsToken() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      try await tenant.withClient { client, simulator in
        #expect(client.verdicts("anna@example.com") == [.member])
        simulator.expireTokens()
        simulator.forgetRequests()
        #expect(client.verdicts("anna@example.com", "otto@example.com") == [.member, .notMember])
        #expect(simulator.requests.trips == ["$batch", "token", "$batch"])
      }
    }
  }

  @Test("A token that expires between two batches costs a lookup one sign-in")
  func renewsTokenInBetween() async throws {
    let people = Somebody.people(40)
    try await SimulatedTenant.withSomebody(nested: people) { tenant in
      try await tenant.withClient(["GROUPID": BuiltInGroup.nested.id]) { client, simulator in
        var batches = 0
        client.observer.log = { _, line in
          batches += line.contains("lookup, try 1") ? 1 : 0
          if batches == 2 { simulator.expireTokens() }
        }
        let answers = client.answers(people.compactMap(\.mail))
        #expect(answers.allSatisfy { Verdict($0) == .member })
        #expect(simulator.requests.trips.count { $0 == "token" } == 2)
        #expect(simulator.requests.roundTrips.count { $0.status == 401 } == 1)
      }
    }
  }

  @Test(
    "A token that part of a batch refuses is replaced, and those questions are repeated")
  func renewsTokenOfQuestions() async throws {
    try await SimulatedTenant.withSomebody(faults: ["unauthorized:1@users"]) { tenant in
      let found = try await tenant.withClient { client, _ in client.verdicts("anna@example.com") }
      #expect(found == [.member])
      let requests = tenant.simulator.requests
      #expect(requests.trips == ["token", "$batch", "token", "$batch"])
      #expect(requests.peopleQuestions.map(\.status) == [401, 200])
      #expect(requests.groupQuestions.count == 1)
    }
  }

  @Test(
    "A missing permission makes an address unknown, and never a non-member",
    arguments: [
      [], [Role.userReadAll], [.groupMemberReadAll],
    ])
  func missingRoles(roles: [Role]) async throws {
    try await SimulatedTenant.withSomebody { tenant in
      tenant.simulator.setRoles(roles)
      for membership in ["direct", "transitive"] {
        let answers = try await tenant.withClient(["MEMBERSHIP": membership]) { client, _ in
          client.answers(["anna@example.com", "otto@example.com", "nobody@example.com"])
        }
        #expect(answers.map { Verdict($0) } == answers.map { _ in .unknown(.permission) })
      }
    }
  }

  @Test(
    "A permission granted after a lookup is used by the next lookup",
    arguments: [
      [], [Role.userReadAll], [.groupMemberReadAll],
    ])
  func givenRoles(roles: [Role]) async throws {
    try await SimulatedTenant.withSomebody { tenant in
      tenant.simulator.setRoles(roles)
      try await tenant.withClient { client, simulator in
        #expect(client.verdicts("anna@example.com") == [.unknown(.permission)])
        simulator.setRoles(Role.allCases)
        #expect(client.verdicts("anna@example.com") == [.member])
      }
    }
  }

  @Test(
    "A group that does not exist is named, and makes every address unknown",
    arguments: [
      "GROUPID", "EXCLUDEGROUPID",
    ])
  func missingGroup(key: String) async throws {
    try await SimulatedTenant.withSomebody { tenant in
      let group = "00000000-1111-4222-8333-444444444444"
      for membership in ["direct", "transitive"] {
        let changes = [key: group, "MEMBERSHIP": membership]
        let answers = try await tenant.withClient(changes) { client, _ in
          client.answers(["anna@example.com"]) + client.answers(["otto@example.com"])
        }
        #expect(answers.count == 2)
        for answer in answers {
          guard case .unknown(let error) = answer else {
            Issue.record("\(answer)")
            continue
          }
          #expect(error.status == .notFound)
          #expect(error.message.contains("no group \(group)"))
          #expect(error.message.contains("\(key) (line"))
        }
      }
    }
  }

  @Test("One missing group among several makes an address unknown")
  func missingGroupAmongOthers() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      let groups = "\(BuiltInGroup.main.id),00000000-1111-4222-8333-444444444444"
      let found = try await tenant.withClient(["GROUPID": groups]) { client, _ in
        client.verdicts("otto@example.com")
      }
      #expect(found == [.unknown(.notFound)])
    }
  }
}
