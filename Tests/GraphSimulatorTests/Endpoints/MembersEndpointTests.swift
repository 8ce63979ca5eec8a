import Foundation
import Testing

@testable import GraphSimulator

@Suite struct MembersEndpointTests {
  private static let main = "/v1.0/groups/\(BuiltInGroup.main.id)/members"

  @Test(arguments: [
    ("", 100), ("?$top=999", 999), ("?$top=1", 1), ("?$top=7&$select=mail", 7),
    ("?%24top=50&%24select=mail%2CmobilePhone", 50),
  ])
  func `The pages of a group show every member exactly once`(query: String, top: Int) throws {
    let answering = try Answering()
    let pages = try answering.pages(of: .main, query: query, limit: 1_000)
    let expected = answering.service.withState { $0.directory }
      .members(of: BuiltInGroup.main.id).map(\.id)
    #expect(pages.members.strings("id") == expected)
    #expect(pages.count == (expected.count + top - 1) / top)
    #expect(pages.dropLast().allSatisfy { ($0["value"] as? [Any])?.count == top })
  }

  @Test func `A page of members has context, nextLink and value in order`() throws {
    let answer = try Answering().get("\(Self.main)?$select=mail&$top=2")
    let text = String(decoding: answer.body, as: UTF8.self)
    #expect(
      text.hasPrefix(
        #"{"@odata.context":"http://127.0.0.1:1/v1.0/$metadata#directoryObjects(mail)","#
          + #""@odata.nextLink":"http://127.0.0.1:1/v1.0/groups/\#(BuiltInGroup.main.id)/members?"#)
    )
    #expect(text.contains(#"","value":[{"@odata.type":"#))
    #expect(answer.contentType.hasPrefix("application/json"))
    #expect(ObjectID.isValid(answer.headers["request-id"] ?? ""))
  }

