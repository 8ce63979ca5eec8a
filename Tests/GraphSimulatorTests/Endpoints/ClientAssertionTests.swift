import Foundation
import Testing

@testable import GraphSimulator

@Suite struct ClientAssertionTests {
  /// The answer to a sign-in with a client assertion; by default the certificate is `good.pem`.
  static func answer(
    _ assertion: String, type: String? = ClientAssertionCheck.type, certificate: String = "good.pem"
  ) throws -> Answer {
    let answering = try Answering(certificate: SignedAssertion.text(of: certificate))
    var form = answering.signIn
    form["client_secret"] = nil
    form["client_assertion"] = assertion
    form["client_assertion_type"] = type?.replacing(":", with: "%3A")
    return answering.post(form)
  }

  static func code(_ answer: Answer) throws -> Int? {
    try (answer.object()["error_codes"] as? [Int])?.first
  }

  @Test func `A client assertion that OpenSSL signed with PS256 gets a token`() throws {
    #expect(try Self.answer(SignedAssertion().text()).status == 200)
  }

  @Test func `A client assertion with RS256 and the SHA-1 thumbprint gets a token`() throws {
    var assertion = try SignedAssertion()
    assertion.header = [
      "alg": "RS256", "typ": "JWT",
      "x5t": try SignedAssertion.thumbprint(of: "good.pem", hash: "sha1"),
    ]
    assertion.padding = ["rsa_padding_mode:pkcs1"]
    #expect(try Self.answer(assertion.text()).status == 200)
  }

  @Test func `A client assertion's thumbprint may have padding, as MSAL writes it`() throws {
    var assertion = try SignedAssertion()
    assertion.header["x5t#S256"] = try SignedAssertion.thumbprint(of: "good.pem") + "="
    #expect(try Self.answer(assertion.text()).status == 200)
  }

  /// Changes of one claim in a good assertion, and the error code of Entra ID.
  static let wrongClaims: [(name: String, value: String, code: Int)] = [
    ("iss", "c1000000-0000-4000-8000-00000000ffff", 50_048), ("sub", "somebody", 50_048),
    ("aud", "https://login.microsoftonline.com/common/oauth2/v2.0/token", 700_023),
    ("aud", "https://evil.example/oauth2/v2.0/token", 700_023), ("jti", "", 50_027),
    ("exp", "soon", 700_024),
  ]

  @Test(arguments: wrongClaims)
  func `A client assertion with a wrong claim is refused`(name: String, value: String, code: Int)
    throws
  {
    var assertion = try SignedAssertion()
    assertion.claims[name] = value
    let answer = try Self.answer(assertion.text())
    #expect(answer.status == 401)
    #expect(try Self.code(answer) == code)
  }

  @Test func `A client assertion of another application is refused`() throws {
    var assertion = try SignedAssertion()
    for name in ["iss", "sub"] { assertion.claims[name] = "c1000000-0000-4000-8000-00000000ffff" }
    #expect(try Self.code(Self.answer(assertion.text())) == 700_021)
  }

  @Test(arguments: [
    ("exp", -400, false), ("exp", -200, true), ("nbf", 400, false), ("nbf", 200, true),
  ])
  func `A client assertion's time may be wrong by five minutes`(
    name: String, offset: Int, isGood: Bool
  ) throws {
    var assertion = try SignedAssertion()
    assertion.claims[name] = Int(Date.now.timeIntervalSince1970) + offset
    let answer = try Self.answer(assertion.text())
    #expect((answer.status == 200) == isGood)
    if !isGood { #expect(try Self.code(answer) == 700_024) }
  }

  @Test func `A client assertion that another key signed is refused`() throws {
    var assertion = try SignedAssertion()
    assertion.key = "other.key"
    #expect(try Self.code(Self.answer(assertion.text())) == 700_027)
  }

  @Test func `A client assertion whose header names another algorithm is refused`() throws {
    var assertion = try SignedAssertion()
    assertion.padding = ["rsa_padding_mode:pkcs1"]
    #expect(try Self.code(Self.answer(assertion.text())) == 700_027)
    assertion.padding = ["rsa_padding_mode:pss", "rsa_pss_saltlen:max"]
    #expect(try Self.code(Self.answer(assertion.text())) == 700_027)
    assertion.header["alg"] = "none"
    #expect(try Self.code(Self.answer(assertion.text())) == 700_027)
  }

  @Test func `A client assertion with an unknown certificate is refused`() throws {
    #expect(
      try Self.code(Self.answer(SignedAssertion().text(), certificate: "other.pem")) == 700_027)
  }

  @Test(arguments: ["x", "x.y", "e30.e30.", "e30.e30.AAAA.AAAA"])
  func `A text that is not a client assertion is refused as malformed`(text: String) throws {
    #expect(try Self.code(Self.answer(text)) == 50_027)
  }

  @Test func `A client assertion needs the right client_assertion_type`() throws {
    let text = try SignedAssertion().text()
    #expect(try Self.code(Self.answer(text, type: nil)) == 900_144)
    #expect(try Self.code(Self.answer(text, type: "urn:other")) == 50_027)
  }
}
