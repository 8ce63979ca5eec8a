/// The text of a `.entraidconf`.
enum ConfigurationText {
  /// Writes the configuration, one key and its value on each line.
  ///
  /// - Parameters:
  ///   - registration: The application and its secret.
  ///   - group: The group's id.
  ///   - queryFilter: The attributes to ask for.
  ///   - origin: The scheme and host of the token endpoint and of Graph.
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

  /// The value, in quotes where a reader would change it without them.
  private static func quoted(_ value: String) -> String {
    let isPlain = value.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"") }
    return isPlain && !value.isEmpty ? value : "\"\(value)\""
  }
}
