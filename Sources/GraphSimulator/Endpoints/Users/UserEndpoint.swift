/// `GET /v1.0/users/{id}`: the properties of one user.
///
/// - SeeAlso: Microsoft Graph v1.0, "Get user".
struct UserEndpoint: GraphEndpoint {
  /// The scheme and host of Graph, which the context contains.
  let origin: String
  /// The user's id or sign-in name, in lower case.
  let user: String

  var method: String { "GET" }
  var roles: [Role] { [.userReadAll] }
  var resource: String { user }

  /// Reads the attributes to show; nil without `$select`.
  func question(
    _ request: Request, state: borrowing SimulatorState
  ) throws(GraphError) -> [Attribute]? {
    try PageRequest.selection(in: request, of: .user)
  }

  func occasion(of selection: [Attribute]?) -> Occasion {
    Occasion(target: .user)
  }

  func draft(
    _ selection: [Attribute]?, target: String, distortions: [Fault.Distortion],
    state: inout SimulatorState
  ) throws(GraphError) -> Draft {
    let directory = state.directory
    let index = state.directory.userIndex()
    guard let id = index.id(of: user, in: directory),
      case .user(let person) = index.user(id).map(directory.member)
    else { throw .unknownResource(user) }
    return { [origin] in
      .graph(
        JSONText.entity(
          of: "users", origin: origin, selection: selection, usual: Attribute.defaultSelection
        ) { person.value(of: $0) }
      ).distorted(distortions)
    }
  }
}
