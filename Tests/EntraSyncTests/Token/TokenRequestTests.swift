import Foundation
import Testing

@testable import EntraSync

@Suite struct TokenRequestTests {
  static func body(_ secret: [UInt8]) throws -> String {
    let request = TokenRequest(try Sample.configuration(), secret: Secret(secret))
    return request.body.withBytes { String(decoding: $0, as: UTF8.self) }
  }

  static func form(clientSecret: String) -> String {
    "client_id=\(Sample.client)&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default"
      + "&client_secret=\(clientSecret)&grant_type=client_credentials"
  }

  @Test(
    "A token request's form is encoded byte for byte",
    arguments: [
      ("s&c=r+t %~", "s%26c%3Dr%2Bt%20%25~"), ("plain-._~09AZaz", "plain-._~09AZaz"), ("", ""),
      ("å\u{301}", "%C3%A5%CC%81"), ("a\nb\u{0}", "a%0Ab%00"), ("%41", "%2541"),
    ])
  func encodes(secret: String, encoded: String) throws {
    #expect(try Self.body(Array(secret.utf8)) == Self.form(clientSecret: encoded))
  }

  @Test("Every byte of a token request's form is read back by another decoder")
  func encodesEveryByte() throws {
    let bytes = [UInt8](0...255)
    let body = try Self.body(bytes)
    let value = try #require(
      body.components(separatedBy: "client_secret=").last?.components(separatedBy: "&").first)
    #expect(!value.contains("+"))
    var decoded: [UInt8] = []
    var rest = Array(value.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        decoded.append(byte)
        continue
      }
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      decoded.append(try #require(UInt8(digits, radix: 16)))
      rest = rest.dropFirst(2)
    }
    #expect(decoded == bytes)
    #expect(try Self.body(Array("é&=".utf8)).removingPercentEncoding?.contains("é&=") == true)
  }

  @Test("A client assertion is sent with its type, in place of the client secret")
  func sendsAssertion() throws {
    let request = TokenRequest(
      try Sample.configuration(), assertion: Secret("eyJh.eyJi.c-_1".utf8))
    #expect(
      request.body.withBytes { String(decoding: $0, as: UTF8.self) }
        == "client_id=\(Sample.client)&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default"
        + "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
        + "&client_assertion=eyJh.eyJi.c-_1&grant_type=client_credentials")
  }

  @Test("A token request has the claims that Graph demands, decoded, and none if it demands none")
  func sendsClaims() throws {
    let challenge = ClaimsChallenge([ClaimsChallengeTests.header()]) { _ in .object([:]) }
    for request in [
      TokenRequest(try Sample.configuration(), secret: Secret("s".utf8), answering: challenge),
      TokenRequest(try Sample.configuration(), assertion: Secret("a".utf8), answering: challenge),
    ] {
      let body = request.body.withBytes { String(decoding: $0, as: UTF8.self) }
      let claims = try #require(body.components(separatedBy: "&claims=").last)
      #expect(claims.removingPercentEncoding == ClaimsChallengeTests.claims)
      #expect(body.components(separatedBy: "claims=").count == 2)
    }
    #expect(try !Self.body([1]).contains("claims"))
  }

  @Test("A token request is posted to the tenant's endpoint of version 2.0")
  func hasURL() throws {
    let secret = Secret([])
    #expect(
      TokenRequest(try Sample.configuration(), secret: secret).url
        == "https://login.microsoftonline.com/\(Sample.tenant)/oauth2/v2.0/token")
    let configuration = try Sample.configuration(adding: "LOGINURL = http://127.0.0.1:8080/login/")
    #expect(
      TokenRequest(configuration, secret: secret).url
        == "http://127.0.0.1:8080/login/\(Sample.tenant)/oauth2/v2.0/token")
  }
}
