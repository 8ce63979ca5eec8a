import Testing

@testable import EntraSync

@Suite struct SignInFaultTests {
  /// Every code that there is advice for, by a part of the advice.
  static let advice: [(part: String, codes: [Int])] = [
    ("the client secret is wrong", [7_000_215, 70_002, 50_012]),
    ("the client secret has expired", [7_000_222]),
    ("the credential did not arrive", [7_000_218, 7_000_216, 7_000_219, 50_192]),
    ("is registered as a public client", [700_025]),
    ("Entra ID does not know the certificate", [700_027, 7_000_274, 50_003, 50_006, 900_384]),
    ("is outside its time; make a new one", [1_000_502]),
    ("was revoked; make a new one", [7_000_214, 7_000_277]),
    ("does not trust the certificate", [700_030, 50_017, 220_501]),
    ("rejects the client assertion's time; set this server's clock", [700_024, 500_133]),
    ("rejects the application that the client assertion names", [700_021, 50_048, 7_000_110]),
    ("does not accept the client assertion; set this server's clock", [50_027, 50_013, 50_120]),
    (
      "takes the client assertion for a token of another issuer",
      [70_021, 700_211, 700_212, 700_213, 7_002_138, 700_222, 700_229]
    ),
    (
      "no such application; check CLIENTID (line 2) and TENANTID (line 1)",
      [700_016, 700_011, 70_001]
    ),
    ("is disabled in the tenant; enable it", [7_000_112, 1_000_031]),
    (
      "never given consent",
      [7_000_229, 65_001, 65_005, 650_056, 650_057, 90_008, 90_093, 90_094, 90_095, 90_099]
    ),
    ("takes only assigned clients", [501_051, 50_105]),
    ("no such tenant in this cloud", [90_002, 900_023, 50_029, 50_128]),
    (
      "in another cloud; set CLOUD",
      [90_038, 900_382, 900_383, 900_432, 90_043, 90_051, 50_049]
    ),
    (
      "no tenant is named",
      [9_001_023, 50_059, 900_021, 90_019, 50_194, 90_124, 90_130, 9_002_332, 90_027]
    ),
    ("Microsoft has closed the tenant", [5_000_224, 5_000_225]),
    (
      "a proxy here restricts which tenants may be used (Restrict-Access-To-Tenants or",
      [50_002, 500_021, 500_022, 5_000_211]
    ),
    ("a policy about access across tenants or clouds", [500_212, 500_213, 1_000_104]),
    (
      "Conditional Access for workload identities turns this server away",
      [53_003, 530_032, 530_034, 530_035, 53_011, 50_131, 50_053]
    ),
    ("does not know the resource \"https://graph", [500_011, 50_001, 650_054]),
    ("is switched off in this tenant: a subscription has lapsed", [500_014, 650_052, 51_000]),
    (
      "does not accept the scope \"https://graph",
      [1_002_012, 70_011, 28_002, 28_003, 700_022, 700_023, 901_002, 90_009]
    ),
    (
      "a part of the request did not arrive",
      [
        900_144, 9_000_411, 9_002_313, 90_004, 90_013, 90_014, 90_015, 90_023, 90_056, 900_561,
        90_100, 90_102, 90_107, 90_117, 90_121, 165_900, 50_050, 70_003, 67_003, 7_000_113,
        7_000_114,
      ]
    ),
    ("a version of TLS that is too old", [1_002_016]),
    ("remove LOGINURL, and set CLOUD", [100_007, 230_109]),
    ("a claims policy or a signing key", [50_010, 50_124, 501_241, 50_146, 501_461, 501_621]),
    ("saw too many sign-ins", [50_196, 90_055]),
    ("a passing fault", [90_033, 90_006, 90_012, 90_024, 90_090, 90_091, 50_033]),
    (
      "a fault of its own",
      [50_000, 50_007, 50_042, 50_043, 90_010, 90_036, 90_085, 90_092, 90_123]
    ),
  ]

  @Test("Every known code has its advice, and stands in this table", arguments: advice)
  func advises(part: String, codes: [Int]) throws {
    for code in codes {
      let error = try SignInRefusalTests.error(
        400, SignInRefusalTests.body(code), Sample.configuration())
      #expect(error.message.contains("(AADSTS\(code)): "))
      #expect(error.message.contains(part), "\(error.message)")
      #expect(error.aadstsCode == code)
    }
  }

  @Test("No code has two reasons, and none is missing from the table of advice")
  func isComplete() {
    let codes = SignInFault.allCases.flatMap(\.codes)
    #expect(Set(codes).count == codes.count)
    #expect(Set(codes) == Set(Self.advice.flatMap(\.codes)))
    for fault in SignInFault.allCases { #expect(!fault.codes.isEmpty) }
  }

  @Test(
    "A code that is not known says so, and where to look it up",
    arguments: [1, 16_000, 999_999_999])
  func tellsUnknown(code: Int) throws {
    let error = try SignInRefusalTests.error(
      400, SignInRefusalTests.body(code), Sample.configuration())
    #expect(
      error.message
        == "sign-in refused (AADSTS\(code)): Entra ID calls it \"invalid_client\", and there is no "
        + "advice for that code here; look it up at https://login.microsoftonline.com/error?code="
        + "\(code), and check TENANTID (line 1), CLIENTID (line 2) and the credential "
        + "[trace id t-1 at 2026-01-02 03:04:05Z]")
  }

