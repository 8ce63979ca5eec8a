import Foundation
import Testing

@testable import GraphSimulator

@Suite struct NextLinkTests {
  private func link(_ answering: Answering) throws -> String {
    let page = try answering.get("/v1.0/groups/\(BuiltInGroup.main.id)/members?$top=10").object()
    return String(
      try #require(page["@odata.nextLink"] as? String).trimmingPrefix("http://127.0.0.1:1"))
  }

  @Test(arguments: [
    ("$top=10", "$top=11"), ("$top=10", "$top=10&$select=mail"),
    (BuiltInGroup.main.id, BuiltInGroup.nested.id), ("/members", "/transitiveMembers"),
  ])
  func `A page token is refused for another request`(part: String, other: String) throws {
    let answering = try Answering()
    let link = try link(answering)
    #expect(try answering.get(link).status == 200)
    #expect(try answering.get(link.replacing(part, with: other)).status == 400)
  }

  @Test func `A page token with one letter changed is refused`() throws {
    let answering = try Answering()
    let link = try link(answering)
    let last = link.hasSuffix("A") ? "B" : "A"
    #expect(try answering.get(link.dropLast() + last).status == 400)
  }

  @Test func `A page link can be followed twice`() throws {
    let answering = try Answering()
    let link = try link(answering)
    let first = try answering.get(link).object()["value"] as? [[String: Any]]
    let second = try answering.get(link).object()["value"] as? [[String: Any]]
    #expect(first?.strings("id") == second?.strings("id"))
  }
}
