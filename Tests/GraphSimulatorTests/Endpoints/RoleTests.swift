import Foundation
import Testing

@testable import GraphSimulator

@Suite struct RoleTests {
  /// An endpoint, and the HTTP status for applications with one permission each.
  struct Access: Sendable, CustomTestStringConvertible {
    let target: String
    /// The status with `GroupMember.Read.All` alone.
    let members: Int
    /// The status with `User.Read.All` alone.
    let users: Int
    var testDescription: String { target }
  }

  @Test(arguments: [
    Access(target: "groups/\(BuiltInGroup.main.id)/members", members: 200, users: 403),
    Access(target: "groups/\(BuiltInGroup.main.id)/transitiveMembers", members: 200, users: 403),
    Access(target: "groups/\(BuiltInGroup.main.id)", members: 200, users: 403),
    Access(target: "users", members: 403, users: 200),
    Access(target: "users/\(Directory.onlyPerson.id)", members: 403, users: 200),
    Access(target: "users/\(Directory.onlyPerson.id)/memberOf", members: 200, users: 403),
    Access(target: "users/\(Directory.onlyPerson.id)/checkMemberGroups", members: 403, users: 403),
  ])
  func `Each endpoint needs its permissions`(access: Access) throws {
    for (roles, status) in [
      ([Role.groupMemberReadAll], access.members), ([.userReadAll], access.users), ([], 403),
    ] {
      let answering = try Answering(members: 5, roles: roles)
      let target = "/v1.0/\(access.target)"
      let answer =
        target.hasSuffix("checkMemberGroups")
        ? try answering.post(target, body: #"{"groupIds":[]}"#) : try answering.get(target)
      #expect(answer.status == status)
      if status == 403 { #expect(try answer.graphCode() == "Authorization_RequestDenied") }
    }
  }

  @Test func `Without User.Read.All, members show only a type and an id`() throws {
    let answering = try Answering(members: 5, roles: [.groupMemberReadAll])
    let members = try answering.pages(of: .main, query: "?$select=mail").members
    let users = members.filter { $0["@odata.type"] as? String == "#microsoft.graph.user" }
    #expect(users.count == 5)
    #expect(users.allSatisfy { $0["mail"] is NSNull && $0["id"] is String })
    let filtered = try answering.get(
      "/v1.0/groups/\(BuiltInGroup.single.id)/members/microsoft.graph.user?$count=true"
        + "&$filter=mail+eq+'ainoa.jasen@example.com'", headers: ["consistencylevel": "eventual"])
    #expect(filtered.status == 200)
    #expect(try [filtered.object()].members.isEmpty)
  }

  @Test func `A consent applies to tokens that are issued after it`() throws {
    let answering = try Answering(members: 5, roles: [])
    let old = "Bearer \(try answering.token())"
    answering.service.withState { $0.roles = [.userReadAll] }
    #expect(try answering.get("/v1.0/users", authorization: old).status == 403)
    #expect(try answering.get("/v1.0/users").status == 200)
  }

  @Test(arguments: [
    Role.allCases, [.userReadAll], [],
  ])
  func `An access token is a JSON Web Token with the roles`(roles: [Role]) throws {
    let answering = try Answering(members: 5, roles: roles)
    let token = try answering.token()
    let parts = token.split(separator: ".").map(String.init)
    #expect(parts.count == 3)
    let objects = try parts.prefix(2).map {
      try JSONSerialization.jsonObject(with: Data(#require(Base64URL.decode($0))))
        as? [String: Any]
    }
    let payload = try #require(objects[1])
    #expect(objects[0]?["typ"] as? String == "JWT")
    #expect(payload["aud"] as? String == "https://graph.microsoft.com")
    #expect(payload["appid"] as? String == answering.registration.clientID)
    #expect(payload["tid"] as? String == answering.registration.tenant)
    #expect((payload["iss"] as? String ?? "").contains(answering.registration.tenant))
    #expect(payload["roles"] as? [String] == (roles.isEmpty ? nil : roles.map(\.rawValue)))
    let end = try #require(payload["exp"] as? Int)
    #expect(end - (payload["iat"] as? Int ?? 0) == TokenEndpoint.lifetime)
    #expect(Base64URL.decode(parts[2])?.count == 64)
  }

  @Test func `An access token with another signature is refused`() throws {
    let answering = try Answering(members: 5)
    let token = try answering.token()
    let forged =
      token.prefix(through: try #require(token.lastIndex(of: "."))) + OpaqueText.random(length: 86)
    #expect(try answering.get("/v1.0/users", authorization: "Bearer \(forged)").status == 401)
  }
}
