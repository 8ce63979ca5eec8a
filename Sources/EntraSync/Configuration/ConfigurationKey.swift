/// A key of an `.entraidconf` file.
public enum ConfigurationKey: String, CaseIterable, Sendable {
  /// The tenant.
  case tenantID = "TENANTID"
  /// The application.
  case clientID = "CLIENTID"
  /// The client secret.
  case clientSecret = "CLIENTSECRET"
  /// The path of a file that holds the client secret.
  case clientSecretFile = "CLIENTSECRETFILE"
  /// The path of a certificate, in place of a client secret.
  case clientCertificate = "CLIENTCERTIFICATE"
  /// The path of the certificate's private key, if it is not in the certificate's file.
  case clientKey = "CLIENTKEY"
  /// The password of these files.
  case clientKeyPassword = "CLIENTKEYPASSWORD"
  /// The path of a file that holds the password of these files.
  case clientKeyPasswordFile = "CLIENTKEYPASSWORDFILE"
  /// When the client secret ends, as Entra ID has shown it.
  case secretExpires = "SECRETEXPIRES"
  /// The client secret that is used when the first credential is refused.
  case nextClientSecret = "NEXTCLIENTSECRET"
  /// The path of a file that holds this client secret.
  case nextClientSecretFile = "NEXTCLIENTSECRETFILE"
  /// The path of a certificate that is used when the first credential is refused.
  case nextClientCertificate = "NEXTCLIENTCERTIFICATE"
  /// The path of this certificate's private key, if it is not in the certificate's file.
  case nextClientKey = "NEXTCLIENTKEY"
  /// The password of these files.
  case nextClientKeyPassword = "NEXTCLIENTKEYPASSWORD"
  /// The path of a file that holds the password of these files.
  case nextClientKeyPasswordFile = "NEXTCLIENTKEYPASSWORDFILE"
  /// The path of a file that holds a token of another issuer, in place of a client secret.
  case federatedTokenFile = "FEDERATEDTOKENFILE"
  /// A managed identity of this machine, in place of a client secret.
  case managedIdentity = "MANAGEDIDENTITY"
  /// The groups whose members are read.
  case groupID = "GROUPID"
  /// The attributes that make up a line.
  case queryFilter = "QUERYFILTER"
  /// The groups whose members are left out.
  case excludeGroupID = "EXCLUDEGROUPID"
  /// Whether an excluded group may have nobody in it.
  case excludeEmpty = "EXCLUDEEMPTY"
  /// Whether the members of nested groups count.
  case membership = "MEMBERSHIP"
  /// Whether disabled accounts count.
  case accounts = "ACCOUNTS"
  /// Whether guests count.
  case userType = "USERTYPE"
  /// Whether mail contacts count.
  case contacts = "CONTACTS"
  /// The country of telephone numbers that name none.
  case countryCode = "COUNTRYCODE"
  /// Which telephone numbers count.
  case phones = "PHONES"
  /// The only domains whose addresses count.
  case domains = "DOMAINS"
  /// Addresses that do not count.
  case excludeAddresses = "EXCLUDEADDRESSES"
  /// Which of Microsoft's clouds the tenant is in.
  case cloud = "CLOUD"
  /// Where Entra ID is, in place of the cloud's own host.
  case loginURL = "LOGINURL"
  /// Where Graph is, in place of the cloud's own host.
  case graphURL = "GRAPHURL"
  /// The scope of tokens, in place of that of the cloud's Graph.
  case scope = "SCOPE"
  /// A file of trusted authorities, in place of the system's.
  case caFile = "CAFILE"
  /// A proxy, in place of the environment's.
  case proxy = "PROXY"
  /// How long a run may take, in seconds.
  case timeout = "TIMEOUT"
  /// How much a list may lose in one run.
  case maxRemoved = "MAXREMOVED"
  /// How much a list may gain in one run.
  case maxAdded = "MAXADDED"
  /// The audit, to which each run adds what it did.
  case auditFile = "AUDITFILE"
  /// The folder in which a process keeps its token for the next one.
  case stateDir = "STATEDIR"

  /// Finds a key as a person typed it: case, spaces, `_` and `-` do not matter.
  ///
  /// - Parameter text: The text before the separator.
  public init?(typed text: some StringProtocol) {
    let name = String(text.filter { !ConfigurationKey.isPassedOver($0) }).uppercased()
    guard let key = ConfigurationKey(rawValue: name) ?? ConfigurationKey.aliases[name] else {
      return nil
    }
    self = key
  }

  /// Whether a character in a typed key is ignored.
  static func isPassedOver(_ character: Character) -> Bool { " \t_-".contains(character) }

  /// The number of characters of the longest key or alias.
  static let longestName =
    (allCases.map(\.rawValue) + aliases.keys).map(\.count).max() ?? 0

  /// The names that Entra ID's own pages use for the same values.
  private static let aliases: [String: ConfigurationKey] = [
    "DIRECTORYID": .tenantID,
    "APPLICATIONID": .clientID,
    "SECRETVALUE": .clientSecret,
  ]
}

extension ConfigurationKey {
  /// The kind of credential that the key is a part of; `nil` for any other key.
  ///
  /// There is no `default`, so that a key that is added has to say what it is. Otherwise the path
  /// of a file might be sent as a client secret.
  var credentialKind: Credential.Kind? {
    switch self {
    case .clientSecret: .secret
    case .clientSecretFile: .secretFile
    case .clientCertificate, .clientKey, .clientKeyPassword, .clientKeyPasswordFile: .certificate
    case .federatedTokenFile: .federatedToken
    case .managedIdentity: .managedIdentity
    case .tenantID, .clientID, .groupID, .queryFilter, .excludeGroupID, .excludeEmpty, .membership,
      .accounts, .userType, .contacts, .countryCode, .phones, .domains, .excludeAddresses, .cloud,
      .loginURL, .graphURL, .scope, .caFile, .proxy, .timeout, .maxRemoved, .maxAdded, .auditFile,
      .stateDir, .secretExpires, .nextClientSecret, .nextClientSecretFile, .nextClientCertificate,
      .nextClientKey, .nextClientKeyPassword, .nextClientKeyPasswordFile:
      nil
    }
  }

  /// The key that says the same of the next credential; `nil` for a key that has none.
  var ofNextCredential: ConfigurationKey? { ConfigurationKey(rawValue: "NEXT\(rawValue)") }

  /// What may stand in the value; `nil` if the value is checked, so that a mistake is an error.
  var freeText: FreeText? {
    switch self {
    case .clientSecret, .nextClientSecret: .secret
    case .clientKeyPassword, .nextClientKeyPassword: .password
    case .clientSecretFile, .clientCertificate, .clientKey, .clientKeyPasswordFile,
      .nextClientSecretFile, .nextClientCertificate, .nextClientKey, .nextClientKeyPasswordFile,
      .federatedTokenFile, .caFile, .auditFile, .stateDir:
      .path
    case .tenantID, .clientID, .managedIdentity, .groupID, .queryFilter, .excludeGroupID,
      .excludeEmpty, .membership, .accounts, .userType, .contacts, .countryCode, .phones,
      .domains, .excludeAddresses, .cloud, .loginURL, .graphURL, .scope, .proxy, .timeout,
      .maxRemoved, .maxAdded, .secretExpires:
      nil
    }
  }

  /// A value that may be any text.
  enum FreeText {
    /// A client secret, which Entra ID has made.
    case secret
    /// A password, which a person has chosen.
    case password
    /// The path of a file or folder.
    case path
  }
}
