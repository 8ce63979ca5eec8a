/// Which members of which group to ask Graph for, and with which attributes.
public struct MembersRequest: Equatable, Sendable {
  /// The most members that Graph gives in one page.
  public static let largestPage = 999

  /// The group.
  public var group: ObjectID
  /// Whether the members of nested groups count too.
  public var membership: Configuration.Membership
  /// The attributes that are read into each ``Member``.
  public var attributes: [Attribute]
  /// Whether to ask for `accountEnabled` and `userType`, which decide who has an address.
  public var wantsAccount: Bool
  /// Whether to ask for `creationType`.
  public var wantsCreationType: Bool
  /// Whether to ask for the telephone numbers of contacts.
  public var wantsContactPhones: Bool
  /// How many members a page may have at the most.
  public var pageSize = MembersRequest.largestPage

  /// The request for the people of a configuration's group.
  ///
  /// - Parameters:
  ///   - group: One of its groups.
  ///   - configuration: What it asks for.
  public init(group: ObjectID, of configuration: Configuration) {
    self.group = group
    membership = configuration.membership
    attributes = configuration.queryFilter.attributes
    wantsCreationType = configuration.tellsExternals
    wantsContactPhones =
      configuration.contacts == .yes && UserSelection.hasContactPhones(attributes)
    if configuration.tellsExternals, !attributes.contains(.signInName) {
      attributes.append(.signInName)
    }
    // Every contact has one: without it, ContactCheck would miss a value and blame a permission.
    if configuration.contacts == .yes, !attributes.contains(.displayName) {
      attributes.append(.displayName)
    }
    wantsAccount = true
  }

  /// The request for the ids and addresses of a group whose members are left out.
  ///
  /// - Parameters:
  ///   - group: One of its excluded groups.
  ///   - field: The field of QUERYFILTER that is the address.
  ///   - configuration: What it asks for.
  public init(
    excluded group: ObjectID, reading field: QueryFilter.Field, of configuration: Configuration
  ) {
    self.init(group: group, of: configuration)
    attributes = field.alternatives
    wantsAccount = false
    wantsCreationType = false
    wantsContactPhones = false
  }

  /// The part of the URL after Graph's endpoint.
  public var pathAndQuery: String {
    let selection = UserSelection(
      attributes, account: wantsAccount, creationType: wantsCreationType,
      contactPhones: wantsContactPhones)
    return "\(GraphQuestion.version)/groups/\(group.text)/\(membership.pathSegment)"
      + "?\(selection.query)&$top=\(pageSize)"
  }
}
