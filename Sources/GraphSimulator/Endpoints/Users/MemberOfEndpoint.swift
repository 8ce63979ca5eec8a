/// `GET /v1.0/users/{id}/memberOf`: the groups that contain a user directly.
///
/// - SeeAlso: Microsoft Graph v1.0, "List a user's direct memberships".
struct MemberOfEndpoint: PagedEndpoint {
  let origin: String
  /// The user's id or sign-in name, in lower case.
  let user: String
  /// Whether the id is that of a contact.
  let isContact: Bool
  /// Whether the path has the cast `/microsoft.graph.group`.
  let groupsOnly: Bool

  var collection: PageRequest.Collection {
    .memberOf(user: user, isContact: isContact, groupsOnly: groupsOnly)
  }
  var target: FaultRule.Target { .check }
  var roles: [Role] { [.groupMemberReadAll] }
  var resource: String { user }

  func entries(
    _ request: PageRequest, distortions: [Fault.Distortion], directory: inout Directory
  ) throws(GraphError) -> [Directory.Entry] {
    let index = directory.userIndex()
    guard let id = isContact ? directory.contactID(user) : index.id(of: user, in: directory) else {
      throw .unknownResource(user)
    }
    return index.groups(holding: id, showsHidden: !distortions.contains(.hiddenMembers))
      .map { .given(.group(id: $0)) }
  }
}
