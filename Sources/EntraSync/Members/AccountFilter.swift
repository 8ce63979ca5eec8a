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

  /// Whether a person belongs in the list.
  ///
  /// - Parameter member: The person, with what the filter needs to know.
  /// - Throws: `.permission` when Graph does not say whether the account is enabled.
  /// - Returns: `false` for a person who is left out on purpose.
  public func admits(_ member: Member) throws(EntraSyncError) -> Bool {
    if excluded.contains(member.id) { return false }
    // A contact has no account, so that ACCOUNTS and USERTYPE say nothing of it.
    if member.kind == .contact { return true }
    if accounts == .enabled {
      guard let isEnabled = member.account.isEnabled else {
        throw EntraSyncError(
          .permission,
          "Graph does not show accountEnabled, which ACCOUNTS = enabled needs; "
            + PermissionAdvice.give(to: "the application"))
      }
      if !isEnabled { return false }
    }
    // Users that were created before types existed have none, and are members. PermissionCheck
    // notices if nobody has a type.
    let isGuest = member.account.userType?.lowercased() == "guest"
    switch userType {
    case .all: return true
    case .member: return !isGuest
    case .guest: return isGuest
    case .internal:
      guard !isGuest else { return false }
      guard let isExternal = member.isExternal else {
        throw EntraSyncError(
          .permission,
          "Graph does not show userPrincipalName, which USERTYPE = internal needs; "
            + PermissionAdvice.give(to: "the application"))
      }
      return !isExternal
    }
  }
}
