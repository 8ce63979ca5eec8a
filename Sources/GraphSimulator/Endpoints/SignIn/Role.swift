/// A permission that the application can be given, with an administrator's consent.
///
/// - SeeAlso: Microsoft Graph, "permissions reference".
public enum Role: String, Sendable, CaseIterable {
  /// To read groups and who is in them.
  case groupMemberReadAll = "GroupMember.Read.All"
  /// To read users, without which members are shown by type and id alone.
  case userReadAll = "User.Read.All"
}
