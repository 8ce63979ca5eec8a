import Foundation
import Testing

@testable import EntraSync

@Suite struct ClientAssertionTests {
  static let id = "11111111-2222-4333-8444-555555555555"

  /// The three parts of an assertion that was made at a time.
  static func parts(
    now: Double = 1_795_557_900.9, adding lines: [String] = []
  ) throws -> [Substring] {
    let configuration = try Configuration(
      Array(Sample.text(adding: lines).utf8), path: Sample.path)
    let assertion = ClientAssertion(
      configuration, certificate: CertificateTests.certificate(),
      id: try #require(ObjectID(id)), now: now)
    let whole = assertion.signed(by: [0xFF, 0xFE, 0xFD])
    return whole.withBytes { String(decoding: $0, as: UTF8.self) }.split(
      separator: ".", omittingEmptySubsequences: false)
  }

  static func object(_ part: Substring) throws -> [String: Any] {
    var text = part.replacing("-", with: "+").replacing("_", with: "/")
    text += String(repeating: "=", count: (4 - text.count % 4) % 4)
    let data = try #require(Data(base64Encoded: String(text)))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test("A client assertion's header names PS256 and the certificate's SHA-256 hash")
  func hasHeader() throws {
    let parts = try Self.parts()
    #expect(parts.count == 3)
    #expect(
      try Self.object(parts[0]) as? [String: String] == [
        "alg": "PS256", "typ": "JWT", "x5t#S256": "q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s",
      ])
    #expect(!parts.joined().contains("="))
  }

  @Test("A client assertion has the claims that Microsoft documents, for ten minutes")
  func hasClaims() throws {
    let claims = try Self.object(Self.parts()[1])
    #expect(
      claims.compactMapValues { $0 as? String } == [
        "aud": "https://login.microsoftonline.com/\(Sample.tenant)/oauth2/v2.0/token",
        "iss": Sample.client, "sub": Sample.client, "jti": Self.id,
      ])
    #expect(
      claims.compactMapValues { $0 as? Int } == [
        "nbf": 1_795_557_900, "iat": 1_795_557_900, "exp": 1_795_558_500,
      ])
    #expect(claims.count == 7)
  }

  @Test("A client assertion's third part is the signature")
  func hasSignature() throws {
    #expect(try Self.parts()[2] == "__79")
  }

  @Test(
    "A client assertion is made at any time without a trap",
    arguments: [-1, Double.infinity, -.infinity, .nan, 1e300])
  func survivesTimes(now: Double) throws {
    #expect(try Self.object(Self.parts(now: now)[1])["exp"] as? Int != nil)
  }

  @Test(
    "A client assertion's audience is Entra ID, under the name that is asked if it is Entra ID's own",
    arguments: [
      (["CLOUD = china"], "https://login.partner.microsoftonline.cn"),
      (["CLOUD = dod"], "https://login.microsoftonline.us"),
      (["LOGINURL = https://login.chinacloudapi.cn"], "https://login.chinacloudapi.cn"),
      (
        ["LOGINURL = https://westeurope.login.microsoft.com/"],
        "https://westeurope.login.microsoft.com"
      ),
      (["LOGINURL = https://proxy.example.com:8443/entra"], "https://login.microsoftonline.com"),
      (
        ["LOGINURL = https://proxy.example.com", "CLOUD = usgov"],
        "https://login.microsoftonline.us"
      ),
      (["LOGINURL = http://127.0.0.1:8080"], "https://login.microsoftonline.com"),
      (["LOGINURL = https://login.microsoftonline.com:8443"], "https://login.microsoftonline.com"),
      (
        ["LOGINURL = https://login.microsoftonline.com.evil.example"],
        "https://login.microsoftonline.com"
      ),
    ])
  func isAddressed(lines: [String], authority: String) throws {
    #expect(
      try Self.object(Self.parts(adding: lines)[1])["aud"] as? String
        == "\(authority)/\(Sample.tenant)/oauth2/v2.0/token")
  }

  @Test("A client assertion does not show when it is printed")
  func hidesItself() throws {
    let assertion = Secret("eyJ.eyJ.sig".utf8)
    #expect("\(assertion)" == "<secret>")
  }
}
