/// `GET /v1.0/users/{id}`: the properties of one user.
///
/// - SeeAlso: Microsoft Graph v1.0, "Get user".
struct UserEndpoint: EntityEndpoint {
  /// The scheme and host of Graph, which the context contains.
  let origin: String
  /// The user's id or sign-in name, in lower case.
  let user: String

  var roles: [Role] { [.userReadAll] }
  var resource: String { user }
  var collection: String { "users" }
  var entity: PageRequest.ObjectKind { .user }
  var usual: [Attribute] { Attribute.defaultSelection }
  var target: FaultRule.Target { .user }

  func values(
    in directory: inout Directory
  ) throws(GraphError) -> @Sendable (Attribute) -> AttributeValue {
    let index = directory.userIndex()
    guard let id = index.id(of: user, in: directory),
      case .user(let person) = index.user(id).map(directory.member)
    else { throw .unknownResource(user) }
    return { person.value(of: $0) }
  }
}
