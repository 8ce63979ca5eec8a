/// `GET /v1.0/groups/{id}/members` and `/transitiveMembers`: the members of a group.
///
/// - SeeAlso: Microsoft Graph v1.0, "List group members" and "List group transitive members".
struct MembersEndpoint: PagedEndpoint {
  let origin: String
  /// The group's id, in lower case.
  let group: String
  /// Whether the members of nested groups are listed too.
  let transitive: Bool
  /// Whether the path has the cast `/microsoft.graph.user`, which lists only users.
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
    guard
      var members = directory.entries(
        of: group, transitive: transitive, showsHidden: !distortions.contains(.hiddenMembers))
    else {
      throw ObjectID.isValid(group) ? .unknownResource(group) : .invalidObject(group)
    }
    if usersOnly { members = members.filter(\.isUser) }
    guard let filter = request.filter else { return members }
    // Without the permission to read the filtered property, Graph finds nobody and says nothing.
    if distortions.contains(.staleIndex) || distortions.contains(.missingPermission) { return [] }
    let found = Set(directory.userIndex().users(matching: filter).map(directory.id(of:)))
    return members.filter { found.contains(directory.id(of: $0)) }
  }
}
