/// `GET /v1.0/contacts/{id}`: the properties of one mail contact.
///
/// - SeeAlso: Microsoft Graph v1.0, "Get orgContact".
struct ContactEndpoint: GraphEndpoint {
  /// The scheme and host of Graph, which the context contains.
  let origin: String
  /// The contact's id in lower case.
  let contact: String

  var method: String { "GET" }
  var roles: [Role] { [.orgContactReadAll] }
  var resource: String { contact }

  /// Reads the attributes to show; nil without `$select`.
  func question(
    _ request: Request, state: borrowing SimulatorState
  ) throws(GraphError) -> [Attribute]? {
    try PageRequest.selection(in: request, of: .contact)
  }

  func occasion(of selection: [Attribute]?) -> Occasion {
    Occasion(target: .user)
  }

  func draft(
    _ selection: [Attribute]?, target: String, distortions: [Fault.Distortion],
    state: inout SimulatorState
  ) throws(GraphError) -> Draft {
    guard let found = state.directory.contacts.first(where: { $0.id == contact }) else {
      throw .unknownResource(contact)
    }
    return { [origin] in
      .graph(
        JSONText.entity(
          of: "contacts", origin: origin, selection: selection,
          usual: [.displayName, .id, .mail, .phones, .proxyAddresses]
        ) { $0 == .id ? .text(found.id) : found.value(of: $0) ?? .null }
      ).distorted(distortions)
    }
  }
}
