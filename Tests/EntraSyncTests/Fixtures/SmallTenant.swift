import Foundation

@testable import EntraSync

/// A tenant of a few people, which answers the questions of a lookup.
struct SmallTenant: Sendable {
  /// The people that every search finds, whatever its filter.
  var people: [String] = []
  /// The groups of each person, by id or sign-in name. Nobody else exists.
  var groups: [String: [String]] = [:]

  static let address = "anna@example.com"
  static let anna = "11111111-aaaa-4aaa-8aaa-111111111111"
  static let bert = "22222222-bbbb-4bbb-8bbb-222222222222"

  /// Anna, who signs in with her address.
  static func anna(in groups: [String], adding members: String = "") -> SmallTenant {
    SmallTenant(
      people: [person(anna, mail: address, signInName: address, adding: members)],
      groups: [anna: groups, address: groups])
  }

  /// Anna, who signs in with another name.
  static func otherAnna(in groups: [String]) -> SmallTenant {
    SmallTenant(
      people: [person(anna, mail: address, signInName: "a@example.com")], groups: [anna: groups])
  }

  /// A person as Graph shows them. More members of the object follow, each after a comma.
  static func person(
    _ id: String, mail: String?, signInName: String, adding members: String = ""
  ) -> String {
    let mail = mail.map { "\"\($0)\"" } ?? "null"
    return "{\"id\":\"\(id)\",\"mail\":\(mail),\"userPrincipalName\":\"\(signInName)\"\(members)}"
  }

  func reply(to question: GraphQuestion) throws -> BatchQueue.Outcome {
    if question.path.hasPrefix("/users?") {
      return try .json("{\"value\":[\(people.joined(separator: ","))]}")
    }
    let name = question.path.split(separator: "/").dropFirst().first?.removingPercentEncoding
    guard let name, let groups = groups[name] else { return try .absent() }
    let found =
      question.body.map { body in
        groups.filter { body.contains($0) }.map { "\"\($0)\"" }
      } ?? groups.map { "{\"@odata.type\":\"#microsoft.graph.group\",\"id\":\"\($0)\"}" }
    return try .json("{\"value\":[\(found.joined(separator: ","))]}")
  }
}
