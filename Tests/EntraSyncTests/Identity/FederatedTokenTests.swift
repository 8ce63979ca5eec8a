import Testing

@testable import EntraSync

@Suite("A token of another issuer")
struct FederatedTokenTests {
  static let claims: [String: JSONValue] = [
    "iss": .string("https://issuer.example.com/"), "sub": .string("system:serviceaccount:a:b"),
    "aud": .array([.string("api://AzureADTokenExchange")]), "exp": .number("1790000000"),
  ]

  static func configuration() throws -> Configuration {
    try Sample.configuration(without: ["CLIENTSECRET"], adding: "FEDERATEDTOKENFILE = token")
  }

  static let names =
    "the issuer \"https://issuer.example.com/\", the subject \"system:serviceaccount:a:b\" and the "
    + "audience \"api://AzureADTokenExchange\""

  @Test("Its claims are shown as they have to be entered in Entra ID")
  func shown() throws {
    #expect(FederatedToken(.object(Self.claims))?.names == Self.names)
    #expect(
      FederatedToken(.object(["aud": .string("x\u{1B}[2J"), "iss": .number("1")]))?.names
        == "the issuer that is missing, the subject that is missing and the audience "
        + "\"x\\u{1b}[2J\"")
    #expect(FederatedToken(nil) == nil)
    #expect(FederatedToken(.string("x")) == nil)
  }

  @Test("A token that has ended is not sent, unless a clock may be the reason")
  func ended() throws {
    let configuration = try Self.configuration()
    let token = try #require(FederatedToken(.object(Self.claims)))
    try token.check(at: 1_790_000_299, of: configuration)
    let error = #expect(throws: EntraSyncError.self) {
      try token.check(at: 1_790_000_300, of: configuration)
    }
    #expect(error?.status == .configuration)
    #expect(
      error?.message
        == "the token in the file of FEDERATEDTOKENFILE (line 4) ended on \(CalendarTime.text(1.79e9)); "
        + "see to it that whatever writes the file renews it, and set this server's clock right")
    try FederatedToken(.object([:]))?.check(at: 1e12, of: configuration)
  }

  static func refusal(_ code: Int, _ configuration: Configuration) throws -> String {
    let error = SignInRefusal.error(
      httpStatus: 401, answer: try JSONValueTests.read(SignInRefusalTests.body(code)),
      configuration: configuration, token: FederatedToken(.object(claims)))
    #expect(error.aadstsCode == code)
    return error.message
  }

  @Test(
    "A missing federated credential is said with what it must have",
    arguments: [70_021, 700_211, 700_212, 700_213, 7_002_138, 700_023])
  func missing(code: Int) throws {
    #expect(
      try Self.refusal(code, Self.configuration())
        == "sign-in refused (AADSTS\(code)): the application of CLIENTID (line 2) has no federated "
        + "credential for the token in the file of FEDERATEDTOKENFILE (line 4): it has "
        + "\(Self.names); add one with exactly these, under Certificates & secrets, or wait some "
        + "minutes if it was added just now [trace id t-1 at 2026-01-02 03:04:05Z]")
    let identity = try ManagedIdentityTests.configuration(
      ManagedIdentityTests.identity, without: [])
    #expect(
      try Self.refusal(code, identity).contains(
        "credential for the token of the managed identity of MANAGEDIDENTITY (line 4): it has"))
  }

  @Test(
    "Other refusals fit a token of another issuer",
    arguments: [
      (
        700_024,
        "the token in the file of FEDERATEDTOKENFILE (line 4) is outside its time; see to it that "
          + "it is renewed, and set this server's clock right"
      ),
      (
        700_222,
        "Entra ID takes no tokens of this kind for the token in the file of FEDERATEDTOKENFILE "
          + "(line 4)"
      ),
      (
        700_027,
        "Entra ID cannot verify the token in the file of FEDERATEDTOKENFILE (line 4): it has "
          + "\(names); its issuer must be reachable from the Internet, and sign with RS256"
      ),
      (50_027, "Entra ID cannot verify the token in the file of"),
      (700_016, "the tenant has no such application; check CLIENTID (line 2)"),
      (90_002, "there is no such tenant in this cloud"),
    ])
  func others(code: Int, advice: String) throws {
    #expect(try Self.refusal(code, Self.configuration()).contains(advice))
  }

  @Test("A credential that was added just now may be known in a moment")
  func mayBeNew() throws {
    for (code, mayBeNew) in [(700_213, true), (70_021, true), (700_024, false), (7_000_215, false)]
    {
      let error = try SignInRefusalTests.error(
        401, SignInRefusalTests.body(code), Self.configuration())
      #expect(SignInRefusal.mayBeNew(error) == mayBeNew)
    }
  }
}
