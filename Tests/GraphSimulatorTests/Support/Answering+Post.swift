import Foundation

@testable import GraphSimulator

extension Answering {
  /// The answer to JSON, under a token of its own where none is given.
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

  /// The answer to the question which of some groups hold a user.
  func check(_ user: String, _ groups: [String]) throws -> Answer {
    let body = try JSONSerialization.data(withJSONObject: ["groupIds": groups])
    return try post(
      "/v1.0/users/\(PercentEncoding.encode(user))/checkMemberGroups",
      body: String(decoding: body, as: UTF8.self))
  }
}
