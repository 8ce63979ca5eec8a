import EntraSync
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("Claims challenges")
struct ClaimsChallengeTests {
  @Test(
    "Claims are read by the parser of all answers, and nothing but one JSON object is sent on",
    arguments: [
      ("e30", "{}"), ("eyJhIjoxfQ==", "{\"a\":1}"), ("e30g", "{} "), ("e3", nil), ("e317", nil),
      ("e319", nil), ("W10", nil), ("eyJhIjoxLCJhIjoyfQ", nil), ("77u_e30", nil), ("bnVsbA", nil),
      ("IkEi", nil), ("eyJhIjoi_yJ9", nil), ("", nil),
    ] as [(String, String?)])
  func readsClaims(encoded: String, claims: String?) {
    let header = "Bearer error=\"insufficient_claims\", claims=\"\(encoded)\""
    #expect(ClaimsChallenge([header], parse: JSONValue.init)?.claims == claims)
  }

  /// What the requests were, in short.
  private static func course(_ requests: [ReceivedRequest]) -> [String] {
    requests.filter { !$0.isBatched }.map { request in
      let name = request.target.contains("/token") ? "token" : request.method
      return request.formFields.contains("claims") ? "\(name)+claims" : "\(name) \(request.status)"
    }
  }

  /// Requires that an error names Conditional Access, with code, id and time.
  private static func requireRefusal(_ error: EntraSyncError, code: String) {
    #expect(error.status == .authentication)
    #expect(
      error.message.contains(
        "Conditional Access for workload identities turns this server away"),
      "\(error.message)")
    #expect(error.message.contains(code), "\(error.message)")
    #expect(error.message.contains(" at 2"), "\(error.message)")
    #expect(error.requestID?.isEmpty == false)
    #expect(!error.message.contains("GRAPHURL"))
  }

  @Test(
    "A claims challenge in the middle of a run is answered once, and the list is right",
    arguments: ["claims-challenge:1#1", "claims-challenge:1#2", "claims-challenge:1@groups"])
  func survives(fault: String) async throws {
    try await SimulatedTenant.with(members: 1100) { tenant in
      let calm = try await tenant.calmRun()
      let requests = try await tenant.survivedRun(fault, like: calm)
      let signIns = requests.signIns.map { $0.formFields.contains("claims") }
      #expect(signIns == [false, true], "\(Self.course(requests))")
    }
  }

  @Test("Two pages that are on their way with one token cost one sign-in with claims")
  func signsInOnce() async throws {
    try await SimulatedTenant.with(members: 2200) { tenant in
      let calm = try await tenant.calmRun()
      let requests = try await tenant.survivedRun(
        "claims-challenge:1#1", "slow:200#1", like: calm)
      #expect(requests.signIns.count == 2)
    }
  }

  @Test("A token with the claims that is refused too ends the run, with code and time")
  func endsRun() async throws {
    try await SimulatedTenant.with { tenant in
      for fault in ["claims-challenge", "claims-challenge@groups"] {
        tenant.simulator.forgetRequests()
        let error = try await tenant.failedRun(fault)
        Self.requireRefusal(error, code: "InvalidAuthenticationToken")
        #expect(error.message.contains("code: TokenCreatedWithOutdatedPolicies"))
        #expect(error.httpStatus == 401)
        #expect(tenant.simulator.requests.signIns.count == 2)
      }
    }
  }

  @Test("A sign-in with claims that is refused ends the run, with code and time")
  func endsSignIn() async throws {
    try await SimulatedTenant.with { tenant in
      let error = try await tenant.failedRun("claims-challenge:1", "claims-refused@token")
      Self.requireRefusal(error, code: "AADSTS53003")
      #expect(error.aadstsCode == 53_003)
      #expect(tenant.simulator.requests.signIns.map(\.status) == [200, 400])
    }
  }

  @Test(
    "A claims challenge to a batch, or in one, is answered once, and the lookup answers",
    arguments: ["batch", "users", "check", "groups"])
  func survivesLookup(target: String) async throws {
    try await SimulatedTenant.withSomebody(faults: ["claims-challenge:1@\(target)"]) { tenant in
      let found = try await tenant.withClient { client, _ in
        [
          client.verdicts("anna@example.com", "otto@example.com"),
          client.verdicts("anna@example.com"),
        ].flatMap(\.self)
      }
      #expect(found == [.member, .notMember, .member])
      let signIns = tenant.simulator.requests.filter { $0.target.contains("/token") }
      #expect(signIns.map { $0.formFields.contains("claims") } == [false, true])
    }
  }

  @Test(
    "A lookup whose token with claims is refused too cannot tell, and says why",
    arguments: ["batch", "users", "check", "groups"], [false, true])
  func endsLookup(target: String, atSignIn: Bool) async throws {
    let faults = ["claims-challenge@\(target)"] + (atSignIn ? ["claims-refused@token"] : [])
    try await SimulatedTenant.withSomebody(faults: faults) { tenant in
      let answers = try await tenant.withClient { client, _ in
        client.answers(["anna@example.com"])
      }
      guard case .unknown(let error) = answers.first else {
        Issue.record("\(answers)")
        return
      }
      Self.requireRefusal(error, code: atSignIn ? "AADSTS53003" : "InvalidAuthenticationToken")
      let signIns = tenant.simulator.requests.filter { $0.target.contains("/token") }
      // A question in a batch and the next whole batch may each be answered once.
      #expect((2...3).contains(signIns.count))
    }
  }

  @Test("A check answers a claims challenge, and fails where that does not help")
  func checks() async throws {
    for (fault, last) in [("claims-challenge:1@groups", nil), ("claims-challenge@groups", "group")]
    {
      try await SimulatedTenant.withSomebody(faults: [fault]) { tenant in
        let failed = try await tenant.withClient { client, _ in
          let check = ClientCheck(client)
          do throws(EntraSyncError) {
            _ = try check.run()
          } catch {
            Self.requireRefusal(error, code: "InvalidAuthenticationToken")
          }
          return check.steps.filter { $0.outcome == .failed }.map { "\($0.subject)" }
        }
        #expect(failed == [last].compactMap(\.self))
      }
    }
  }

  @Test("A shared token that is challenged is replaced, and others take the new one over")
  func replacesSharedToken() async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.sharing()
      try await tenant.run(path)
      let before = try tenant.token()
      try tenant.setFaults("claims-challenge:1")
      tenant.simulator.forgetRequests()
      try await tenant.run(path)
      #expect(
        Self.course(tenant.simulator.requests)
          == ["GET 200", "GET 401", "token+claims", "GET 200"])
      let after = try tenant.token()
      #expect(after != before)
      // The simulator accepts no token that was asked for without the claims.
      try await tenant.run(path)
      #expect(try tenant.token() == after)
      #expect(tenant.simulator.requests.signIns.count == 1)
    }
  }

  @Test("The answer to a challenge is a new token, and not one that another process has left")
  func passesOverStoredToken() async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.sharing()
      let simulator = tenant.simulator
      let requests = try await tenant.blocking {
        let client = try Client(configurationAt: path)
        _ = try client.readPeople(into: ()) { _, _, _ in }
        // Another process has left another token since.
        try tenant.removeState()
        let other = try Client(configurationAt: path)
        _ = try other.readPeople(into: ()) { _, _, _ in }
        simulator.setFaults([try FaultRule("claims-challenge:1")])
        simulator.forgetRequests()
        _ = try client.readPeople(into: ()) { _, _, _ in }
        return simulator.requests
      }
      #expect(
        Self.course(requests) == ["GET 200", "GET 401", "token+claims", "GET 200"])
    }
  }

  @Test("A shared token is removed where a claims challenge has no answer")
  func dropsSharedToken() async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.sharing()
      for faults in [["claims-challenge"], ["claims-challenge:1", "claims-refused@token"]] {
        try tenant.setFaults()
        try tenant.removeState()
        try await tenant.run(path)
        try tenant.set(faults)
        let error = await #expect(throws: EntraSyncError.self) { try await tenant.run(path) }
        #expect(error?.status == .authentication)
        #expect(try tenant.stored() == [])
        // A demand for claims does not end with the fault: the next run is asked for them, once.
        try tenant.setFaults()
        tenant.simulator.forgetRequests()
        try await tenant.run(path)
        // The question about the group and its first page travel together.
        #expect(
          Self.course(tenant.simulator.requests)
            == ["token 200", "GET 401", "GET 401", "token+claims", "GET 200", "GET 200"])
      }
    }
  }

  @Test("A claims challenge that has been answered is over, however many requests had met it")
  func endsWithAnswer() async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.configuration()
      let simulator = tenant.simulator
      let courses = try await tenant.blocking {
        let client = try Client(configurationAt: path)
        func read() throws -> [String] {
          simulator.forgetRequests()
          _ = try client.readPeople(into: ()) { _, _, _ in }
          return Self.course(simulator.requests)
        }
        _ = try read()
        simulator.setFaults([try FaultRule("claims-challenge:1@groups")])
        let challenged = try read()
        simulator.setFaults([])
        client.tokens.forget()
        return [challenged, try read()]
      }
      #expect(courses[0].contains("token+claims"))
      #expect(courses[1].first == "token 200")
    }
  }

  @Test("A certificate answers a claims challenge too")
  func signsInByCertificate() async throws {
    try await CertificateSignInTests.with { tenant in
      try tenant.setFaults("claims-challenge:1")
      let keys = CertificateSignInTests.keys("good.pem", "good.key")
      try await tenant.run(tenant.configuration(keys))
      #expect(
        tenant.simulator.requests.signIns.map { $0.formFields.contains("claims") }
          == [false, true])
    }
  }
}
