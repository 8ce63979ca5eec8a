import Testing

@testable import EntraSync

@Suite struct AuthenticateHeaderTests {
  typealias Challenge = AuthenticateHeader.Challenge

  @Test(
    "A well-formed header gives its challenges and their parameters",
    arguments: [
      ("", []), (" , ,", []), ("Bearer", [Challenge(scheme: "bearer")]),
      ("Negotiate, NTLM", [Challenge(scheme: "negotiate"), Challenge(scheme: "ntlm")]),
      ("Bearer realm=\"\"", [Challenge(scheme: "bearer", parameters: ["realm": ""])]),
      (
        "BEARER  Error = \"a, b: \\\"c\\\\\" ,\tclaims=x==",
        []
      ),
      (
        "BEARER  Error = \"a, b: \\\"c\\\\\" ,\tclaims=\"x==\",",
        [Challenge(scheme: "bearer", parameters: ["error": "a, b: \"c\\", "claims": "x=="])]
      ),
      (
        "Basic realm=\"x, Bearer error=\", Bearer a=b,c=\"d\", Negotiate YII+/=",
        [
          Challenge(scheme: "basic", parameters: ["realm": "x, Bearer error="]),
          Challenge(scheme: "bearer", parameters: ["a": "b", "c": "d"]),
          Challenge(scheme: "negotiate"),
        ]
      ),
      (
        "NTLM TlRM, Bearer a=b",
        [Challenge(scheme: "ntlm"), Challenge(scheme: "bearer", parameters: ["a": "b"])]
      ),
      (
        "Bearer , Basic a=b,, c=d",
        [
          Challenge(scheme: "bearer"),
          Challenge(scheme: "basic", parameters: ["a": "b", "c": "d"]),
        ]
      ),
      (
        "Bearer a=\"é\u{9}x\"", [Challenge(scheme: "bearer", parameters: ["a": "é\u{9}x"])]
      ),
    ] as [(String, [Challenge])])
  func reads(header: String, challenges: [Challenge]) {
    #expect(AuthenticateHeader(header).challenges == challenges)
  }

  @Test(
    "A header that is not well-formed has no challenges at all",
    arguments: [
      "a=b", "Bearer a=\"b", "Bearer a=\"b\\", "Bearer a=b c=d", "Bearer a=\"b\"c",
      "Bearer a b", "Bearer \"a\"", "Bearer a=b; c=d", "Bearer a=\"b\u{7F}\"", "Bearer a=\"\u{0}\"",
      "Bearer a=\"b\\\u{1}\"", "(Bearer)", "Bearer (x)", "=", "Bearer =x", "Bearer a=b, =c",
      "Bärer a=b", "Bearer a=\"b\r\nSet-Cookie: c\"", "Bearer a=b,\"c\"", "Bearer, a=b",
      "Negotiate YII=, a=b",
    ])
  func refuses(header: String) {
    // What would be a parameter of the challenge before it is none by itself.
    let isParameter = ["a=b", "Bearer =x"].contains(header)
    #expect(AuthenticateHeader("Bearer x=y, \(header)").challenges.isEmpty || isParameter)
    #expect(AuthenticateHeader(header).challenges.isEmpty)
  }

  @Test(
    "The schemes are kept as they are written, as far as the header is well-formed",
    arguments: [
      ("", []), ("NTLM, NEGOTIATE YII=", ["NTLM", "NEGOTIATE"]),
      ("Digest a = b, c=\"\\\", Basic\", Basic", ["Digest", "Basic"]),
      ("Digest a=b, Basic c=\"d", ["Digest"]), ("a=b, Basic", []), ("Ba\u{7F}sic", []),
    ] as [(String, [String])])
  func readsSchemes(header: String, schemes: [String]) {
    #expect(AuthenticateHeader(header).schemes == schemes)
  }

  @Test("A parameter that comes twice makes its challenge ambiguous, and no other")
  func noticesDoubles() {
    let challenges = AuthenticateHeader("Bearer a=b, A=c, Basic a=b").challenges
    #expect(challenges.map(\.isAmbiguous) == [true, false])
  }

  @Test("A header that is too long is not read")
  func isBounded() {
    let long = "Bearer a=\"" + String(repeating: "x", count: AuthenticateHeader.longest) + "\""
    #expect(AuthenticateHeader(long).challenges.isEmpty)
    #expect(AuthenticateHeader(long.replacing("xx", with: "x")).challenges.count == 1)
  }
}
