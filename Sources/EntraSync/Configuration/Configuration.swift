/// One configuration: which tenant to sign in to, as whom, and whom to read.
public struct Configuration: Sendable {
  /// Which members of a group count.
  public enum Membership: String, Sendable, CaseIterable {
    /// The group's own members.
    case direct
    /// The members of nested groups too.
    case transitive

    /// What Graph calls these members of a group, as a part of a path.
    ///
    /// Source: Microsoft Graph v1.0, "List group members" and "List group transitive members".
    var pathSegment: String { self == .direct ? "members" : "transitiveMembers" }
  }

  /// What an excluded group without people means.
  public enum EmptyExclusions: String, Sendable, CaseIterable {
    /// A mistake, which stops the run.
    case stop
    /// Nobody to leave out.
    case allowed
  }

  /// Which accounts count.
  public enum Accounts: String, Sendable, CaseIterable {
    /// All of them, even disabled ones such as shared mailboxes.
    case all
    /// Only those that may sign in.
    case enabled
  }

  /// Which kinds of user count.
  public enum UserType: String, Sendable, CaseIterable {
    /// All of them.
    case all
    /// Only members: the tenant's own people, and accounts of other tenants that were made members.
    case member
    /// Only members that are no accounts of other tenants.
    case `internal`
    /// Only people who were invited from elsewhere.
    case guest
  }

  /// Whether mail contacts count.
  public enum Contacts: String, Sendable, CaseIterable {
    /// They do not.
    case no
    /// They count like people. They have no account, so ACCOUNTS and USERTYPE say nothing of them.
    case yes
  }

  /// The path of the file that it was read from, which messages begin with.
  public var path: String
  /// The tenant's GUID or verified domain, in lower case; empty for a managed identity whose tenant
  /// the file does not name.
  public var tenant: String
  /// The application's GUID; that of a managed identity that signs in itself, or zeros for the
  /// machine's own, whose id nobody has to know.
  public var clientID: ObjectID
  /// How the application signs in.
  public var credential: Credential
  /// How it signs in when that is refused; `nil` if it then does not.
  public var nextCredential: Credential?
  /// Whether ``credential`` is the next one: see ``succeeding``.
  public private(set) var usesNext = false
  /// When the client secret ends, in seconds since 1970, if the file says it.
  public var secretEnd: Double?
  /// The groups whose members are read.
  public var groups: [ObjectID]
  /// The groups whose members are left out.
  public var excludedGroups: [ObjectID] = []
  /// What an excluded group without people means.
  public var emptyExclusions = EmptyExclusions.stop
  /// The attributes that make up a line.
  public var queryFilter: QueryFilter
  /// Which members count.
  public var membership = Membership.direct
  /// Which accounts count.
  public var accounts = Accounts.all
  /// Which kinds of user count.
  public var userType = UserType.all
  /// Whether mail contacts count.
  public var contacts = Contacts.no

  /// Whether a member counts as one of the people, as far as its type tells.
  ///
  /// - Parameter member: A member of a group, or somebody who has an address.
  /// - Returns: `false` for a member that is counted and not read.
  public func counts(_ member: Member) -> Bool {
    member.isUser || (contacts == .yes && member.kind == .contact)
  }
  /// Whether it matters which accounts are those of other tenants.
  var tellsExternals: Bool { userType == .member || userType == .internal }
  /// Which of their values count, and how telephone numbers are written.
  public var valueRules = ValueRules()
  /// Where Entra ID is, which issues tokens.
  public var login: Endpoint
  /// Where Graph is.
  public var graph: Endpoint
  /// The scope that a token is asked for.
  public var scope: String
  /// The audience of a client assertion: the token endpoint under Entra ID's own name.
  public var audience: String
  /// The audience of tokens that a managed identity gets for an application; `nil` for a cloud in
  /// which none is known.
  public var exchangeAudience: String?
  /// A PEM file of trusted authorities, which replaces the system's.
  public var caFile: String?
  /// A proxy, which replaces the one of the environment; its URL may hold a password.
  public var proxy: Secret?
  /// How long a whole run may take, in seconds.
  public var timeout = 300
  /// How much a list may change in one run.
  public var changeGuard = ChangeGuard()
  /// The audit: a file to which each run adds what it did; `nil` for no audit.
  public var auditFile: String?
  /// A folder in which a process keeps its token for the next one, and in which runs are
  /// remembered; `nil` to keep no token, and to remember runs in the standard folder.
  public var stateFolder: String?
  /// Whether runs are remembered.
  public var remembersRuns = true
  /// Which files the configuration may name. What reads it from a file decides that.
  public var reach = Reach.anywhere
  /// The line number of each key in the file, for messages.
  public var lines: [ConfigurationKey: Int] = [:]
  /// What a person should correct, one line each, without the file's name.
  public var warnings: [String] = []

  /// Whether another configuration names the same proxy, or none as well.
  public func hasSameProxy(as other: Configuration) -> Bool {
    switch (proxy, other.proxy) {
    case (let proxy?, let other?): proxy.isEqual(to: other)
    case (nil, nil): true
    default: false
    }
  }

  /// Whether the file itself holds a client secret, or the password of a key or a proxy.
  public var holdsSecret: Bool {
    let isPasswordInProxy = proxy?.withBytes { $0.contains(UInt8(ascii: "@")) } ?? false
    return isPasswordInProxy || credential.isInConfiguration
      || nextCredential?.isInConfiguration ?? false
  }

  /// The same configuration with its next credential in the place of the first; `nil` without one.
  ///
  /// Messages about it name the keys of the next credential.
  public var succeeding: Configuration? {
    guard let nextCredential else { return nil }
    var result = self
    (result.credential, result.nextCredential, result.secretEnd) = (nextCredential, nil, nil)
    result.usesNext = true
    return result
  }

  /// A key with its line, for a message that says what to change.
  ///
  /// - Parameter key: The key to name.
  /// - Returns: A text such as `GROUPID (line 4)`, or the key alone if the file does not have it.
  public func keyAndLine(_ key: ConfigurationKey) -> String {
    let key = usesNext ? key.ofNextCredential ?? key : key
    return lines[key].map { "\(key.rawValue) (line \($0))" } ?? key.rawValue
  }

  /// The keys that the scope of tokens depends on, for a message that says what to check.
  public var scopeKeys: String {
    lines[.scope] == nil ? "CLOUD and GRAPHURL" : "\(keyAndLine(.scope)) and GRAPHURL"
  }
}
