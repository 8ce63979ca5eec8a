/// The application that may sign in: what a configuration must name.
public struct Registration: Sendable, Equatable {
  /// The tenant: a GUID or a domain.
  public var tenant: String
  /// The application's id, a GUID.
  public var clientID: String
  /// The application's secret, which nothing prints but the configuration.
  public var clientSecret: String
  /// The application's certificate in PEM, if it has one.
  public var certificate: String?

  /// A made-up registration, whose secret holds every character that is easily sent wrong.
  ///
  /// - Parameters:
  ///   - tenant: The tenant.
  ///   - clientID: The application's id.
  ///   - clientSecret: The application's secret.
  ///   - certificate: The application's certificate in PEM.
  public init(
    tenant: String = "7e000000-0000-4000-8000-000000000001",
    clientID: String = "c1000000-0000-4000-8000-000000000001",
    clientSecret: String = "s&c=r+t %~#;'ä",
    certificate: String? = nil
  ) {
    self.tenant = tenant
    self.clientID = clientID
    self.clientSecret = clientSecret
    self.certificate = certificate
  }
}

/// A permission that the application can be given, with an administrator's consent.
///
/// - SeeAlso: Microsoft Graph, "permissions reference".
public enum Role: String, Sendable, CaseIterable {
  /// To read groups and who is in them.
  case groupMemberReadAll = "GroupMember.Read.All"
  /// To read users, without which members are shown by type and id alone.
  case userReadAll = "User.Read.All"
}
