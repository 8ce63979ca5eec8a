/// Tells an administrator which permissions the application needs.
///
/// Source: Microsoft Graph, "Permissions reference".
enum PermissionAdvice {
  /// The permission to read users.
  static let readUsers = "User.Read.All"
  /// The permission to read mail contacts.
  static let readContacts = "OrgContact.Read.All"
  /// The permission to read which members a group has.
  static let readMembers = "GroupMember.Read.All"

  /// The permission to read the members of a group whose membership is hidden.
  static let readHiddenMembers = "Member.Read.Hidden"

  /// The end of a message about a missing permission.
  ///
  /// - Parameters:
  ///   - permissions: Their names, or a word for those that the message has named.
  ///   - application: What the message calls the application.
  ///   - groupMayBeHidden: Whether the group may hide its members, which takes another permission.
  /// - Returns: What to do, such as `give it User.Read.All (type Application) with admin consent`.
  static func give(
    _ permissions: String = readUsers, to application: String = "it", groupMayBeHidden: Bool = false
  ) -> String {
    let hidden =
      groupMayBeHidden ? ", and \(readHiddenMembers) where the group hides its members," : ""
    return "give \(application) \(permissions) (type Application)\(hidden) with admin consent"
  }
}
