/// Which objects are asked for: what a nextLink's token stands for.
struct PageRequest: Sendable, Equatable {
  /// Which of the collections.
  var collection: Collection
  /// What `$select` named, in its order; nil without it.
  var selection: [Attribute]?
  /// What `$top` named; nil without it.
  var top: Int?
  /// What `$filter` named; nil without it.
  var filter: UserFilter?
  /// Whether the number of objects is asked for, and may be.
  var counts = false
  /// How many objects came on the pages before.
  var offset = 0
  /// Which page of the run this is, from 1.
  var page = 1
  /// Whether an empty page has been served in front of this one.
  var afterEmptyPage = false

  /// How many objects a page has.
  var size: Int { top ?? Self.defaultTop }

  /// Whether a request repeats what this one fixed, as those of one run must.
  func isSameRun(as other: PageRequest) -> Bool {
    (selection, top) == (other.selection, other.top)
      && collection == other.collection && filter == other.filter
  }
}

extension PageRequest {
  /// The collections that come in pages.
  enum Collection: Sendable, Equatable {
    /// The members of a group, those of nested groups too where it is transitive; with the cast
    /// `/microsoft.graph.user`, the users among them.
    case members(group: String, transitive: Bool, usersOnly: Bool)
    /// The users of the tenant.
    case users
    /// The groups that hold a user directly; with the cast `/microsoft.graph.group`, only those,
    /// which here are all there are.
    case memberOf(user: String, groupsOnly: Bool)

    /// Its path, from the version on.
    var path: String {
      switch self {
      case .members(let group, let transitive, let usersOnly):
        "groups/\(group)/\(transitive ? "transitiveMembers" : "members")"
          + (usersOnly ? "/microsoft.graph.user" : "")
      case .users: "users"
      case .memberOf(let user, let groupsOnly):
        "users/\(PercentEncoding.encode(user))/memberOf"
          + (groupsOnly ? "/microsoft.graph.group" : "")
      }
    }

    /// What the answer's context calls it.
    var context: String {
      switch kind {
      case .anything: "directoryObjects"
      case .user: "users"
      case .group: "groups"
      }
    }

    /// What all objects in it are.
    var kind: ObjectKind {
      switch self {
      case .members(_, _, usersOnly: true), .users: .user
      case .memberOf(_, groupsOnly: true): .group
      case .members, .memberOf: .anything
      }
    }
  }

  /// What the objects of a collection are known to be.
  enum ObjectKind: String, Sendable {
    /// One of the types that a directory holds, which each object names.
    case anything = "microsoft.graph.directoryObject"
    /// Users.
    case user = "microsoft.graph.user"
    /// Groups.
    case group = "microsoft.graph.group"

    /// Whether there is such a property.
    func has(_ attribute: Attribute) -> Bool {
      self != .group || [.id, .displayName, .mail, .proxyAddresses].contains(attribute)
    }
  }
}
