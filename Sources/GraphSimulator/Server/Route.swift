/// The endpoint that a path leads to.
enum Route: Equatable {
  /// The token endpoint of a tenant.
  case token(tenant: String)
  /// The discovery document of a tenant.
  case discovery(tenant: String)
  /// The token service of a machine.
  case identity(isAppService: Bool)
  /// A page of members, of users, or of the groups that contain a user.
  case page(PageRequest.Collection)
  /// One group.
  case group(String)
  /// One user.
  case user(String)
  /// One mail contact.
  case contact(String)
  /// The check which of the given groups contain a user, or a contact.
  case checkMemberGroups(user: String, isContact: Bool)
  /// One application by its application id.
  case application(String)
  /// A batch of requests.
  case batch
  /// A path that is not simulated.
  case unknown

  /// Creates the route of a path, which is still percent-encoded.
  init(path: String) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: true)
      .map { (try? PercentEncoding.decode($0.utf8)) ?? String($0) }
    if parts.first == "v1.0", let graph = Self.graph(Array(parts.dropFirst())) {
      self = graph
    } else if [IdentityEndpoint.metadataPath, IdentityEndpoint.appServicePath].contains(parts) {
      self = .identity(isAppService: parts == IdentityEndpoint.appServicePath)
    } else if parts.dropFirst() == ["oauth2", "v2.0", "token"] {
      self = .token(tenant: parts[0])
    } else if parts.dropFirst() == ["v2.0", ".well-known", "openid-configuration"] {
      self = .discovery(tenant: parts[0])
    } else {
      self = .unknown
    }
  }

  /// The route of the path after Graph's version; nil if it is not simulated.
  private static func graph(_ parts: [String]) -> Route? {
    switch parts.count {
    case 1 where parts == ["users"]: return .page(.users)
    case 1 where parts == ["contacts"]: return .page(.contacts)
    case 1 where parts == ["$batch"]: return .batch
    case 1 where parts[0].hasPrefix("applications(appId='") && parts[0].hasSuffix("')"):
      return .application(String(parts[0].dropFirst("applications(appId='".count).dropLast(2)))
    case 2 where parts[0] == "groups": return .group(parts[1].lowercased())
    case 2 where parts[0] == "users": return .user(parts[1].lowercased())
    case 2 where parts[0] == "contacts": return .contact(parts[1].lowercased())
    case 3... where parts[0] == "groups":
      guard ["members", "transitiveMembers"].contains(parts[2]),
        parts.count == 3 || parts[3...] == ["microsoft.graph.user"]
      else { return nil }
      return .page(
        .members(
          group: parts[1].lowercased(), transitive: parts[2] == "transitiveMembers",
          usersOnly: parts.count == 4))
    case 3 where ["users", "contacts"].contains(parts[0]) && parts[2] == "checkMemberGroups":
      return .checkMemberGroups(user: parts[1].lowercased(), isContact: parts[0] == "contacts")
    case 3... where ["users", "contacts"].contains(parts[0]) && parts[2] == "memberOf":
      guard parts.count == 3 || parts[3...] == ["microsoft.graph.group"] else { return nil }
      return .page(
        .memberOf(
          user: parts[1].lowercased(), isContact: parts[0] == "contacts",
          groupsOnly: parts.count == 4))
    default: return nil
    }
  }
}
