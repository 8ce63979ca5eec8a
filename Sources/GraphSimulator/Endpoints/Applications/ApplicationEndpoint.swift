/// `GET /v1.0/applications(appId='{id}')`: the application itself, with its client secrets.
///
/// An application may see its own registration without a permission, and no other one.
///
/// - SeeAlso: Microsoft Graph v1.0, "Get application".
struct ApplicationEndpoint: GraphEndpoint {
  /// The scheme and host of Graph, which the context contains.
  let origin: String
  /// The id that the request names.
  let clientID: String
  /// The application that asks.
  let registration: Registration

  var method: String { "GET" }
  var roles: [Role] { [] }
  var resource: String { clientID }

  /// What is known here of an application.
  private static let properties = ["appId", "passwordCredentials"]

  /// Reads the properties to show; all of them without `$select`.
  func question(
    _ request: Request, state: borrowing SimulatorState
  ) throws(GraphError) -> [String] {
    guard let pairs = try? PercentEncoding.pairs(Array(request.query.utf8)) else {
      throw .badRequest("The query is malformed.")
    }
    guard let (option, selection) = pairs.first else { return Self.properties }
    guard option == "$select", pairs.count == 1 else {
      throw .badRequest("The query parameter '\(option)' is not supported.")
    }
    let names = selection.split(separator: ",").map(String.init)
    for name in names where !Self.properties.contains(name) {
      throw .unknownProperty(name, type: "microsoft.graph.application")
    }
    return names
  }

  func occasion(of names: [String]) -> Occasion { Occasion(target: .application) }

  func draft(
    _ names: [String], target: String, distortions: [Fault.Distortion],
    state: inout SimulatorState
  ) throws(GraphError) -> Draft {
    guard clientID.lowercased() == registration.clientID.lowercased() else { throw .forbidden }
    let secrets = state.secrets
    return { [origin, registration] in
      var json = JSONText()
      json.raw("{")
      json.key("@odata.context")
      json.string(
        "\(origin)/v1.0/$metadata#applications(\(names.joined(separator: ",")))/$entity")
      if names.contains("appId") {
        json.raw(",")
        json.key("appId")
        json.string(registration.clientID)
      }
      if names.contains("passwordCredentials") {
        json.raw(",\"passwordCredentials\":[")
        for (index, secret) in secrets.enumerated() {
          if index > 0 { json.raw(",") }
          Self.write(secret, to: &json)
        }
        json.raw("]")
      }
      json.raw("}")
      return .graph(json.bytes).distorted(distortions)
    }
  }

  private static func write(_ secret: ClientSecret, to json: inout JSONText) {
    json.raw("{\"customKeyIdentifier\":null")
    for (name, value) in [
      ("displayName", secret.displayName), ("endDateTime", Timestamp.property(secret.end)),
      ("hint", secret.hint), ("keyId", ObjectID.random()),
    ] {
      json.raw(",")
      json.key(name)
      json.string(value)
    }
    json.raw(",\"secretText\":null,")
    json.key("startDateTime")
    json.string(Timestamp.property(secret.start))
    json.raw("}")
  }
}
