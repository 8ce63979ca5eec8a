import Foundation
import Testing

@testable import GraphSimulator

@Suite struct FailureTests {
  @Test(arguments: [
    ("throttle:1", 429, "TooManyRequests", "1"), ("throttle:1:7", 429, "TooManyRequests", "7"),
    ("throttle:1:none", 429, "TooManyRequests", nil),
    ("throttle:1:soon", 429, "TooManyRequests", "soon"),
    ("unavailable:1", 503, "ServiceUnavailable", nil),
    ("gateway-timeout:1", 504, "UnknownError", nil),
    ("server-error:1", 500, "InternalServerError", nil),
    ("forbidden:1", 403, "Authorization_RequestDenied", nil),
    ("unauthorized:1", 401, "InvalidAuthenticationToken", nil),
    ("not-found:1", 404, "Request_ResourceNotFound", nil),
  ])
  func `A failure of Graph has its status, code and Retry-After`(
    fault: String, status: Int, code: String, retryAfter: String?
  ) throws {
    let answering = try Answering(faults: [fault])
    let target = "/v1.0/groups/\(BuiltInGroup.main.id)/members"
    let answer = try answering.get(target)
    #expect(answer.status == status)
    #expect(try answer.graphCode() == code)
    #expect(answer.headers["Retry-After"] == retryAfter)
    #expect(try answering.get(target).status == 200)
  }

  @Test func `A Retry-After that is a date has the form of HTTP dates`() throws {
    let answer = try Answering(faults: ["throttle:1:date"])
      .get("/v1.0/groups/\(BuiltInGroup.main.id)/members")
    let date = try #require(answer.headers["Retry-After"])
    #expect(
      date.wholeMatch(of: /[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT/) != nil)
  }

  @Test func `A failure of page 2 does not strike page 1`() throws {
    let answering = try Answering(faults: ["unauthorized:1@main#2"])
    let first = try answering.get("/v1.0/groups/\(BuiltInGroup.main.id)/members")
    #expect(first.status == 200)
    let link = try nextLink(of: first)
    #expect(try answering.get(link).status == 401)
    #expect(try answering.get(link).status == 200)
  }

  /// The path and query of a page's nextLink.
  private func nextLink(of answer: Answer) throws -> String {
    String(
      try #require(try answer.object()["@odata.nextLink"] as? String)
        .trimmingPrefix("http://127.0.0.1:1"))
  }

  @Test func `An expired page token strikes page 2 but not page 1`() throws {
    let answering = try Answering(faults: ["expired-page-token:1"])
    let first = try answering.get("/v1.0/groups/\(BuiltInGroup.main.id)/members")
    #expect(first.status == 200)
    let link = try nextLink(of: first)
    let second = try answering.get(link)
    #expect(second.status == 400)
    #expect(try second.graphCode() == "Directory_ExpiredPageToken")
    #expect(try answering.get(link).status == 200)
  }

  @Test func `page-too-large refuses only a $top above its limit`() throws {
    let answering = try Answering(faults: ["page-too-large:120"])
    let target = "/v1.0/groups/\(BuiltInGroup.main.id)/members"
    for top in [121, 999] {
      let answer = try answering.get("\(target)?$top=\(top)")
      #expect(answer.status == 400)
      #expect(try answer.graphCode() == "Request_BadRequest")
      let error = try answer.object()["error"] as? [String: Any]
      #expect((error?["message"] as? String)?.contains("120") == true)
    }
    #expect(try answering.get("\(target)?$top=120").status == 200)
  }

  @Test(arguments: [(query: "", bound: 50, status: 200), ("?$top=100", 50, 400)])
  func `A page token remembers whether the first request had $top`(
    query: String, bound: Int, status: Int
  ) throws {
    let answering = try Answering(faults: ["page-too-large:\(bound)#2"])
    let first = try answering.get("/v1.0/groups/\(BuiltInGroup.main.id)/members\(query)")
    #expect((try first.object()["value"] as? [Any])?.count == 100)
    let link = try nextLink(of: first)
    #expect(link.contains("$top") == !query.isEmpty)
    #expect(try answering.get(link).status == status)
  }

  @Test(arguments: [
    ("expired-secret@token", 401, "invalid_client", 7_000_222),
    ("unauthorized@token", 401, "invalid_client", 7_000_215),
    ("forbidden@token", 400, "invalid_grant", 53_003),
    ("not-found@token", 400, "unauthorized_client", 700_016),
    ("throttle@token", 429, "temporarily_unavailable", 90_055),
    ("unavailable@token", 503, "temporarily_unavailable", 90_033),
  ])
  func `A failure of the token endpoint has an error code of Entra ID`(
    fault: String, status: Int, error: String, code: Int
  ) throws {
    let answering = try Answering(faults: [fault])
    let answer = answering.post(answering.signIn)
    #expect(answer.status == status)
    #expect(try answer.object()["error"] as? String == error)
    #expect(try answer.object()["error_codes"] as? [Int] == [code])
  }

  @Test func `The fault bad-gateway answers with HTML`() throws {
    let answering = try Answering(faults: ["bad-gateway@main", "bad-gateway:1@token"])
    #expect(answering.post(answering.signIn).contentType == "text/html")
    let answer = try answering.get("/v1.0/groups/\(BuiltInGroup.main.id)/members")
    #expect(answer.status == 502)
    #expect(answer.body.starts(with: Array("<!DOCTYPE html>".utf8)))
  }
}
