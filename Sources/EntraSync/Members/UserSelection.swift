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
  ///   - accountEnabled: Whether to ask if the account may sign in.
  ///   - userType: Whether to ask what kind of user it is.
  ///   - creationType: Whether to ask how the account came to be.
  init(
    _ attributes: [Attribute], accountEnabled: Bool, userType: Bool, creationType: Bool = false
  ) {
    var names = ["id"] + attributes.map(\.name).filter { $0 != "id" }
    if accountEnabled { names.append("accountEnabled") }
    if userType { names.append("userType") }
    if creationType { names.append("creationType") }
    self.names = names
  }

  /// The query option, such as `$select=id,mail`.
  var query: String { "$select=\(names.joined(separator: ","))" }
}
