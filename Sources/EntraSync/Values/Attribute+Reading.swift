extension Attribute {
  /// Whether a value is one of those that the attribute is read for.
  ///
  /// `proxyAddresses` holds `SMTP:` and `smtp:` entries beside `SIP:`, `X500:` and others, which are
  /// no e-mail addresses and nobody's mistake.
  ///
  /// - Parameter value: What the directory holds.
  /// - Returns: `false` for a value to be passed over.
  func counts(_ value: String) -> Bool {
    guard name == "proxyAddresses",
      let colon = value.utf8.firstIndex(of: UInt8(ascii: ":"))
    else { return true }
    return String(value[..<colon]).trimmed.lowercased() == "smtp"
  }

  /// Turns a value of this attribute into what a line may hold.
  ///
  /// - Parameter value: What the directory holds.
  /// - Throws: A ``Malformed`` value with the reason why it is left out.
  /// - Returns: The value in lower case, without anything that is syntax in a list.
  public func read(_ value: String) throws(Malformed) -> String {
    switch kind {
    case .address:
      // A guest's sign-in name is made of the address at home: `anna_contoso.com#EXT#@…`.
      guard name != "userPrincipalName" || !value.contains("#") else {
        throw Malformed("is a guest's sign-in name and not an address")
      }
      return try Address(value).text
    case .phone: return try PhoneNumber(value).text
    case .text: return try Word(value).text
    }
  }
}
