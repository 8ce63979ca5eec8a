extension Attribute {
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
        throw Malformed("is a guest's sign-in name and no address")
      }
      return try Address(value).text
    case .phone: return try PhoneNumber(value).text
    case .text: return try Word(value).text
    }
  }
}
