/// The registration of the application that may sign in.
public struct Registration: Sendable, Equatable {
  /// The tenant: a GUID or a domain.
  public var tenant: String
  /// The application's id, a GUID.
  public var clientID: String
  /// The application's secret, which appears only in the configuration's text.
  public var clientSecret: String
  /// The application's certificate in PEM, if it has one.
  public var certificate: String?

  /// Creates a registration; the default secret has the characters that clients often send wrong.
  ///
  /// - Parameters:
  ///   - tenant: The tenant.
  ///   - clientID: The application's id.
  ///   - clientSecret: The application's secret.
  ///   - certificate: The application's certificate in PEM.
  public init(
    tenant: String = "7e000000-0000-4000-8000-000000000001",
    clientID: String = "c1000000-0000-4000-8000-000000000001",
    clientSecret: String = "s&c=r+t%~#;'",
    certificate: String? = nil
  ) {
    self.tenant = tenant
    self.clientID = clientID
    self.clientSecret = clientSecret
    self.certificate = certificate
  }
}

/// A permission that the application can have with an administrator's consent.
///
/// - SeeAlso: Microsoft Graph, "permissions reference".
public enum Role: String, Sendable, CaseIterable {
  /// Permits the application to read groups and their members.
  case groupMemberReadAll = "GroupMember.Read.All"
  /// Permits the application to read users; without it, members show only their type and id.
  case userReadAll = "User.Read.All"
  /// Permits the application to read mail contacts; without it, they show only their type and id.
  case orgContactReadAll = "OrgContact.Read.All"
  /// Permits the application to see the members of groups that hide them.
  case memberReadHidden = "Member.Read.Hidden"

  /// The permissions that an administrator gives an application that writes lists.
  public static let usual: [Role] = [.groupMemberReadAll, .userReadAll, .orgContactReadAll]
}
