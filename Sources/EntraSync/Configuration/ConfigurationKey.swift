/// A key of an `.entraidconf` file.
public enum ConfigurationKey: String, CaseIterable, Sendable {
  case tenantID = "TENANTID"
  case clientID = "CLIENTID"
  case clientSecret = "CLIENTSECRET"
  case clientSecretFile = "CLIENTSECRETFILE"
  case clientCertificate = "CLIENTCERTIFICATE"
  case clientKey = "CLIENTKEY"
  case groupID = "GROUPID"
  case queryFilter = "QUERYFILTER"
  case excludeGroupID = "EXCLUDEGROUPID"
  case membership = "MEMBERSHIP"
  case accounts = "ACCOUNTS"
  case userType = "USERTYPE"
  case cloud = "CLOUD"
  case loginURL = "LOGINURL"
  case graphURL = "GRAPHURL"
  case caFile = "CAFILE"
  case proxy = "PROXY"
  case timeout = "TIMEOUT"
  case maxRemoved = "MAXREMOVED"
  case maxAdded = "MAXADDED"

  /// Finds the key that a person meant: case, spaces, `_` and `-` do not matter.
  ///
  /// - Parameter text: What stood before the separator.
  public init?(typed text: some StringProtocol) {
    let name = String(text.filter { !" \t_-".contains($0) }).uppercased()
    guard let key = ConfigurationKey(rawValue: name) ?? ConfigurationKey.aliases[name] else {
      return nil
    }
    self = key
  }

  /// The names that Entra's own pages use for the same values.
  private static let aliases: [String: ConfigurationKey] = [
    "DIRECTORYID": .tenantID,
    "APPLICATIONID": .clientID,
    "SECRETVALUE": .clientSecret,
  ]
}
