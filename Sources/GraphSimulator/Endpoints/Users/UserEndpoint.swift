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
    var selection: [Attribute]?
    for (name, value) in try PageRequest.pairs(request.query) {
      guard name == "$select", selection == nil else {
        throw .badRequest("The query parameter '\(name)' is not supported.")
      }
      selection = try PageRequest.selection(value, of: .user)
    }
    return selection
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
      var json = JSONText()
      json.raw("{")
      json.key("@odata.context")
      let names = selection.map { "(\($0.map(\.rawValue).joined(separator: ",")))" } ?? ""
      json.string("\(origin)/v1.0/$metadata#users\(names)/$entity")
      for attribute in selection ?? Attribute.defaultSelection {
        json.raw(",")
        json.key(attribute.rawValue)
        json.value(person.value(of: attribute))
      }
      json.raw("}")
      return .graph(json.bytes).distorted(distortions)
    }
  }
}
