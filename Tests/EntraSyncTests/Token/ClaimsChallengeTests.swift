import Foundation
import Testing

@testable import EntraSync

@Suite struct ClaimsChallengeTests {
  /// Claims whose base64 has all that tells the alphabets apart: `+`, `/` and padding.
  static let claims = "{\"access_token\":{\"nbf\":{\"value\":\"~~~???>>>ü\"}}}"

  static func encoded(_ claims: String = claims) -> String {
    Data(claims.utf8).base64EncodedString()
  }

  static func header(
    _ claims: String = encoded(), error: String = "insufficient_claims"
  ) -> String {
    "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/authorize\", "
      + "errorDescription=\"with result: InteractionRequired, and code: X\", error=\"\(error)\", "
      + "claims=\"\(claims)\""
  }

  static func challenge(_ headers: String...) -> String? {
    let challenge = ClaimsChallenge(headers) {
      try? JSONValueTests.read(String(decoding: $0, as: UTF8.self))
    }
    return challenge?.claims
  }

  @Test("The claims of a challenge are decoded as they were written")
  func decodes() {
    #expect(Self.encoded().contains("+") || Self.encoded().contains("/"))
    #expect(Self.challenge(Self.header()) == Self.claims)
    #expect(Self.challenge(Self.header(error: "invalid_token")) == Self.claims)
  }

  @Test("Both alphabets of base64 are read, with and without padding")
  func readsAlphabets() {
    for claims in ["{}", "{\"a\":\"~~~???>>>ü\"}", "{\"a\":\"~~~???>>>üx\"}", Self.claims] {
      let standard = Self.encoded(claims)
      let url = standard.replacing("+", with: "-").replacing("/", with: "_")
      for text in [standard, url] {
        #expect(Self.challenge(Self.header(text)) == claims)
        #expect(Self.challenge(Self.header(text.replacing("=", with: ""))) == claims)
      }
    }
  }

  @Test("A challenge is found among others, in any order and case")
  func finds() {
    let claims = Self.encoded()
    for headers in [
      ["Negotiate", Self.header()], [Self.header(), "Basic realm=\"x\""],
      ["Basic realm=\"error=\\\"insufficient_claims\\\"\", " + Self.header()],
      ["bEARER CLAIMS=\"\(claims)\",Error=\"insufficient_claims\",realm=\"\""],
      ["Bearer error=\"invalid_token\", Bearer error=insufficient_claims, claims=\"\(claims)\""],
      ["Bearer (", Self.header()],
    ] {
      #expect(
        ClaimsChallenge(headers) { _ in .object([:]) }?.claims == Self.claims, "\(headers)")
    }
  }

  @Test(
    "What is no claims challenge is an ordinary refusal",
    arguments: [
      "", "Bearer", "Bearer error=\"insufficient_claims\"", "Bearer claims=\"\(encoded())\"",
      header(error: "insufficient_scope"), header(error: "Insufficient_Claims"), header(""),
      header("e30=x"), header("e30=="), header("e"), header("!!!!"), header("e30 "),
      header("W10="), header("InsgfSI="), header("bnVsbA=="), header("e30=="),
      header("77u/e30="), header("eyJhIjoxLCJhIjoyfQ=="), header("eyJhIjoi/yJ9"),
      header(String(repeating: "e30", count: 3000)),
      header() + ", claims=\"e30=\"", header() + ", error=\"insufficient_claims\"",
      header().replacing("Bearer", with: "Basic"), header().replacing("Bearer ", with: ""),
      header() + ", (",
    ])
  func ignores(header: String) {
    #expect(Self.challenge(header) == nil)
  }

  @Test("Headers that are too long together are not read")
  func isBounded() {
    let padding = "Basic realm=\"" + String(repeating: "x", count: 16_300) + "\""
    #expect(Self.challenge(padding, Self.header()) == nil)
  }
}
