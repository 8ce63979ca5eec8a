import Testing

@testable import EntraSync

@Suite("What a machine's token service answers")
struct IdentityAnswerTests {
  static func answer(
    _ identity: ManagedIdentity = .system, environment: [String: String] = [:],
    hasArcAgent: Bool = false
  ) throws -> IdentityAnswer {
    IdentityAnswer(
      of: try IdentityServiceTests.service(environment, hasArcAgent: hasArcAgent),
      about: identity, try ManagedIdentityTests.configuration())
  }

  static let appService = [
    "IDENTITY_ENDPOINT": IdentityServiceTests.appService, "IDENTITY_HEADER": "abc",
  ]

  static func refusal(_ name: String, _ words: String) -> JSONValue {
    .object(["error": .string(name), "error_description": .string(words)])
  }

  @Test("A token has the life that is said in text, or that its end leaves")
  func token() throws {
    let answer = try Self.answer()
    func token(_ fields: [String: String]) throws -> Token {
      try answer.token(
        .object(
          ["access_token": .string("abc"), "token_type": .string("Bearer")]
            .merging(fields.mapValues { .string($0) }) { $1 }), now: 1000, wall: 1_790_000_000)
    }
    #expect(try token(["expires_in": "3599"]).expires == 4599)
    #expect(try token(["expires_on": "1790003600"]).expires == 4600)
    #expect(try token(["expires_in": "3599", "expires_on": "1"]).expires == 4599)
    #expect(try token([:]).expires == 4600)
    #expect(try token(["expires_in": "999999999"]).expires == 91_000)
    #expect(throws: EntraSyncError.self) { try token(["expires_on": "1789999999"]) }
    #expect(throws: EntraSyncError.self) { try token(["access_token": "a b"]) }
    #expect(throws: EntraSyncError.self) { try token(["token_type": "pop"]) }
  }

  @Test("A token that lives for two hours or more is renewed at half of its life")
  func renewal() throws {
    let answer = try Self.answer()
    func token(_ life: Int) throws -> Token {
      try answer.token(
        .object(["access_token": .string("abc"), "expires_in": .number("\(life)")]), now: 0,
        wall: 0)
    }
    #expect(try !token(86_400).isRenewable(at: 43_199))
    #expect(try token(86_400).isRenewable(at: 43_200))
    #expect(try token(86_400).isGood(at: 86_000))
    #expect(try !token(7199).isRenewable(at: 6000))
  }

  @Test(
    "What may pass is asked again, and what is refused is not",
    arguments: [
      (400, 0), (401, 0), (403, 0), (404, IdentityAnswer.fewRetries), (408, 10), (410, 10),
      (429, 10), (500, 10), (503, 10), (504, 10), (301, 0),
    ])
  func retries(status: Int, most: Int) throws {
    switch try Self.answer().step(httpStatus: status, answer: nil) {
    case .askAgain(let error, let found):
      #expect(found == most)
      #expect(error.httpStatus == status)
    case .fail(let error):
      #expect(most == 0)
      #expect(error.httpStatus == status)
    case .prove: Issue.record("there is nothing to prove")
    }
  }

  @Test("A refusal says what to do")
  func refusals() throws {
    let id = try #require(ObjectID(ManagedIdentityTests.identity))
    func message(
      _ status: Int, _ document: JSONValue?, _ answer: IdentityAnswer, hasProved: Bool = false
    ) -> String? {
      switch answer.step(httpStatus: status, answer: document, hasProved: hasProved) {
      case .fail(let error), .askAgain(let error, _): error.message
      case .prove: nil
      }
    }
    let missing = Self.refusal("invalid_request", "Identity not found")
    #expect(
      message(400, missing, try Self.answer())
        == "no token of the managed identity (an Azure VM, HTTP 400, invalid_request, \"Identity "
        + "not found\"): this machine has no managed identity of its own; switch it on in Azure, "
        + "under Identity, or put the Client ID of a user-assigned one into MANAGEDIDENTITY (line 2)"
    )
    #expect(
      message(400, missing, try Self.answer(.user(id)))
        == "no token of the managed identity (an Azure VM, HTTP 400, invalid_request, \"Identity "
        + "not found\"): this machine has no such managed identity; assign it in Azure, under "
        + "Identity, User assigned, and put its Client ID, not its Object ID, into "
        + "MANAGEDIDENTITY (line 2)")
    #expect(
      message(400, Self.refusal("invalid_resource", "no"), try Self.answer())
        == "no token of the managed identity (an Azure VM, HTTP 400, invalid_resource, \"no\"): "
        + "Azure does not know the resource \"https://graph.microsoft.com\"; check CLOUD and "
        + "GRAPHURL")
    let appService = try Self.answer(environment: Self.appService)
    #expect(
      message(
        401, .object(["statusCode": .number("401"), "message": .string("x")]), appService)
        == "no token of the managed identity (App Service, HTTP 401, \"x\"): IDENTITY_HEADER in the "
        + "environment is not the present one; start the program anew")
    #expect(
      message(401, nil, try Self.answer(hasArcAgent: true), hasProved: true)
        == "no token of the managed identity (Azure Arc, HTTP 401): Azure Arc's agent does not take "
        + "the key that it has named; look with: azcmagent check")
    #expect(
      message(403, nil, try Self.answer())
        == "no token of the managed identity (an Azure VM, HTTP 403): this machine may not ask for "
        + "it; have its firewall or its policies allow that")
    #expect(
      message(404, nil, try Self.answer())
        == "no token of the managed identity (an Azure VM, HTTP 404): there is no such "
        + "service here; MANAGEDIDENTITY (line 2) works on an Azure VM, with Azure Arc and in App "
        + "Service")
    #expect(
      message(302, nil, try Self.answer())
        == "no token of the managed identity (an Azure VM, HTTP 302): that is no answer of Azure's; "
        + "look for what else answers at http://169.254.169.254")
    #expect(
      message(429, nil, try Self.answer())
        == "no token of the managed identity (an Azure VM, HTTP 429): too many programs of this "
        + "machine ask for tokens")
    #expect(
      message(500, nil, appService)
        == "no token of the managed identity (App Service, HTTP 500): the service is being updated, "
        + "or has a passing fault")
  }

  @Test("Azure Arc's first 401 is a challenge, and its second a refusal")
  func proof() throws {
    let answer = try Self.answer(hasArcAgent: true)
    let header = "Basic realm=/var/opt/azcmagent/tokens/a.key"
    #expect(
      answer.step(httpStatus: 401, answer: nil, challenges: [header])
        == .prove(try ArcChallenge([header])))
    guard
      case .fail = answer.step(
        httpStatus: 401, answer: nil, challenges: [header], hasProved: true)
    else {
      Issue.record("it would never end")
      return
    }
    guard case .fail = try Self.answer().step(httpStatus: 401, answer: nil, challenges: [header])
    else {
      Issue.record("a virtual machine has no challenge")
      return
    }
  }

  @Test("A server that is no machine of Azure's is told so, and not to look at a proxy")
  func unreachable() throws {
    let error = NetworkFault.noConnection.error(
      asking: try IdentityServiceTests.service(), detail: "Connection refused",
      try ManagedIdentityTests.configuration())
    #expect(error.status == .network)
    #expect(
      error.message
        == "cannot reach http://169.254.169.254, which gives an Azure VM its tokens (Connection "
        + "refused); MANAGEDIDENTITY (line 2) works on an Azure VM, with Azure Arc and in App "
        + "Service: use another credential elsewhere")
  }
}
