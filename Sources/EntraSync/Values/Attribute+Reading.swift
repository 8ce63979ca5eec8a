extension Attribute {
  /// Whether a value counts, or is ignored without a word.
  ///
  /// `proxyAddresses` has entries that begin with `SMTP:` or `smtp:`, and others such as `SIP:` and
  /// `X500:`, which are not e-mail addresses and not a mistake.
  ///
  /// - Parameter value: The directory's value.
  /// - Returns: `false` for a value to be ignored.
  func counts(_ value: String) -> Bool {
    guard name == "proxyAddresses",
      let colon = value.utf8.firstIndex(of: UInt8(ascii: ":"))
    else { return true }
    return String(value[..<colon]).trimmed.lowercased() == "smtp"
  }

  /// Turns a value of this attribute into what a line may hold.
  ///
  /// - Parameters:
  ///   - value: The directory's value.
  ///   - rules: What the configuration demands of values.
  /// - Throws: ``Malformed`` with the reason why it is left out.
  /// - Returns: The value in lower case, without anything that is syntax in a list.
  public func read(_ value: String, by rules: ValueRules) throws(Malformed) -> String {
    switch kind {
    case .address:
      // A guest's sign-in name is made of their own address: `anna_contoso.com#EXT#@…`.
      guard name != "userPrincipalName" || !value.contains("#") else {
        throw Malformed("is a guest's sign-in name and not an address")
      }
      return try rules.address(value).text
    case .phone: return try rules.phoneNumber(value).text
    case .text: return try Word(value).text
    }
  }
}
