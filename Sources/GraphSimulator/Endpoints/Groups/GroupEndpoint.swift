/// `GET /v1.0/groups/{id}`: the properties of a group.
///
/// - SeeAlso: Microsoft Graph v1.0, "Get group".
struct GroupEndpoint: EntityEndpoint {
  /// The scheme and host of Graph, which the context contains.
  let origin: String
  /// The group's id, in lower case.
  let group: String

  var roles: [Role] { [.groupMemberReadAll] }
  var resource: String { group }
  var collection: String { "groups" }
  var entity: PageRequest.ObjectKind { .group }
  var usual: [Attribute] { [.id, .displayName, .mail] }
  var target: FaultRule.Target { .groups }

  func values(
    in directory: inout Directory
  ) throws(GraphError) -> @Sendable (Attribute) -> AttributeValue {
    guard let found = directory.group(group) else {
      throw ObjectID.isValid(group) ? .unknownResource(group) : .invalidObject(group)
    }
    return { [group] in $0 == .id ? .text(group) : found.value(of: $0) }
  }
}
