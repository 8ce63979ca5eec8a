/// The text of a `.entraidconf`.
enum ConfigurationText {
  /// Key and value, one a line.
  ///
  /// - Parameters:
  ///   - registration: The application and its secret.
  ///   - group: The group's id.
  ///   - queryFilter: The attributes to ask for.
  ///   - origin: The scheme and host of both endpoints.
  /// - Returns: The text, which ends with a newline.
  static func make(
    registration: Registration, group: String, queryFilter: String, origin: String
  ) -> String {
    """
    TENANTID = \(registration.tenant)
    CLIENTID = \(registration.clientID)
    CLIENTSECRET = \(quoted(registration.clientSecret))
    GROUPID = \(group)
    QUERYFILTER = \(queryFilter)
    LOGINURL = \(origin)
    GRAPHURL = \(origin)

    """
  }

  /// The value as the configuration needs it: in quotes where it would be read differently without.
  private static func quoted(_ value: String) -> String {
    let isPlain = value.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"") }
    return isPlain && !value.isEmpty ? value : "\"\(value)\""
  }
}
