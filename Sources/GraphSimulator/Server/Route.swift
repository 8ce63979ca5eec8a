/// Which endpoint a path leads to.
enum Route: Equatable {
  /// The token endpoint of a tenant.
  case token(tenant: String)
  /// The description of a tenant's endpoints.
  case discovery(tenant: String)
  /// The members of a group.
  case members(group: String, PageRequest.Collection)
  /// Nothing that is simulated.
  case unknown

  /// The route of a path as it came.
  init(path: String) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: true)
      .map { (try? PercentEncoding.decode($0.utf8)) ?? String($0) }
    switch parts.count {
    case 4 where Array(parts[1...]) == ["oauth2", "v2.0", "token"]:
      self = .token(tenant: parts[0])
    case 4 where Array(parts[1...]) == ["v2.0", ".well-known", "openid-configuration"]:
      self = .discovery(tenant: parts[0])
    case 4...5 where Array(parts[..<2]) == ["v1.0", "groups"]:
      guard ["members", "transitiveMembers"].contains(parts[3]),
        parts.count == 4 || parts[4] == "microsoft.graph.user"
      else {
        self = .unknown
        return
      }
      self = .members(
        group: parts[2],
        PageRequest.Collection(
          transitive: parts[3] == "transitiveMembers", usersOnly: parts.count == 5))
    default: self = .unknown
    }
  }
}
