/// Which people a configuration leaves out on purpose.
public struct AccountFilter: Sendable {
  private let accounts: Configuration.Accounts
  private let userType: Configuration.UserType
  private let excluded: Set<ObjectID>

  /// Takes the configuration's choices.
  ///
  /// - Parameters:
  ///   - configuration: ACCOUNTS and USERTYPE.
  ///   - excluded: The ids of the members of EXCLUDEGROUPID.
  public init(_ configuration: Configuration, excluded: Set<ObjectID>) {
    accounts = configuration.accounts
    userType = configuration.userType
    self.excluded = excluded
  }

  /// Whether a person belongs in a list.
  public enum Admission: Equatable, Sendable {
    /// The person does.
    case admitted
    /// The configuration leaves the person out on purpose.
    case leftOut
    /// Graph does not say what the configuration needs to know, for this reason.
    case unclear(String)
  }

  /// Decides whether a person belongs in the list.
  ///
  /// If Graph hides from everybody what is needed, a permission is missing. ``PermissionCheck``
  /// notices that.
  ///
  /// - Parameter member: The person, with what the filter needs to know.
  /// - Returns: The decision.
  public func admission(of member: Member) -> Admission {
    if excluded.contains(member.id) { return .leftOut }
    // A contact has no account, so that ACCOUNTS and USERTYPE say nothing of it.
    if member.kind == .contact { return .admitted }
    // Users that were created before types existed have none, and are members.
    let isGuest = member.account.isGuest ?? false
    switch userType {
    case .all: break
    case .member: if isGuest { return .leftOut }
    case .guest: if !isGuest { return .leftOut }
    case .internal:
      if isGuest { return .leftOut }
      guard let isExternal = member.isExternal else {
        return .unclear("has no userPrincipalName, which USERTYPE = internal needs")
      }
      if isExternal { return .leftOut }
    }
    if accounts == .enabled {
      guard let isEnabled = member.account.isEnabled else {
        return .unclear("has no accountEnabled, which ACCOUNTS = enabled needs")
      }
      if !isEnabled { return .leftOut }
    }
    return .admitted
  }
}
