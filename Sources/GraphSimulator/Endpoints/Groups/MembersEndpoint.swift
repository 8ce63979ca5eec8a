/// `GET /v1.0/groups/{id}/members` and `/transitiveMembers`, a page at a time.
///
/// - SeeAlso: Microsoft Graph v1.0, "List group members" and "List group transitive members".
struct MembersEndpoint: PagedEndpoint {
  let origin: String
  /// The group's id, in lower case.
  let group: String
  /// Whether members of nested groups count.
  let transitive: Bool
  /// Whether only users are listed, by the cast `/microsoft.graph.user`.
  let usersOnly: Bool

  var collection: PageRequest.Collection {
    .members(group: group, transitive: transitive, usersOnly: usersOnly)
  }
  var target: FaultRule.Target { .group(group) }
  var roles: [Role] { [.groupMemberReadAll] }
  var resource: String { group }

  func entries(
    _ request: PageRequest, distortions: [Fault.Distortion], directory: inout Directory
  ) throws(GraphError) -> [Directory.Entry] {
    guard var members = directory.entries(of: group, transitive: transitive) else {
      throw ObjectID.isValid(group) ? .unknownResource(group) : .invalidObject(group)
    }
    if usersOnly { members = members.filter(\.isUser) }
    guard let filter = request.filter else { return members }
    // A filter leaves out whatever has a property that may not be read, without a word.
    if distortions.contains(.staleIndex) || distortions.contains(.missingPermission) { return [] }
    let found = Set(directory.userIndex().users(matching: filter).map(directory.id(of:)))
    return members.filter { found.contains(directory.id(of: $0)) }
  }
}