  @Test(arguments: ["1000", "0", "-1", "ten", "", "1e2", "+5", "99999999999999999999"])
  func `A $top outside 1 to 999 is refused`(top: String) throws {
    let answer = try Answering().get("\(Self.main)?$top=\(top)")
    #expect(answer.status == 400)
    #expect(try answer.graphCode() == "Request_BadRequest")
    if top == "1000" {
      let error = try answer.object()["error"] as? [String: Any]
      #expect(
        error?["message"] as? String
          == "Invalid page size specified: '1000'. Must be between 1 and 999 inclusive.")
    }
  }

  @Test(arguments: [
    "$select=nonsense", "$select=mail,", "$select=Mail", "$filter=mail+eq+'x'", "$orderby=mail",
    "$skip=5", "select=mail", "$top=5&$top=6", "$count=maybe", "$top=%zz", "$top=5&",
    "$skiptoken=forged",
  ])
  func `An unsupported query on members is refused`(query: String) throws {
    #expect(try Answering().get("\(Self.main)?\(query)").status == 400)
  }

  @Test func `Members show only id and selected attributes`() throws {
    let members = try Answering().pages(of: .main, query: "?$select=mail,accountEnabled").members
    for member in members {
      let keys: Set<String> =
        switch member["@odata.type"] as? String {
        case "#microsoft.graph.user": ["mail", "accountEnabled"]
        case "#microsoft.graph.device": ["accountEnabled"]
        default: ["mail"]
        }
      #expect(Set(member.keys) == keys.union(["@odata.type", "id"]))
    }
  }

  @Test func `Members without $select show the default properties`() throws {
    let user = try #require(try Answering().pages(of: .single).members.first)
    #expect(
      Set(user.keys)
        == Set(Attribute.defaultSelection.map(\.rawValue)).union(["@odata.type"]))
  }

  @Test func `Members can show every attribute that $select may name`() throws {
    let all = Attribute.allCases.map(\.rawValue)
    let pages = try Answering().pages(of: .main, query: "?$select=\(all.joined(separator: ","))")
    let users = pages.members.filter { $0["@odata.type"] as? String == "#microsoft.graph.user" }
    #expect(users.count == 250)
    #expect(users.allSatisfy { Set($0.keys) == Set(all).union(["@odata.type"]) })
    #expect(users.contains { ($0["userPrincipalName"] as? String ?? "").contains("#EXT#") })
    #expect(users.contains { $0["accountEnabled"] as? Bool == false })
  }

  @Test func `The main group has every type of member`() throws {
    let types = try Answering(members: 10).pages(of: .main).members.strings("@odata.type")
    let counts = Dictionary(grouping: types) { $0 }.mapValues(\.count)
    #expect(
      counts == [
        "#microsoft.graph.user": 10, "#microsoft.graph.group": 2,
        "#microsoft.graph.orgContact": 5, "#microsoft.graph.device": 5,
      ])
  }

  @Test
  func `Transitive members include nested groups and come once each, despite a cycle`()
    throws
  {
    let answering = try Answering()
    let direct = Set(try answering.pages(of: .main).members.strings("id"))
    let pages = try answering.pages(of: .main, collection: "transitiveMembers", query: "?$top=20")
    let all = pages.members.strings("id")
    #expect(all.count == Set(all).count)
    #expect(direct.isSubset(of: all))
    // 30 people of nested, 3 of inner, 1 of single, and the group inner.
    #expect(all.count == direct.count + 35)
    #expect(all.contains(BuiltInGroup.inner.id))
    #expect(!all.contains(BuiltInGroup.main.id))
  }

  @Test func `A group in a cycle is not its own transitive member`() throws {
    let pages = try Answering().pages(of: .nested, collection: "transitiveMembers")
    #expect(!pages.members.strings("id").contains(BuiltInGroup.nested.id))
    #expect(pages.members.strings("id").contains(BuiltInGroup.inner.id))
  }

  @Test func `The user cast lists only users, without their type`() throws {
    let pages = try Answering().pages(of: .main, collection: "members/microsoft.graph.user")
    #expect(pages.members.count == 250)
    #expect(pages.members.allSatisfy { $0["@odata.type"] == nil })
    #expect((pages[0]["@odata.context"] as? String ?? "").hasSuffix("#users"))
  }

  @Test func `The member count needs the header and comes on page 1 only`() throws {
    let answering = try Answering()
    let counted = try answering.pages(
      of: .main, query: "?$count=true", headers: ["consistencylevel": "eventual"])
    #expect(counted.map { $0["@odata.count"] as? Int } == [262, nil, nil])
    let ignored = try answering.pages(of: .main, query: "?$count=true")
    #expect(ignored.allSatisfy { $0["@odata.count"] == nil })
  }

  @Test func `An empty group has one empty page`() throws {
    let pages = try Answering().pages(of: .empty)
    #expect(pages.count == 1)
    #expect((pages[0]["value"] as? [Any])?.isEmpty == true)
  }

  @Test func `A group's id may be in upper or lower case`() throws {
    let id = BuiltInGroup.single.id.uppercased()
    #expect(try Answering().get("/v1.0/groups/\(id)/members").status == 200)
  }

  @Test func `Members of an unknown group get 404`() throws {
    let answer = try Answering().get("/v1.0/groups/\(ObjectID.random())/members")
    #expect(answer.status == 404)
    #expect(try answer.graphCode() == "Request_ResourceNotFound")
  }

  @Test(arguments: ["main", "a0000000-0000-4000-8000-00000000000", "%20", "x'y"])
  func `Members of a malformed group id are refused`(id: String) throws {
    let answer = try Answering().get("/v1.0/groups/\(id)/members")
    #expect(answer.status == 400)
    #expect(try answer.graphCode() == "Request_BadRequest")
  }

  @Test(arguments: [
    "/", "/v1.0/groups", "/beta/groups/x/members", "/x/oauth2/token", "/v1.0/users/x",
    "/v1.0/users/x/memberOf/microsoft.graph.user", "/v1.0/groups/x/members/microsoft.graph.group",
    "/v1.0/groups/x/owners", "/v1.0/users/x/memberOf/microsoft.graph.group/x",
  ])
  func `A path that is not simulated gets 404`(path: String) throws {
    #expect(try Answering().get(path).status == 404)
  }

  @Test(arguments: ["", "Bearer", "Bearer x", "Basic eDp5", "bearer  "])
  func `Members without a good token are refused`(authorization: String) throws {
    let answer = try Answering().get(Self.main, authorization: authorization)
    #expect(answer.status == 401)
    #expect(try answer.graphCode() == "InvalidAuthenticationToken")
    let error = try #require(try answer.object()["error"] as? [String: Any])
    let inner = try #require(error["innerError"] as? [String: Any])
    #expect(Set(inner.keys) == ["date", "request-id", "client-request-id"])
    #expect(inner["request-id"] as? String == answer.headers["request-id"])
  }

  @Test func `An access token is good until it expires`() throws {
    let answering = try Answering()
    let authorization = "Bearer \(try answering.token())"
    #expect(try answering.get(Self.main, authorization: authorization).status == 200)
    answering.service.withState { $0.tokens.expireAll(now: .now) }
    #expect(try answering.get(Self.main, authorization: authorization).status == 401)
  }

  @Test func `The client's request id is repeated in the answer`() throws {
    let answer = try Answering().get(Self.main, headers: ["client-request-id": "mine"])
    #expect(answer.headers["client-request-id"] == "mine")
  }
}
