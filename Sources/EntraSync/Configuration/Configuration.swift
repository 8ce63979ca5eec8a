/// One configuration: which tenant to sign in to, as whom, and whom to read.
public struct Configuration: Sendable {
  /// Which members of a group count.
  public enum Membership: String, Sendable, CaseIterable {
    /// The group's own members.
    case direct
    /// The members of nested groups too.
    case transitive
  }

  /// Which accounts count.
  public enum Accounts: String, Sendable, CaseIterable {
    /// Those that may not sign in too, such as shared mailboxes.
    case all
    /// Those that may sign in.
    case enabled
  }

  /// Which kinds of user count.
  public enum UserType: String, Sendable, CaseIterable {
    /// All of them.
    case all
    /// The tenant's own people.
    case member
    /// People invited from elsewhere.
    case guest
  }

  /// The file it was read from, as messages name it.
  public var path: String
  /// The tenant's GUID or verified domain, in lower case.
  public var tenant: String
  /// The application's GUID.
  public var clientID: ObjectID
  /// How the application signs in.
  public var credential: Credential
  /// The groups whose members are read.
  public var groups: [ObjectID]
  /// The groups whose members are left out.
  public var excludedGroups: [ObjectID] = []
  /// What a line is made of.
  public var queryFilter: QueryFilter
  /// Which members count.
  public var membership = Membership.direct
  /// Which accounts count.
  public var accounts = Accounts.all
  /// Which kinds of user count.
  public var userType = UserType.all
  /// Where tokens come from.
  public var login: Endpoint
  /// Where Graph is.
  public var graph: Endpoint
  /// The scope that a token is asked for.
  public var scope: String
  /// Whom a client assertion is addressed to: the token endpoint as Entra ID itself calls it.
  public var audience: String
  /// A PEM file of trusted authorities in place of the system's.
  public var caFile: String?
  /// A proxy in place of the environment's.
  public var proxy: Secret?
  /// How long a whole run may take, in seconds.
  public var timeout = 300
  /// How much a list may change in one run.
  public var changeGuard = ChangeGuard()
  /// A file to which each run adds what it did, if there shall be one.
  public var auditFile: String?
  /// A folder in which one process leaves its token to the next, if it shall.
  public var stateFolder: String?
  /// The line that each key stood in, for messages.
  public var lines: [ConfigurationKey: Int] = [:]
  /// What a person should mend, one line each, without the file name.
  public var warnings: [String] = []

  /// Whether the file itself holds something that nobody else may see.
  public var holdsSecret: Bool {
    let isPasswordInProxy = proxy?.withBytes { $0.contains(UInt8(ascii: "@")) } ?? false
    return switch credential {
    case .secret: true
    case .secretFile, .certificate: isPasswordInProxy
    }
  }

  /// A key with its line, for a message that tells what to change.
  ///
  /// - Parameter key: The key to name.
  /// - Returns: Such as `GROUPID (line 4)`, or the key alone where the file does not name it.
  public func keyAndLine(_ key: ConfigurationKey) -> String {
    lines[key].map { "\(key.rawValue) (line \($0))" } ?? key.rawValue
  }
}
