import Foundation

/// `POST /v1.0/users/{id}/checkMemberGroups`: those of the given groups that contain a user.
///
/// - SeeAlso: Microsoft Graph v1.0, "directoryObject: checkMemberGroups".
struct CheckMemberGroupsEndpoint: GraphEndpoint {
  /// The largest number of groups in one request.
  static let maximalGroups = 20

  /// The scheme and host of Graph, which the context contains.
  let origin: String
  /// The user's id or sign-in name, in lower case.
  let user: String
  /// Whether the id is that of a contact.
  let isContact: Bool

  var method: String { "POST" }
  var roles: [Role] { [.groupMemberReadAll, isContact ? .orgContactReadAll : .userReadAll] }
  var resource: String { user }

  /// Reads the ids of the groups, in lower case.
  func question(
    _ request: Request, state: borrowing SimulatorState
  ) throws(GraphError) -> [String] {
    let object = try request.jsonObject()
    guard object.count == 1, let ids = object["groupIds"] as? [String] else {
      throw .badRequest("The request body must have the property 'groupIds', a list of ids.")
    }
    guard ids.count <= Self.maximalGroups else {
      throw .badRequest(
        "The number of elements in 'groupIds' exceeds the maximum of \(Self.maximalGroups).")
    }
    for id in ids where !ObjectID.isValid(id) { throw .invalidObject(id) }
    return ids.map { $0.lowercased() }
  }

  func occasion(of ids: [String]) -> Occasion {
    Occasion(target: .check)
  }

  func draft(
    _ ids: [String], target: String, distortions: [Fault.Distortion], state: inout SimulatorState
  ) throws(GraphError) -> Draft {
    let index = state.directory.userIndex()
    let known =
      isContact ? state.directory.contactID(user) : index.id(of: user, in: state.directory)
    guard let id = known else { throw .unknownResource(user) }
    let holders = index.allGroups(
      holding: id, showsHidden: !distortions.contains(.hiddenMembers))
    let found = distortions.contains(.emptyAnswer) ? [] : ids.filter(holders.contains)
    return { [origin] in
      .graph(Self.json(found, origin: origin, distortions: distortions)).distorted(distortions)
    }
  }

  private static func json(
    _ ids: [String], origin: String, distortions: [Fault.Distortion]
  ) -> [UInt8] {
    var json = JSONText()
    json.raw("{")
    json.key("@odata.context")
    json.string("\(origin)/v1.0/$metadata#Collection(Edm.String)")
    if !distortions.contains(.noValue) {
      let isObject = distortions.contains(.valueNotArray)
      json.raw(isObject ? ",\"value\":{\"groups\":" : ",\"value\":")
      if distortions.contains(.memberNotObject) {
        json.raw("[42]")
      } else if distortions.contains(.wrongID) {
        json.raw("[\"somebody\"]")
      } else {
        json.value(.texts(ids))
      }
      if isObject { json.raw("}") }
    }
    for case .otherNextLink(let name) in distortions {
      json.raw(",")
      json.key(name)
      json.string("\(origin)/v1.0/users")
    }
    json.raw("}")
    return json.bytes
  }
}
