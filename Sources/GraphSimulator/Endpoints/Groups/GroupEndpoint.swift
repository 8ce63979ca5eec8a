/// `GET /v1.0/groups/{id}`: the properties of a group.
///
/// - SeeAlso: Microsoft Graph v1.0, "Get group".
struct GroupEndpoint: GraphEndpoint {
  /// The scheme and host of Graph, which the context contains.
  let origin: String
  /// The group's id, in lower case.
  let group: String

  var method: String { "GET" }
  var roles: [Role] { [.groupMemberReadAll] }
  var resource: String { group }

  /// Reads the attributes to show; nil without `$select`.
  func question(
    _ request: Request, state: borrowing SimulatorState
  ) throws(GraphError) -> [Attribute]? {
    try PageRequest.selection(in: request, of: .group)
  }

  func occasion(of selection: [Attribute]?) -> Occasion {
    Occasion(target: .groups)
  }

  func draft(
    _ selection: [Attribute]?, target: String, distortions: [Fault.Distortion],
    state: inout SimulatorState
  ) throws(GraphError) -> Draft {
    guard let found = state.directory.group(group) else {
      throw ObjectID.isValid(group) ? .unknownResource(group) : .invalidObject(group)
    }
    return { [origin, group] in
      .graph(
        JSONText.entity(
          of: "groups", origin: origin, selection: selection, usual: [.id, .displayName, .mail]
        ) { $0 == .id ? .text(group) : found.value(of: $0) }
      ).distorted(distortions)
    }
  }
}
