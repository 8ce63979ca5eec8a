/// Notices that the application may list mail contacts but not read them.
///
/// Graph then gives each contact only an id, and answers 200. Every contact has a display name, so
/// that one is always asked for. If the token names the permission, it is not missing.
///
/// Source: Microsoft Graph, "Overview of permissions", limited information for inaccessible
/// members.
public struct ContactCheck: Sendable {
  private var contacts = 0
  private var isShown = false

  /// Creates a check that has seen no contact yet.
  public init() {}

  /// Notes a contact as Graph described it.
  ///
  /// - Parameter member: A mail contact.
  public mutating func note(_ member: Member) {
    contacts += 1
    if member.hasValues { isShown = true }
  }

  /// Decides, after the last member.
  ///
  /// - Parameter roles: The permissions that the token names; `nil` if it shows none.
  /// - Throws: `.permission` when there were contacts, Graph showed nothing of any of them, and the
  ///   token does not name the permission to see them.
  public func finish(roles: GrantedRoles?) throws(EntraSyncError) {
    guard contacts > 0, !isShown, !(roles?.canReadContacts ?? false) else { return }
    throw EntraSyncError(
      .permission,
      "Graph shows nothing of the \(contacts) mail contacts that CONTACTS = yes takes; "
        + PermissionAdvice.give(PermissionAdvice.readContacts, to: "the application"))
  }
}