  @Test(
    "A certificate is known to have expired by the reason, and only by the reason",
    arguments: [
      (
        "AADSTS700027: Client assertion failed signature validation. [Reason - The key used is "
          + "expired., Thumbprint of key used by client: 'AB', Found key 'Start=01/01/2025']", true
      ),
      (
        "AADSTS700027: The certificate is not registered. [Reason - The key was not found., "
          + "Thumbprint of key used by client: 'expired']", false
      ),
      (
        "AADSTS700027: [Reason - The key was found, but use of the key to verify the signature "
          + "failed.]", false
      ), ("", false), ("expired", false),
    ])
  func readsReason(description: String, isExpired: Bool) throws {
    for code in [700_027, 50_012] {
      let text =
        "{\"error\":\"invalid_client\",\"error_codes\":[\(code)],\"error_description\":"
        + "\"\(description)\"}"
      let error = SignInRefusal.error(
        httpStatus: 401, answer: try JSONValueTests.read(text),
        configuration: try CertificateTests.configuration(),
        certificate: CertificateTests.certificate())
      let expected =
        isExpired
        ? "the certificate with the thumbprint 0011 is outside its time; make a new one, upload it "
          + "to the application, under Certificates & secrets, and put it into CLIENTCERTIFICATE "
          + "(line 4)"
        : "Entra ID does not know the certificate; upload the one of CLIENTCERTIFICATE (line 4)"
      #expect(error.message.contains(expected), "\(error.message)")
    }
  }

  @Test(
    "A code that stands for an unknown application and for a disabled one is told apart by its text",
    arguments: [
      (
        "Application with identifier 'a' was not found in the directory 'b'. This can happen if "
          + "the application has not been installed by the administrator of the tenant.",
        "the tenant has no such application"
      ), ("The application 'a' is disabled.", "the application is disabled in the tenant"),
    ])
  func readsApplication(description: String, advice: String) throws {
    let text =
      "{\"error\":\"unauthorized_client\",\"error_description\":\"AADSTS70001: \(description)\"}"
    let error = try SignInRefusalTests.error(400, text, Sample.configuration())
    #expect(error.message.contains("(AADSTS70001): \(advice)"), "\(error.message)")
  }

  @Test("The name of a tenant does not decide what an unknown application is told")
  func ignoresNames() throws {
    let text =
      "{\"error\":\"unauthorized_client\",\"error_description\":\"AADSTS700016: Application with "
      + "identifier 'a' was not found in the directory 'Disabled Veterans'.\"}"
    let error = try SignInRefusalTests.error(400, text, Sample.configuration())
    #expect(error.message.contains("the tenant has no such application"), "\(error.message)")
  }

  @Test(
    "Where SCOPE is set, the advice about scopes and resources names it",
    arguments: [500_011, 70_011])
  func namesScope(code: Int) throws {
    let configuration = try Sample.configuration(
      adding: "SCOPE = https://graph.microsoft.co/.default", "GRAPHURL = https://proxy.example")
    let error = try SignInRefusalTests.error(400, SignInRefusalTests.body(code), configuration)
    #expect(error.message.contains("; check SCOPE (line "), "\(error.message)")
    #expect(error.message.contains(") and GRAPHURL ["), "\(error.message)")
    let refusal = GraphRefusal.error(
      httpStatus: 401, answer: try JSONValueTests.read("{\"error\":{\"code\":\"x\"}}"),
      requestID: nil, about: .people, configuration: configuration)
    #expect(refusal.message.contains("(x); check SCOPE (line "), "\(refusal.message)")
  }

  @Test("A code of a client assertion that also stands for a scope is told apart by the credential")
  func readsCredential() throws {
    let body = try JSONValueTests.read(SignInRefusalTests.body(700_023))
    let error = SignInRefusal.error(
      httpStatus: 401, answer: body, configuration: try CertificateTests.configuration())
    #expect(error.message.contains("rejects the client assertion's audience"))
  }

  @Test("Of several codes the one that says more counts, and numbers that are no codes do not")
  func choosesCode() throws {
    for (codes, code) in [
      ("70002,50012,7000222", 7_000_222), ("70002,50012", 70_002), ("1,7000215", 7_000_215),
      ("1,2", 1), ("-5,0,9999999999,53003", 53_003), ("\"90002\"", 90_002), ("null,{}", nil),
    ] as [(String, Int?)] {
      let error = try SignInRefusalTests.error(
        400, "{\"error\":\"x\",\"error_codes\":[\(codes)]}", Sample.configuration())
      #expect(error.aadstsCode == code, "\(codes)")
    }
  }
}
