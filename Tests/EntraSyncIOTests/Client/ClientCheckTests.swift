import EntraSync
import Foundation
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("A check of a client")
struct ClientCheckTests {
  /// The steps and the end of a check.
  struct Finding: Sendable {
    let steps: [CheckStep]
    let samples: [String]
    let tokenEnd: Double?
    let result: Result<Report, EntraSyncError>

    /// The steps' subjects and outcomes, such as `host passed`.
    var course: [String] { steps.map { "\($0.subject) \($0.outcome)" } }

    /// The texts of the steps about one subject.
    func texts(of subject: CheckStep.Subject) -> [String] {
      steps.filter { $0.subject == subject }.map(\.text)
    }
  }

  private func check(_ tenant: SimulatedTenant, _ changes: [String: String] = [:]) async throws
    -> Finding
  {
    try await tenant.withClient(changes, retries: 1) { client, _ in Self.finding(client) }
  }

  private static func finding(_ client: Client) -> Finding {
    let check = ClientCheck(client)
    let result: Result<Report, EntraSyncError>
    do throws(EntraSyncError) { result = .success(try check.run()) } catch {
      result = .failure(error)
    }
    return Finding(
      steps: check.steps, samples: check.samples, tokenEnd: check.tokenEnd, result: result)
  }

  @Test("A check passes step by step when all is well")
  func allWell() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      tenant.simulator.updateDirectory {
        $0.remove(ids: [BuiltInGroup.nested.id], from: BuiltInGroup.main.id)
      }
      let finding = try await check(tenant)
      #expect(
        finding.course == [
          "host passed", "token passed", "permissions passed", "host passed", "group passed",
          "members passed", "attribute passed", "credential passed",
        ])
      #expect(
        finding.texts(of: .credential).first?.contains(
          /^the client secret of CLIENTSECRET \(line 3\) ends on 20.* UTC \(days left: 36[45]\)$/)
          == true
      )
      let origin = tenant.simulator.origin
      #expect(finding.texts(of: .host) == ["\(origin) can be reached", "\(origin) can be reached"])
      #expect(
        finding.texts(of: .permissions)
          == ["the application has GroupMember.Read.All, OrgContact.Read.All, User.Read.All"])
      #expect(
        finding.texts(of: .group)
          == ["group \"Mail senders\" (\(BuiltInGroup.main.id)) was found"])
      #expect(
        finding.texts(of: .members) == ["7 people were read, 0 of them are left out on purpose"])
      #expect(finding.texts(of: .attribute).first?.contains("7 people have one") == true)
      #expect(finding.samples.count == 5)
      #expect(finding.samples.first == "anna@example.com")
    }
  }

  @Test("A check reports what it read and requested, and writes nothing")
  func reports() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      let report = try await check(tenant).result.get()
      #expect(report.fetched == 7)
      #expect(report.requests == tenant.simulator.requests.count)
      #expect(tenant.simulator.requests.count { $0.method == "POST" } == 1)
      #expect(report.bytes > 0)
      #expect(try tenant.names() == ["test.entraidconf"])
    }
  }

  @Test("A check says when the token expires")
  func tokenEnd() async throws {
    try await SimulatedTenant.withSomebody(faults: ["short-token:3000@token"]) { tenant in
      let before = Date().timeIntervalSince1970
      let finding = try await check(tenant)
      let after = Date().timeIntervalSince1970
      let end = try #require(finding.tokenEnd)
      #expect(end >= before + 3000 - 1 && end <= after + 3000 + 1)
    }
  }

  @Test("A check names all groups, including the excluded ones")
  func severalGroups() async throws {
    try await SimulatedTenant.withSomebody(nested: [Somebody.anna]) { tenant in
      let finding = try await check(
        tenant,
        [
          "GROUPID": "\(BuiltInGroup.main.id),\(BuiltInGroup.single.id)",
          "EXCLUDEGROUPID": BuiltInGroup.nested.id,
        ])
      #expect(finding.texts(of: .group).count == 4)
      #expect(
        finding.texts(of: .group).last
          == "excluded group \(BuiltInGroup.nested.id): 1 people are in it, and are left out")
      #expect(
        finding.texts(of: .members).first?.hasPrefix(
          "8 people were read, 1 of them are left out on purpose") == true)
      #expect(!finding.samples.contains("anna@example.com"))
    }
  }

  @Test("A check warns of a group whose nested groups are not followed")
  func nestedGroups() async throws {
    let people = Somebody.people(2)
    try await SimulatedTenant.withSomebody(nested: people) { tenant in
      let direct = try await check(tenant)
      #expect(direct.course.contains("members doubtful"))
      #expect(
        direct.texts(of: .members).first?.contains("1 nested groups were not followed") == true)
      let all = try await check(tenant, ["MEMBERSHIP": "transitive"])
      #expect(all.course.contains("members passed"))
      #expect(all.texts(of: .members).first?.hasPrefix("9 people were read") == true)
    }
  }

  @Test("A check warns of a group without people")
  func nobody() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      let finding = try await check(tenant, ["GROUPID": BuiltInGroup.empty.id])
      #expect(
        finding.course.suffix(4) == [
          "group passed", "members doubtful", "attribute passed", "credential passed",
        ])
      #expect(finding.samples.isEmpty)
      #expect(try finding.result.get().fetched == 0)
    }
  }

  @Test("A check counts for each attribute the people with no value and with an unusable one")
  func attributes() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      var strange = Somebody.other
      strange.mobilePhone = "* <sms>"
      tenant.simulator.updateDirectory { [strange] in
        $0.add([.user(strange)], to: BuiltInGroup.main.id)
      }
      let finding = try await check(tenant, ["QUERYFILTER": "mail,mobilePhone"])
      #expect(
        finding.course.filter { $0.hasPrefix("attribute") }
          == ["attribute passed", "attribute doubtful"])
      let texts = finding.texts(of: .attribute)
      #expect(texts.first?.contains("mail") == true && texts.last?.contains("mobilePhone") == true)
      #expect(
        texts.last?.contains("1 people have one, 6 have none, 1 have one that no list can hold")
          == true)
      #expect(finding.samples == ["o'hara@example.com 040123123123"])
    }
  }

  /// A fault, the check's last step, and words of its text.
  static let failures: [(faults: [String], changes: [String: String], last: String, word: String)] =
    [
      ([], ["CLIENTSECRET": "wrong"], "token failed", "its Value, not its ID"),
      ([], ["CLIENTID": "c1000000-0000-4000-8000-00000000ffff"], "token failed", "CLIENTID (line"),
      ([], ["TENANTID": "7e000000-0000-4000-8000-00000000ffff"], "token failed", "TENANTID (line"),
      (["expired-secret@token"], [:], "token failed", "has expired"),
      (["server-error@token"], [:], "token failed", "AADSTS90033"),
      (["no-value@token"], [:], "token failed", "no access token"),
      (["reset@token"], [:], "host failed", "broke off"),
      ([], ["LOGINURL": "http://127.0.0.1:9"], "host failed", "http://127.0.0.1:9"),
      ([], ["GRAPHURL": "http://127.0.0.1:9"], "host failed", "http://127.0.0.1:9"),
      (["reset@groups"], [:], "host failed", "broke off"),
      (["stall@token"], ["TIMEOUT": "1"], "host failed", "raise TIMEOUT"),
      (
        [], ["CLIENTSECRET": "", "CLIENTSECRETFILE": "none"], "credential failed",
        "there is no such file"
      ),
      (
        [], ["GROUPID": "00000000-1111-4222-8333-444444444444"], "group failed",
        "the tenant has no group 00000000-1111-4222-8333-444444444444"
      ),
      (
        [], ["EXCLUDEGROUPID": "00000000-1111-4222-8333-444444444444"], "group failed",
        "EXCLUDEGROUPID (line"
      ),
      (["forbidden@groups"], [:], "group failed", "GroupMember.Read.All"),
      (["unauthorized@groups"], [:], "group failed", "does not accept the token"),
      (["server-error@groups"], [:], "group failed", "HTTP 500"),
      (["throttle:9:86400@groups"], [:], "group failed", "86400 s"),
      (["missing-permission"], [:], "members failed", "User.Read.All"),
      (["null-attributes:mail"], [:], "members failed", "has a value of mail"),
      (["cut-body"], [:], "members failed", "broke off"),
      (["forbidden"], [:], "members failed", "list the members"),
    ]

  @Test("A check ends at the step that fails, and says what to do", arguments: failures)
  func endsWithFailure(
    faults: [String], changes: [String: String], last: String, word: String
  ) async throws {
    try await SimulatedTenant.withSomebody(faults: faults) { tenant in
      let finding = try await check(tenant, changes)
      #expect(finding.course.last == last, "\(finding.steps)")
      #expect(finding.course.dropLast().allSatisfy { $0.hasSuffix(" passed") })
      let text = try #require(finding.steps.last?.text)
      #expect(text.contains(word), "\(text)")
      #expect(text == text.singleLine)
      #expect(!text.contains(Registration().clientSecret))
      let error = try #require(finding.result.error)
      let path = tenant.path("test.entraidconf").text
      #expect(error.message.hasPrefix(path + ": "))
      #expect(error.message.contains(word), "\(error.message)")
      #expect(finding.samples.isEmpty)
      let isSignedIn = finding.course.contains("token passed")
      #expect((finding.tokenEnd != nil) == isSignedIn)
    }
  }

  @Test(
    "A check warns of a permission that the token does not name, and Graph decides",
    arguments: [
      ([Role](), "GroupMember.Read.All and User.Read.All", "group failed"),
      ([.userReadAll], "GroupMember.Read.All", "group failed"),
      ([.groupMemberReadAll], "User.Read.All", "members failed"),
    ])
  func missingRoles(roles: [Role], missing: String, last: String) async throws {
    try await SimulatedTenant.withSomebody { tenant in
      tenant.simulator.setRoles(roles)
      let finding = try await check(tenant)
      #expect(finding.course.contains("permissions doubtful"))
      let hint = "the token does not name \(missing); "
      #expect(finding.texts(of: .permissions).first?.hasPrefix(hint) == true)
      #expect(finding.course.last == last)
      #expect(finding.result.error?.status == .permission)
    }
  }

  @Test("A check that is run again after a repair passes")
  func mended() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      tenant.simulator.setRoles([.groupMemberReadAll])
      let (before, after, samples) = try await tenant.withClient { client, simulator in
        let check = ClientCheck(client)
        let isFirstRefused = (try? check.run()) == nil
        let before = check.steps
        simulator.setRoles(Role.allCases)
        _ = try check.run()
        return (isFirstRefused ? before : [], check.steps, check.samples)
      }
      #expect(before.last?.outcome == .failed)
      #expect(after.count > before.count)
      #expect(after.allSatisfy { $0.outcome != .failed })
      #expect(samples.count == 5)
    }
  }

  @Test(
    "A check that is stopped on request has no failed step",
    arguments: ["", "stall@token", "stall@groups", "stall"])
  func stopped(fault: String) async throws {
    try await SimulatedTenant.withSomebody(faults: fault.isEmpty ? [] : [fault]) { tenant in
      let finding = try await tenant.withClient { client, _ in
        client.observer.progress = { fault.isEmpty ? false : $0.seconds < 0.3 }
        return Self.finding(client)
      }
      #expect(finding.result.error?.status == .cancelled)
      #expect(finding.course.allSatisfy { $0.hasSuffix(" passed") })
    }
  }

  @Test("A lookup after a check needs no sign-in and no new connection")
  func warmsUp() async throws {
    try await SimulatedTenant.withSomebody { tenant in
      try await tenant.withClient { client, simulator in
        _ = try ClientCheck(client).run()
        let connections = simulator.requests.connections
        simulator.forgetRequests()
        #expect(client.verdicts("anna@example.com") == [.member])
        #expect(simulator.requests.trips == ["$batch"])
        #expect(simulator.requests.connections.isSubset(of: connections))
      }
    }
  }
}
