/// A key of an `.entraidconf` file.
public enum ConfigurationKey: String, CaseIterable, Sendable {
  /// The tenant.
  case tenantID = "TENANTID"
  /// The application.
  case clientID = "CLIENTID"
  /// The application's secret.
  case clientSecret = "CLIENTSECRET"
  /// A file that holds the secret.
  case clientSecretFile = "CLIENTSECRETFILE"
  /// A certificate in place of a secret.
  case clientCertificate = "CLIENTCERTIFICATE"
  /// The certificate's private key.
  case clientKey = "CLIENTKEY"
  /// The groups whose members are read.
  case groupID = "GROUPID"
  /// What a line is made of.
  case queryFilter = "QUERYFILTER"
  /// The groups whose members are left out.
  case excludeGroupID = "EXCLUDEGROUPID"
  /// Whether nested groups count.
  case membership = "MEMBERSHIP"
  /// Whether disabled accounts count.
  case accounts = "ACCOUNTS"
  /// Whether guests count.
  case userType = "USERTYPE"
  /// Which of Microsoft's clouds.
  case cloud = "CLOUD"
  /// Where tokens come from, in place of the cloud's.
  case loginURL = "LOGINURL"
  /// Where Graph is, in place of the cloud's.
  case graphURL = "GRAPHURL"
  /// Trusted authorities in place of the system's.
  case caFile = "CAFILE"
  /// A proxy in place of the environment's.
  case proxy = "PROXY"
  /// How long a run may take.
  case timeout = "TIMEOUT"
  /// How much a list may lose in one run.
  case maxRemoved = "MAXREMOVED"
  /// How much a list may gain in one run.
  case maxAdded = "MAXADDED"
  /// Where each run says what it did.
  case auditFile = "AUDITFILE"
  /// Where one process leaves its token to the next.
  case stateDir = "STATEDIR"

  /// Finds the key that a person meant: case, spaces, `_` and `-` do not matter.
  ///
  /// - Parameter text: What stood before the separator.
  public init?(typed text: some StringProtocol) {
    let name = String(text.filter { !ConfigurationKey.isPassedOver($0) }).uppercased()
    guard let key = ConfigurationKey(rawValue: name) ?? ConfigurationKey.aliases[name] else {
      return nil
    }
    self = key
  }

  /// Whether a character does not matter in a name.
  static func isPassedOver(_ character: Character) -> Bool { " \t_-".contains(character) }

  /// How many characters the longest name has.
  static let longestName =
    (allCases.map(\.rawValue) + aliases.keys).map(\.count).max() ?? 0

  /// The names that Entra's own pages use for the same values.
  private static let aliases: [String: ConfigurationKey] = [
    "DIRECTORYID": .tenantID,
    "APPLICATIONID": .clientID,
    "SECRETVALUE": .clientSecret,
  ]
}

extension ConfigurationKey {
  /// Which kind of credential the key is a part of; `nil` for a key that has nothing to do with it.
  ///
  /// There is no `default`: a key that is added has to say what it is, so that a file's path is never
  /// sent as a client secret.
  var credentialKind: Credential.Kind? {
    switch self {
    case .clientSecret: .secret
    case .clientSecretFile: .secretFile
    case .clientCertificate, .clientKey: .certificate
    case .tenantID, .clientID, .groupID, .queryFilter, .excludeGroupID, .membership, .accounts,
      .userType, .cloud, .loginURL, .graphURL, .caFile, .proxy, .timeout, .maxRemoved, .maxAdded,
      .auditFile, .stateDir:
      nil
    }
  }
}
