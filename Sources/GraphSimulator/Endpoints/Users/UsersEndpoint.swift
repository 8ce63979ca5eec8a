/// `GET /v1.0/users`: the users of the tenant, or those that a filter finds.
///
/// The tenant's users are the users in its groups.
///
/// - SeeAlso: Microsoft Graph v1.0, "List users".
struct UsersEndpoint: PagedEndpoint {
  let origin: String

  var collection: PageRequest.Collection { .users }
  var target: FaultRule.Target { .users }
  var roles: [Role] { [.userReadAll] }
  var resource: String { "users" }

  func entries(
    _ request: PageRequest, distortions: [Fault.Distortion], directory: inout Directory
  ) throws(GraphError) -> [Directory.Entry] {
    let index = directory.userIndex()
    return request.filter.map(index.users(matching:)) ?? index.users
  }
}
