/// What Graph is asked to tell of each user: the `$select` of a request for members or users.
///
/// Source: Microsoft Graph, "Use the $select query parameter".
struct UserSelection {
  /// The names in their order: the id first, and each once.
  let names: [String]

  /// Creates a selection.
  ///
  /// - Parameters:
  ///   - attributes: The attributes that are read.
  ///   - account: Whether to ask if the account may sign in, and what kind of user it is.
  ///   - creationType: Whether to ask how the account came to be.
  ///   - contactPhones: Whether to ask for the telephone numbers of contacts.
  init(
    _ attributes: [Attribute], account: Bool, creationType: Bool = false,
    contactPhones: Bool = false
  ) {
    var names = ["id"]
    for attribute in attributes where !names.contains(attribute.selection) {
      names.append(attribute.selection)
    }
    if account { names += ["accountEnabled", "userType"] }
    if creationType { names.append("creationType") }
    if contactPhones { names.append("phones") }
    self.names = names
  }

  /// What Graph is asked to tell of each mail contact.
  ///
  /// Source: Microsoft Graph v1.0, resource type `orgContact`.
  ///
  /// - Parameter attributes: The attributes that are read. Those that contacts do not have are left
  ///   out.
  init(contacts attributes: [Attribute]) {
    let known = [
      "mail", "proxyAddresses", "displayName", "givenName", "surname", "mailNickname", "jobTitle",
      "department", "companyName",
    ]
    names =
      ["id"] + attributes.map(\.name).filter(known.contains)
      + (UserSelection.hasContactPhones(attributes) ? ["phones"] : [])
  }

  /// Whether some of the attributes are among the telephone numbers of contacts.
  ///
  /// - Parameter attributes: The attributes that are read.
  /// - Returns: Whether `phones` is needed.
  static func hasContactPhones(_ attributes: [Attribute]) -> Bool {
    attributes.contains { attribute in ContactPhones.places.contains { $0.name == attribute.name } }
  }

  /// The query option, such as `$select=id,mail`.
  var query: String { "$select=\(names.joined(separator: ","))" }
}
