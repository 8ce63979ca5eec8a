/// The permissions that a token names for its application.
///
/// A token is opaque by contract, so this is only a hint. If a role is not in the token, the check
/// says so, and Graph's own answers decide.
///
/// Source: Microsoft Entra, "Access token claims reference", `roles`; Microsoft Graph, "Permissions
/// reference".
public struct GrantedRoles: Equatable, Sendable {
  /// The roles in the token's order.
  public let roles: [String]

  /// Reads the claims of a token.
  ///
  /// - Parameter claims: The document that is the token's middle part; `nil` where it has none.
  public init?(_ claims: JSONValue?) {
    guard let claims, claims["aud"] != nil else { return nil }
    if case .array(let items) = claims["roles"] {
      roles = items.compactMap(\.text)
    } else {
      roles = []
    }
  }

  /// The roles that reading members needs, each with the roles that suffice instead.
  private static let needs: [(role: String, others: Set<String>)] = [
    (
      PermissionAdvice.readMembers,
      [
        "Group.Read.All", "Directory.Read.All", "GroupMember.ReadWrite.All", "Group.ReadWrite.All",
        "Directory.ReadWrite.All",
      ]
    ),
    (
      PermissionAdvice.readUsers,
      ["Directory.Read.All", "User.ReadWrite.All", "Directory.ReadWrite.All"]
    ),
  ]

  /// The roles that are missing.
  public var missing: [String] {
    GrantedRoles.needs.filter { need in
      !roles.contains { $0 == need.role || need.others.contains($0) }
    }.map(\.role)
  }

  /// The roles that reading contacts needs; one of them suffices.
  private static let contactRoles: Set<String> = [
    PermissionAdvice.readContacts, "Directory.Read.All", "Directory.ReadWrite.All",
  ]

  /// Whether the token names a permission to read every attribute of users.
  public var canReadUsers: Bool { !missing.contains(PermissionAdvice.readUsers) }

  /// Whether the token names a permission to read mail contacts.
  public var canReadContacts: Bool { !GrantedRoles.contactRoles.isDisjoint(with: roles) }

  /// Whether the token names the permission to read the members of groups that hide them; `nil` if
  /// it names no permission at all, though Graph answers, so that it does not show them.
  public var canReadHiddenMembers: Bool? {
    roles.isEmpty ? nil : roles.contains(PermissionAdvice.readHiddenMembers)
  }

  /// The step that a check makes of it.
  ///
  /// - Parameter configuration: Whose CONTACTS may need another role.
  /// - Returns: The step.
  public func step(for configuration: Configuration) -> CheckStep {
    let lacksContacts = configuration.contacts == .yes && !canReadContacts
    let missing = missing + (lacksContacts ? [PermissionAdvice.readContacts] : [])
    guard missing.isEmpty else {
      return CheckStep(
        .permissions, .doubtful,
        "the token does not name \(missing.joined(separator: " and ")); "
          + PermissionAdvice.give(
            missing.count == 1 ? "it" : missing.count == 2 ? "both" : "them", to: "the application")
          + ", and wait a few minutes")
    }
    return CheckStep(
      .permissions, .passed, "the application has \(roles.sorted().joined(separator: ", "))")
  }
}
