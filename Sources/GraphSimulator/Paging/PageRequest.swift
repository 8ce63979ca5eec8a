/// A request for a page: the meaning of a query, and of a page link's skip token.
struct PageRequest: Sendable, Equatable {
  /// The collection that the page belongs to.
  var collection: Collection
  /// The attributes in `$select`, in its order; nil without `$select`.
  var selection: [Attribute]?
  /// The value of `$top`; nil without `$top`.
  var top: Int?
  /// The filter in `$filter`; nil without `$filter`.
  var filter: UserFilter?
  /// Whether the number of objects is requested with both `$count=true` and the header for it.
  var counts = false
  /// The number of objects on the previous pages.
  var offset = 0
  /// The number of the page, from 1.
  var page = 1
  /// Whether an empty page has been served before this one.
  var afterEmptyPage = false

  /// The number of objects on a full page.
  var size: Int { top ?? Self.defaultTop }

  /// Whether another request has the same collection and options, which a page link must repeat.
  func matches(_ other: PageRequest) -> Bool {
    (selection, top) == (other.selection, other.top)
      && collection == other.collection && filter == other.filter
  }
}

extension PageRequest {
  /// A collection of objects that comes in pages.
  enum Collection: Sendable, Equatable {
    /// The members of a group, with those of nested groups if transitive.
    ///
    /// `usersOnly` stands for the cast `/microsoft.graph.user`, which leaves only users.
    case members(group: String, transitive: Bool, usersOnly: Bool)
    /// The users of the tenant.
    case users
    /// The mail contacts of the tenant.
    case contacts
    /// The groups that contain a user or a contact directly.
    ///
    /// `groupsOnly` stands for the cast `/microsoft.graph.group`; here there is nothing but groups.
    case memberOf(user: String, isContact: Bool, groupsOnly: Bool)

    /// The path after Graph's version.
    var path: String {
      switch self {
      case .members(let group, let transitive, let usersOnly):
        "groups/\(group)/\(transitive ? "transitiveMembers" : "members")"
          + (usersOnly ? "/microsoft.graph.user" : "")
      case .users: "users"
      case .contacts: "contacts"
      case .memberOf(let user, let isContact, let groupsOnly):
        "\(isContact ? "contacts" : "users")/\(PercentEncoding.encode(user))/memberOf"
          + (groupsOnly ? "/microsoft.graph.group" : "")
      }
    }

    /// The name of the collection in the answer's context.
    var context: String {
      switch kind {
      case .anything: "directoryObjects"
      case .user: "users"
      case .contact: "orgContacts"
      case .group: "groups"
      }
    }

    /// The kind of all objects in it.
    var kind: ObjectKind {
      switch self {
      case .members(_, _, usersOnly: true), .users: .user
      case .contacts: .contact
      case .memberOf(_, _, groupsOnly: true): .group
      case .members, .memberOf: .anything
      }
    }
  }

  /// The kind that all objects of a collection are known to have.
  enum ObjectKind: String, Sendable {
    /// Any type; each object names its own.
    case anything = "microsoft.graph.directoryObject"
    /// Users.
    case user = "microsoft.graph.user"
    /// Mail contacts.
    case contact = "microsoft.graph.orgContact"
    /// Groups.
    case group = "microsoft.graph.group"

    /// Whether objects of this kind have a property.
    func has(_ attribute: Attribute) -> Bool {
      switch self {
      case .anything: true
      case .user: ![.phones, .visibility].contains(attribute)
      case .group: [.id, .displayName, .mail, .proxyAddresses, .visibility].contains(attribute)
      case .contact:
        [
          .id, .displayName, .givenName, .surname, .mail, .proxyAddresses, .phones, .jobTitle,
          .onPremisesExtensionAttributes,
        ].contains(attribute)
      }
    }
  }
}
