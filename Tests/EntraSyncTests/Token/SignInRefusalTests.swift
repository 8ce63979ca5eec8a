import Testing

@testable import EntraSync

@Suite struct SignInRefusalTests {
  static func error(
    _ httpStatus: Int, _ text: String?, _ configuration: Configuration
  ) throws -> EntraSyncError {
    SignInRefusal.error(
      httpStatus: httpStatus, answer: try text.flatMap { try JSONValueTests.read($0) },
      configuration: configuration)
  }

  static func body(_ code: Int, _ name: String = "invalid_client") -> String {
    "{\"error\":\"\(name)\",\"error_codes\":[\(code)],\"trace_id\":\"t-1\","
      + "\"timestamp\":\"2026-01-02 03:04:05Z\"}"
  }

  @Test(
    "Each refusal of a sign-in says what to change, with the key and its line",
    arguments: [
      (
        7_000_215,
        "the client secret is wrong; put its Value, not its ID, into CLIENTSECRET (line 3)"
      ),
      (7_000_222, "the client secret has expired"), (7_000_222, "CLIENTSECRET (line 3)"),
      (700_016, "no such application; check CLIENTID (line 2) and TENANTID (line 1)"),
      (90_002, "no such tenant in this cloud; check TENANTID (line 1) and CLOUD"),
      (900_023, "no such tenant in this cloud"), (90_038, "in another cloud; set CLOUD"),
      (900_382, "in another cloud; set CLOUD"), (7_000_229, "never given consent"),
      (7_000_112, "is disabled in the tenant"), (70_001, "no such application"),
      (500_011, "\"https://graph.microsoft.com/.default\"; check CLOUD and GRAPHURL"),
      (53_003, "turns this server away; allow its address"),
      (7_000_218, "the credential did not arrive"),
      (700_027, "Entra ID does not know the certificate"),
      (700_024, "rejects the client assertion's time; set this server's clock right"),
      (65_001, "never given consent"), (9_001_023, "no tenant is named"),
      (70_011, "does not accept the scope"), (1_002_012, "does not accept the scope"),
      (900_144, "did not arrive"), (1, "Entra ID calls it \"invalid_client\""),
    ])
  func advises(code: Int, advice: String) throws {
    let error = try Self.error(401, Self.body(code), Sample.configuration())
    #expect(error.message.hasPrefix("sign-in refused (AADSTS\(code)): "))
    #expect(error.message.contains(advice))
    #expect(error.message.hasSuffix(" [trace id t-1 at 2026-01-02 03:04:05Z]"))
    #expect(error.status == .authentication)
    #expect(error.httpStatus == 401)
    #expect(error.aadstsCode == code)
    #expect(error.serverCode == "invalid_client")
    #expect(error.requestID == "t-1")
  }

