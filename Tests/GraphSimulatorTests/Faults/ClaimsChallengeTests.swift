import Foundation
import Testing

@testable import GraphSimulator

@Suite struct ClaimsChallengeTests {
  private static let target = "/v1.0/groups/\(BuiltInGroup.main.id)/members"

  /// The claims that an answer demands, decoded.
  private func claims(in answer: Answer) throws -> String {
    let header = try #require(answer.headers["WWW-Authenticate"])
    #expect(header.contains("error=\"insufficient_claims\""))
    let encoded = try #require(header.firstMatch(of: /claims="([^"]*)"/)?.1)
    let claims = try #require(Data(base64Encoded: String(encoded)))
    return String(decoding: claims, as: UTF8.self)
  }

  @Test func `A claims challenge lasts until a token is asked for with its claims`() throws {
    let answering = try Answering(faults: ["claims-challenge:1"])
    let old = "Bearer \(try answering.token())"
    let first = try answering.get(Self.target, authorization: old)
    #expect(first.status == 401)
    #expect(try first.graphCode() == "InvalidAuthenticationToken")
    let claims = try claims(in: first)
    for authorization in [old, "Bearer \(try answering.token())"] {
      let again = try answering.get(Self.target, authorization: authorization)
      #expect(again.status == 401)
      #expect(try self.claims(in: again) == claims)
    }
    var signIn = answering.signIn
    signIn["claims"] = PercentEncoding.encode(claims)
    let token = try #require(
      try answering.post(signIn).object()["access_token"] as? String)
    #expect(try answering.get(Self.target, authorization: "Bearer \(token)").status == 200)
  }

  @Test func `Each claims challenge demands other claims`() throws {
    let answering = try Answering(faults: ["claims-challenge:2"])
    let first = try claims(in: try answering.get(Self.target))
    var signIn = answering.signIn
    signIn["claims"] = PercentEncoding.encode(first)
    let token = try #require(try answering.post(signIn).object()["access_token"] as? String)
    let second = try answering.get(Self.target, authorization: "Bearer \(token)")
    #expect(try claims(in: second) != first)
  }

  @Test func `Claims that are no JSON object are refused, and so is what claims-refused strikes`()
    throws
  {
    var signIn = try Answering().signIn
    signIn["claims"] = "%5B%5D"
    #expect(try Answering().post(signIn).status == 400)
    signIn["claims"] = "%7B%7D"
    #expect(try Answering().post(signIn).status == 200)
    let answering = try Answering(faults: ["claims-refused@token"])
    let refusal = try answering.post(signIn).object()
    #expect(refusal["error_codes"] as? [Int] == [53_003])
    #expect(answering.post(answering.signIn).status == 200)
  }

  @Test(arguments: [("block-page", 403), ("login-page", 401), ("bad-gateway", 502)])
  func `A page of something in between is HTML and has no request id`(
    fault: String, status: Int
  ) throws {
    let answering = try Answering(faults: [fault])
    let answer = try answering.get(Self.target)
    #expect(answer.status == status)
    #expect(answer.contentType == "text/html")
    #expect(answer.headers["request-id"] == nil)
  }
}
