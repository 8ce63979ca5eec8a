import Foundation
import Testing

@testable import GraphSimulator

/// A service without sockets, and the requests that tests send to it.
struct Answering {
  let service: GraphService
  let registration: Registration

  init(
    members: Int = 250, seed: UInt64 = 1, faults: [String] = [], certificate: String? = nil,
    roles: [Role] = Role.allCases
  ) throws {
    registration = Registration(certificate: certificate)
    service = GraphService(
      registration: registration, directory: .builtIn(members: members, seed: seed),
      faults: try faults.map { try FaultRule($0) }, roles: roles)
    service.withState { $0.origin = "http://127.0.0.1:1" }
  }

  /// The form of a good sign-in, with percent-encoded values.
  var signIn: [String: String] {
    [
      "client_id": registration.clientID, "grant_type": "client_credentials",
      "scope": "https%3A%2F%2Fgraph.microsoft.com%2F.default",
      "client_secret": "s%26c%3Dr%2Bt%25~%23%3B%27",
    ]
  }

  /// The answer to a sign-in.
  func post(
    _ form: [String: String], tenant: String? = nil, method: String = "POST",
    contentType: String = "application/x-www-form-urlencoded"
  ) -> Answer {
    let body = form.map { "\($0)=\($1)" }.joined(separator: "&")
    return service.answer(
      Request(
        method: method, path: "/\(tenant ?? registration.tenant)/oauth2/v2.0/token", query: "",
        headers: ["content-type": contentType], body: Array(body.utf8), connection: 1))
  }

  /// A new access token from the service.
  func token() throws -> String {
    try #require(try post(signIn).object()["access_token"] as? String)
  }

  /// The answer to a GET; without `authorization` it has a new token.
  func get(
    _ target: String, authorization: String? = nil, headers: [String: String] = [:]
  ) throws -> Answer {
    let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
    let authorization = try authorization ?? "Bearer \(token())"
    return service.answer(
      Request(
        method: "GET", path: parts[0], query: parts.count > 1 ? parts[1] : "",
        headers: headers.merging(["authorization": authorization]) { $1 }, body: [], connection: 1))
  }

  /// The pages of a group, up to `limit`; the nextLinks are followed.
  func pages(
    of group: BuiltInGroup, collection: String = "members", query: String = "",
    headers: [String: String] = [:], limit: Int = 200
  ) throws -> [[String: Any]] {
    var pages: [[String: Any]] = []
    var target = "/v1.0/groups/\(group.id)/\(collection)\(query)"
    let authorization = "Bearer \(try token())"
    while pages.count < limit {
      let answer = try get(target, authorization: authorization, headers: headers)
      try #require(answer.status == 200, "\(String(decoding: answer.body, as: UTF8.self))")
      let page = try answer.object()
      pages.append(page)
      guard let link = page["@odata.nextLink"] as? String else { break }
      target = String(link.trimmingPrefix("http://127.0.0.1:1"))
    }
    return pages
  }
}

extension Answer {
  /// The body as a JSON object.
  func object() throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any])
  }

  /// Graph's error code.
  func graphCode() throws -> String {
    let error = try #require(try object()["error"] as? [String: Any])
    return try #require(error["code"] as? String)
  }
}

extension [[String: Any]] {
  /// The members on these pages.
  var members: [[String: Any]] {
    flatMap { $0["value"] as? [[String: Any]] ?? [] }
  }

  /// The strings under a key, in order.
  func strings(_ key: String) -> [String] { compactMap { $0[key] as? String } }
}

extension Answering {
  /// The answer to a POST of JSON; without `authorization` it has a new token.
  func post(
    _ path: String, body: String, type: String = "application/json", authorization: String? = nil
  ) throws -> Answer {
    service.answer(
      Request(
        method: "POST", path: path, query: "",
        headers: [
          "content-type": type, "authorization": try authorization ?? "Bearer \(token())",
        ], body: Array(body.utf8), connection: 1))
  }

  /// The answer to `checkMemberGroups` for a user and some groups.
  func check(_ user: String, _ groups: [String]) throws -> Answer {
    let body = try JSONSerialization.data(withJSONObject: ["groupIds": groups])
    return try post(
      "/v1.0/users/\(PercentEncoding.encode(user))/checkMemberGroups",
      body: String(decoding: body, as: UTF8.self))
  }
}