  @Test("A certificate that Entra ID does not know is named by the thumbprint that its pages show")
  func namesThumbprint() throws {
    let error = SignInRefusal.error(
      httpStatus: 401, answer: try JSONValueTests.read(Self.body(700_027)),
      configuration: try CertificateTests.configuration(),
      certificate: CertificateTests.certificate())
    #expect(
      error.message.contains(
        "upload the one of CLIENTCERTIFICATE (line 4) with the thumbprint 0011 to the application"))
  }

  @Test(
    "A refusal that is not about the credential has another status, even with HTTP 4xx",
    arguments: [
      (50_196, .throttled), (90_055, .throttled), (90_033, .server), (90_006, .server),
      (90_012, .server), (90_024, .server), (90_090, .server),
    ] as [(Int, Status)])
  func tellsPassingFaults(code: Int, status: Status) throws {
    #expect(try Self.error(400, Self.body(code), Sample.configuration()).status == status)
    #expect(try Self.error(503, Self.body(code), Sample.configuration()).status == .server)
  }

  @Test("A refusal's code, trace id and time are found in its description too")
  func readsDescription() throws {
    let text =
      "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000222: The keys are expired."
      + "\\r\\nTrace ID: t-9\\r\\nCorrelation ID: c-9\\r\\nTimestamp: 2026-01-02 03:04:05Z\"}"
    let error = try Self.error(401, text, Sample.configuration())
    #expect(error.aadstsCode == 7_000_222)
    #expect(error.requestID == "t-9")
    #expect(error.message.hasSuffix(" [trace id t-9 at 2026-01-02 03:04:05Z]"))
  }

  @Test("A redirect of the sign-in is named and not followed")
  func namesRedirect() throws {
    let error = SignInRefusal.error(
      httpStatus: 302, answer: nil, location: "https://evil.example/login?x=T0KEN",
      configuration: try Sample.configuration())
    #expect(error.status == .server)
    #expect(error.message.contains("redirect to \"https://evil.example\", which is not followed"))
    #expect(!error.message.contains("T0KEN"))
  }

  @Test(
    "Advice about a client secret in a file names the key of that file",
    arguments: [7_000_215, 7_000_222])
  func namesSecretFile(code: Int) throws {
    let configuration = try Sample.configuration(
      without: ["CLIENTSECRET"], adding: "CLIENTSECRETFILE = /etc/secret")
    let message = try Self.error(401, Self.body(code), configuration).message
    #expect(message.contains("put its Value"))
    #expect(message.contains("the file of CLIENTSECRETFILE (line 4)"))
  }

  @Test("A refusal of a sign-in without a code is named by its error")
  func namesError() throws {
    let error = try Self.error(400, "{\"error\":\"invalid_request\"}", Sample.configuration())
    #expect(error.message.hasPrefix("sign-in refused (invalid_request): "))
    #expect(error.aadstsCode == nil)
    #expect(error.requestID == nil)
    #expect(error.status == .authentication)
  }

  @Test(
    "An answer that is not Entra ID's is an error of the server",
    arguments: [
      nil, "[]", "{}", "{\"error\":{\"code\":\"x\"}}", "{\"error\":5}", "{\"error\":\"blocked\"}",
      "{\"error\":\"unauthorized\",\"error_description\":\"Full authentication is required\"}",
      "{\"error\":\"access_denied\",\"message\":\"Your organization blocks this\"}",
    ])
  func tellsForeignAnswers(text: String?) throws {
    for httpStatus in [400, 401, 403, 502] {
      let error = try Self.error(httpStatus, text, Sample.configuration())
      #expect(error.status == .server)
      #expect(error.httpStatus == httpStatus)
      #expect(error.isForeign)
      #expect(
        error.message
          == "the sign-in at https://login.microsoftonline.com answered HTTP \(httpStatus) without "
          + "an Entra ID error: a proxy, firewall, gateway or login portal in between answers in its "
          + "place; have it let this server through, and check LOGINURL and the proxy")
    }
  }

  @Test("A sign-in that Graph has demanded is refused by Conditional Access, or by its own code")
  func tellsDemand() throws {
    for (code, said) in [
      (53_003, "Conditional Access for workload identities turns this server away"),
      (1, "Entra ID calls it \"invalid_client\", and there is no advice for that code here"),
      (5_000_211, "a proxy here restricts which tenants may be used"),
      (7_000_112, "the application is disabled in the tenant; enable it in Entra ID"),
    ] {
      let error = SignInRefusal.error(
        httpStatus: 400, answer: try JSONValueTests.read(Self.body(code)), isChallenged: true,
        configuration: try Sample.configuration())
      #expect(error.message.hasPrefix("sign-in refused (AADSTS\(code)): \(said)"))
      #expect(
        error.message.hasSuffix(
          "; Graph had demanded this sign-in by a claims challenge "
            + "[trace id t-1 at 2026-01-02 03:04:05Z]"))
    }
  }

  @Test("Texts of a refused sign-in stay on one line")
  func isOneLine() throws {
    let text = "{\"error\":\"a\\r\\nb\",\"trace_id\":\"t\\n\",\"timestamp\":\"\\u0000\"}"
    let error = try Self.error(400, text, Sample.configuration())
    #expect(error.message.singleLine == error.message)
    #expect(error.serverCode?.contains("\n") == false)
    #expect(error.requestID == "t\\u{a}")
  }
}
