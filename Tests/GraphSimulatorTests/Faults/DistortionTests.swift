import Foundation
import Testing

@testable import GraphSimulator

@Suite struct DistortionTests {
  /// The bytes of the main group's first page, which has ten members.
  private func bytes(_ fault: String) throws -> [UInt8] {
    let answer = try Answering(faults: [fault])
      .get("/v1.0/groups/\(BuiltInGroup.main.id)/members?$top=10&$select=mail,mobilePhone")
    #expect(answer.status == 200)
    return answer.body
  }

  private func page(_ fault: String) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(bytes(fault))) as? [String: Any])
  }

  private func users(_ fault: String) throws -> [[String: Any]] {
    try #require(try page(fault)["value"] as? [[String: Any]])
      .filter { $0["@odata.type"] as? String == "#microsoft.graph.user" }
  }

  @Test func `missing-permission leaves users only a type and an id`() throws {
    let users = try users("missing-permission")
    #expect(!users.isEmpty)
    for user in users {
      #expect(user.allSatisfy { $1 is NSNull || ["@odata.type", "id"].contains($0) })
    }
  }

  @Test func `null-attributes makes attributes null for all users`() throws {
    let users = try users("null-attributes:mail")
    #expect(users.allSatisfy { $0["mail"] is NSNull })
    #expect(users.contains { $0["mobilePhone"] is String })
  }

  @Test func `absent-attributes leaves attributes out`() throws {
    #expect(try users("absent-attributes:mail").allSatisfy { $0["mail"] == nil })
  }

  @Test func `wrong-type makes attributes numbers`() throws {
    #expect(try users("wrong-type:mail").allSatisfy { $0["mail"] as? Int == 42 })
  }

  @Test func `wrong-type makes ids numbers`() throws {
    #expect(try users("wrong-type:id").allSatisfy { $0["id"] as? Int == 42 })
  }

  @Test func `number-next-link makes the nextLink a number`() throws {
    #expect(try page("number-next-link")["@odata.nextLink"] as? Int == 42)
  }

  @Test func `null-next-link and empty-next-link leave pages without a nextLink`() throws {
    #expect(try page("null-next-link")["@odata.nextLink"] is NSNull)
    #expect(try page("empty-next-link")["@odata.nextLink"] as? String == "")
  }

  @Test func `other-next-link renames the nextLink, and the last page has one too`() throws {
    for (fault, name) in [
      ("other-next-link", "@odata.nextlink"), ("other-next-link:%40nextLink", "@nextLink"),
    ] {
      let page = try page(fault)
      #expect(page[name] is String)
      #expect(page["@odata.nextLink"] == nil)
    }
    let last = try Answering(faults: ["other-next-link"]).pages(of: .empty)
    #expect(last.first?["@odata.nextlink"] is String)
  }

  @Test func `wrong-shape makes a text an array, and an array a text`() throws {
    #expect(try users("wrong-shape:mail").allSatisfy { !($0["mail"] is String) })
    #expect(try users("wrong-shape:mail").contains { $0["mail"] is [String] })
  }

  @Test func `wrong-id gives one member an id that is no GUID`() throws {
    let ids = try #require(try page("wrong-id")["value"] as? [[String: Any]])
      .compactMap { $0["id"] as? String }
    #expect(ids.filter { UUID(uuidString: $0) == nil } == ["somebody"])
  }

  @Test func `late-next-link puts the nextLink after the members`() throws {
    let late = String(decoding: try bytes("late-next-link"), as: UTF8.self)
    let usual = String(decoding: try bytes("slow:0"), as: UTF8.self)
    for (text, isLate) in [(late, true), (usual, false)] {
      let link = try #require(text.firstRange(of: "@odata.nextLink"))
      let value = try #require(text.firstRange(of: "\"value\":["))
      #expect((value.lowerBound < link.lowerBound) == isLate)
    }
    #expect(try page("late-next-link")["@odata.nextLink"] is String)
  }

  @Test func `empty-answer makes a group look empty`() throws {
    let page = try page("empty-answer")
    #expect((page["value"] as? [Any])?.isEmpty == true)
    #expect(page["@odata.nextLink"] == nil)
  }

  @Test func `empty-page adds empty pages, and every member still comes once`() throws {
    let answering = try Answering(faults: ["empty-page"])
    let pages = try answering.pages(of: .main)
    #expect(pages.map { ($0["value"] as? [Any])?.count } == [0, 100, 0, 100, 0, 62])
    #expect(Set(pages.members.strings("id")).count == 262)
  }

  @Test func `repeated-next-link makes a page link to itself`() throws {
    let pages = try Answering(faults: ["repeated-next-link"]).pages(of: .main, limit: 5)
    let links = pages.strings("@odata.nextLink")
    #expect(links.count == 5)
    #expect(Set(links).count == 1)
  }

  @Test func `endless-pages never ends, and no nextLink repeats`() throws {
    let pages = try Answering(faults: ["endless-pages"]).pages(of: .main, limit: 12)
    #expect(Set(pages.strings("@odata.nextLink")).count == 12)
    #expect(pages.members.count == 4 * 262)
  }

  @Test(arguments: [
    ("foreign-next-link", "https://evil.example/v1.0/groups/"),
    ("foreign-next-link:http://127.0.0.1:9", "http://127.0.0.1:9/v1.0/groups/"),
  ])
  func `foreign-next-link makes the nextLink lead to another host`(fault: String, prefix: String)
    throws
  {
    #expect((try page(fault)["@odata.nextLink"] as? String ?? "").hasPrefix(prefix))
  }

  @Test func `repeated-members shows one member on two pages`() throws {
    let ids = try Answering(faults: ["repeated-members"]).pages(of: .main).members.strings("id")
    #expect(ids.count == 262 + 2)
    #expect(Set(ids).count == 262)
  }

  @Test func `no-value removes the value of a page`() throws {
    #expect(try page("no-value")["value"] == nil)
  }

  @Test func `value-not-array makes the value of a page an object`() throws {
    #expect(try page("value-not-array")["value"] is [String: Any])
  }

  @Test func `member-not-object puts a string among the members`() throws {
    let value = try #require(try page("member-not-object")["value"] as? [Any])
    #expect(value.contains { $0 is String })
  }

  @Test func `spliced-error puts an error after half of the members`() throws {
    let text = String(decoding: try bytes("spliced-error"), as: UTF8.self)
    #expect(text.contains(#","value":[{"@odata.type""#))
    #expect(text.contains(#"},{"error":{"code":"InternalServerError""#))
    #expect(throws: (any Error).self) {
      try JSONSerialization.jsonObject(with: Data(text.utf8))
    }
  }

  @Test(arguments: [
    ("lone-surrogate", ["\\ud800", "\\udc00"]), ("false-surrogate-pair", ["\\ud800\\u0041"]),
  ])
  func `A broken surrogate pair strikes the members in the middle`(
    fault: String, halves: [String]
  ) throws {
    let text = String(decoding: try bytes(fault), as: UTF8.self)
    let members = text.split(separator: "{\"@odata.type\"").dropFirst()
    for (member, half) in zip(members.dropFirst(5), halves) {
      #expect(member.contains("\"mail\":\"\(half)"), "\(member)")
    }
    #expect(members.count { $0.contains("\\u") } == halves.count)
  }

  @Test func `unknown-members gives every member an unknown property`() throws {
    let users = try users("unknown-members")
    #expect(!users.isEmpty)
    #expect(users.allSatisfy { $0["unknown"] is [String: Any] && $0["id"] is String })
  }

  @Test func `escaped writes a page in ASCII without changing its meaning`() throws {
    let names = { (faults: [String]) in
      try Answering(faults: faults).pages(of: .main, query: "?$select=displayName")
    }
    let escaped = try Answering(faults: ["escaped"])
      .get("/v1.0/groups/\(BuiltInGroup.main.id)/members?$select=displayName")
    #expect(escaped.body.allSatisfy { $0 < 0x80 })
    #expect(
      try names(["escaped"]).members.strings("displayName")
        == names([]).members.strings("displayName"))
  }

  @Test(arguments: [
    ("short-page", 158, 100), ("short-page:10*1", 236, 100), ("short-page:100", 0, 0),
  ])
  func `short-page lacks the last members and the nextLink`(
    fault: String, whole: Int, paged: Int
  ) throws {
    for (query, count) in [("?$top=999", whole), ("", paged)] {
      let pages = try Answering(faults: [fault]).pages(of: .main, query: query)
      #expect(pages.count == 1)
      #expect(pages.members.count == count)
    }
    let both = try Answering(faults: ["short-page*1"])
    #expect(try both.pages(of: .main, query: "?$top=999").members.count == 158)
    #expect(try both.pages(of: .main, query: "?$top=999").members.count == 262)
  }

  @Test func `opaque-token makes a token that is no JSON Web Token and is accepted`() throws {
    let answering = try Answering(faults: ["opaque-token@token"])
    let token = try answering.token()
    #expect(!token.contains("."))
    #expect(try answering.get("/v1.0/users", authorization: "Bearer \(token)").status == 200)
  }

  @Test func `no-value removes the access token of a token answer`() throws {
    let answering = try Answering(faults: ["no-value@token"])
    let body = try answering.post(answering.signIn).object()
    #expect(body["access_token"] == nil)
    #expect(body["token_type"] != nil)
  }

  @Test func `long-token makes a token as long as real ones`() throws {
    let answering = try Answering(faults: ["long-token@token"])
    let token = try answering.token()
    #expect(token.utf8.count == 1_600)
    #expect(try answering.get("/v1.0/users", authorization: "Bearer \(token)").status == 200)
  }

  @Test func `short-token shortens the lifetime and text-expiry makes it a text`() throws {
    let answering = try Answering(faults: ["short-token:0@token", "text-expiry@token"])
    #expect(try answering.post(answering.signIn).object()["expires_in"] as? String == "0")
    #expect(try answering.get("/v1.0/groups/\(BuiltInGroup.main.id)/members").status == 401)
  }
}
