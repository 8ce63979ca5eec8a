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
    var selection: [Attribute]?
    for (name, value) in try PageRequest.pairs(request.query) {
      guard name == "$select", selection == nil else {
        throw .badRequest("The query parameter '\(name)' is not supported.")
      }
      selection = try PageRequest.selection(value, of: .group)
    }
    return selection
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
      var json = JSONText()
      json.raw("{")
      json.key("@odata.context")
      let names = selection.map { "(\($0.map(\.rawValue).joined(separator: ",")))" } ?? ""
      json.string("\(origin)/v1.0/$metadata#groups\(names)/$entity")
      for attribute in selection ?? [.id, .displayName, .mail] {
        json.raw(",")
        json.key(attribute.rawValue)
        json.value(attribute == .id ? .text(group) : found.value(of: attribute))
      }
      json.raw("}")
      return .graph(json.bytes).distorted(distortions)
    }
  }
}
