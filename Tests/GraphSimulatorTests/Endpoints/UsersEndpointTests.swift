import Testing

@testable import GraphSimulator

@Suite struct UsersEndpointTests {
  /// A service whose tenant has people with known addresses.
  private static func answering(
    faults: [String] = [], roles: [Role] = Role.allCases
  ) throws -> Answering {
    let answering = try Answering(members: 5, faults: faults, roles: roles)
    var anna = Person(id: Self.anna, mail: "Anna.O'Brien@example.com", displayName: "Anna")
    anna.userPrincipalName = "anna@simulated.onmicrosoft.com"
    anna.otherMails = ["anna@home.example"]
    anna.proxyAddresses = ["SMTP:Anna.O'Brien@example.com", "smtp:anna@example.com"]
    let bo = Person(id: Self.bo, mail: "bo@example.com", displayName: "Bo")
    answering.service.withState { [anna] in
      $0.directory.setMembers(of: BuiltInGroup.main.id, to: [.user(anna), .user(bo)])
      $0.directory.add([.user(anna)], to: BuiltInGroup.empty.id)
    }
    return answering
  }

  private static let anna = "0a000000-0000-4000-8000-00000000000a"
  private static let bo = "0b000000-0000-4000-8000-00000000000b"

  @Test(arguments: [
    ("mail eq 'bo@example.com'", [bo]), ("mail eq 'BO@Example.com'", [bo]),
    ("mail eq 'anna.o''brien@example.com'", [anna]), ("mail eq 'bo@example.co'", []),
    ("userPrincipalName eq 'anna@simulated.onmicrosoft.com'", [anna]),
    ("otherMails/any(v:v eq 'anna@home.example')", [anna]),
    ("otherMails/any(address: address eq 'ANNA@home.example')", [anna]),
    ("proxyAddresses/any(p:p eq 'smtp:anna@example.com')", [anna]),
    ("proxyAddresses/any(p:p eq 'smtp:anna.o''brien@example.com')", [anna]),
    ("proxyAddresses/any(p:p eq 'anna@example.com')", []),
    (
      "mail eq 'bo@example.com' or proxyAddresses/any(p:p eq 'smtp:anna@example.com')",
      [anna, bo]
    ),
    ("mail eq 'x or y' or mail eq ''''", []),
  ])
  func `A filter on users finds those who have the address`(filter: String, ids: [String]) throws {
    let answer = try Self.answering().get(
      "/v1.0/users?$select=id&$filter=\(PercentEncoding.encode(filter))")
    #expect(answer.status == 200)
    #expect(Set(try [answer.object()].members.strings("id")) == Set(ids))
  }

  @Test(arguments: [
    ("", "BadRequest"), ("mail", "BadRequest"), ("mail eq", "BadRequest"),
    ("mail eq bo", "BadRequest"), ("mail eq 'bo", "BadRequest"),
    ("mail eq 'o'brien'", "BadRequest"),
    ("mail eq 'a' mail eq 'b'", "BadRequest"), ("mail eq 'a'or mail eq 'b'", "BadRequest"),
    ("mail eq 'a' and mail eq 'b'", "BadRequest"), ("mail eq 'a' or", "BadRequest"),
    ("eMail eq 'a'", "BadRequest"), ("otherMails/any(v:v eq 'a'", "BadRequest"),
    ("mobilePhone eq '1'", "Request_UnsupportedQuery"),
    ("mail ne 'a'", "Request_UnsupportedQuery"), ("mail EQ 'a'", "Request_UnsupportedQuery"),
    ("startswith(mail,'a')", "Request_UnsupportedQuery"),
    ("otherMails eq 'a'", "Request_UnsupportedQuery"),
    ("mail/any(v:v eq 'a')", "Request_UnsupportedQuery"),
    ("otherMails/all(v:v eq 'a')", "Request_UnsupportedQuery"),
    ("otherMails/any(v:w eq 'a')", "Request_UnsupportedQuery"),
    (
      Array(repeating: "mail eq 'a'", count: 16).joined(separator: " or "),
      "Request_UnsupportedQuery"
    ),
  ])
  func `An unsupported filter on users is refused`(filter: String, code: String) throws {
    let answer = try Answering(members: 1).get(
      "/v1.0/users?$filter=\(PercentEncoding.encode(filter))")
    #expect(answer.status == 400)
    #expect(try answer.graphCode() == code)
  }

  @Test func `Users show only id and selected attributes, without a type`() throws {
    let page = try Self.answering()
      .get("/v1.0/users?$select=mail,displayName&$filter=mail+eq+'bo@example.com'").object()
    #expect(
      page["@odata.context"] as? String
        == "http://127.0.0.1:1/v1.0/$metadata#users(mail,displayName)")
    #expect(
      [page].members as? [[String: String]]
        == [["id": Self.bo, "mail": "bo@example.com", "displayName": "Bo"]])
  }

  @Test func `The page links of a filter on users lead to all that it finds`() throws {
    let answering = try Self.answering()
    let filter = PercentEncoding.encode(
      "mail eq 'bo@example.com' or otherMails/any(v:v eq 'anna@home.example')")
    let first = try answering.get("/v1.0/users?$top=1&$filter=\(filter)").object()
    let link = try #require(first["@odata.nextLink"] as? String)
    let second = try answering.get(String(link.trimmingPrefix("http://127.0.0.1:1"))).object()
    #expect([first, second].members.strings("id") == [Self.anna, Self.bo])
    #expect(second["@odata.nextLink"] == nil)
    let other = link.replacing("bo%40", with: "anna%40").trimmingPrefix("http://127.0.0.1:1")
    #expect(try answering.get(String(other)).status == 400)
  }

  @Test func `Without a filter, users lists everyone in a group once`() throws {
    let answering = try Answering(members: 10)
    let users = answering.service.withState { state in
      BuiltInGroup.allCases.flatMap { state.directory.members(of: $0.id) }
        .compactMap { $0.person?.id }
    }
    let answer = try answering.get("/v1.0/users?$top=999&$select=id")
    let ids = try [answer.object()].members.strings("id")
    #expect(ids.count == Set(users).count)
    #expect(Set(ids) == Set(users))
  }

  @Test(arguments: ["$top=1000", "$top=0", "$select=nonsense", "$search=x", "$skip=1"])
  func `An unsupported query on users is refused`(query: String) throws {
    #expect(try Answering(members: 1).get("/v1.0/users?\(query)").status == 400)
  }

  @Test func `A filter on users finds a changed user at once`() throws {
    let answering = try Self.answering()
    let target = "/v1.0/users?$filter=mail+eq+'bo@example.com'"
    #expect(try [answering.get(target).object()].members.count == 1)
    answering.service.withState {
      $0.directory.remove(ids: [Self.bo], from: BuiltInGroup.main.id)
    }
    #expect(try [answering.get(target).object()].members.isEmpty)
  }

  @Test func `A fault @users strikes only requests for users`() throws {
    let answering = try Self.answering(faults: ["throttle:1:3@users"])
    #expect(try answering.get("/v1.0/groups/\(BuiltInGroup.main.id)/members").status == 200)
    let answer = try answering.get("/v1.0/users")
    #expect(answer.status == 429)
    #expect(answer.headers["Retry-After"] == "3")
    #expect(try answering.get("/v1.0/users").status == 200)
  }
}
