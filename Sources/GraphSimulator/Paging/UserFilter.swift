/// The `$filter` that finds users: one address property or another has a given value.
///
/// - SeeAlso: Microsoft Graph, "Use the $filter query parameter".
struct UserFilter: Sendable, Equatable {
  /// A condition: a property, or one of its values, is equal to a text.
  struct Clause: Sendable, Hashable {
    /// The property.
    let attribute: Attribute
    /// The name inside the property, which is an object; empty for other properties.
    var part = ""
    /// The value, compared without regard to case.
    let value: String
  }

  /// The filter as it was written.
  let text: String
  /// The conditions, of which at least one must hold.
  let clauses: [Clause]
}

extension UserFilter {
  /// The largest number of clauses that `or` may join.
  static let maximalClauses = 15

  /// The properties with one value that a filter may compare.
  private static let single: [Attribute] = [.mail, .userPrincipalName, .smsNumber]
  /// The properties with several values that a filter may search by `any`.
  private static let several: [Attribute] = [.otherMails, .proxyAddresses]

  /// Creates a filter from its text.
  ///
  /// - Parameters:
  ///   - text: The filter, such as `mail eq 'x' or proxyAddresses/any(p:p eq 'smtp:x')`.
  ///   - isAdvanced: Whether the request has `ConsistencyLevel: eventual` and `$count=true`.
  /// - Throws: Graph's error for a filter that it cannot read or does not support.
  init(_ text: String, isAdvanced: Bool = false) throws(GraphError) {
    var scanner = FilterScanner(text)
    var clauses: [Clause] = []
    repeat {
      let clause = try Self.clause(&scanner)
      guard clause.part.isEmpty || isAdvanced else { throw .unsupportedFilter(clause.part) }
      clauses.append(clause)
    } while try scanner.skipOr()
    guard clauses.count <= Self.maximalClauses else {
      throw GraphError(
        status: 400, code: "Request_UnsupportedQuery",
        message: "Too many child clauses specified in search filter expression containing 'OR' "
          + "operators: \(clauses.count). Max allowed: \(Self.maximalClauses).")
    }
    self.text = text
    self.clauses = clauses
  }

  private static func clause(_ scanner: inout FilterScanner) throws(GraphError) -> Clause {
    let name = try scanner.name()
    guard let attribute = Attribute(rawValue: name) else {
      // startsWith(…), not(…) and the like are functions.
      throw scanner.isAt("(")
        ? .unsupportedFilter(name)
        : .invalidFilter(
          "Could not find a property named '\(name)' on type 'microsoft.graph.user'.")
    }
    guard scanner.isAt("/") else {
      guard single.contains(attribute) else { throw .unsupportedFilter(name) }
      return Clause(attribute: attribute, value: try equality(&scanner, of: name))
    }
    if attribute == .onPremisesExtensionAttributes {
      try scanner.expect("/")
      let part = try scanner.name()
      guard (1...15).contains(where: { part == "extensionAttribute\($0)" }) else {
        throw .unsupportedFilter(part)
      }
      return Clause(attribute: attribute, part: part, value: try equality(&scanner, of: part))
    }
    guard several.contains(attribute) else { throw .unsupportedFilter(name) }
    try scanner.expect("/")
    guard try scanner.name() == "any" else { throw .unsupportedFilter(name) }
    try scanner.expect("(")
    let variable = try scanner.name()
    try scanner.expect(":")
    guard try scanner.name() == variable else { throw .unsupportedFilter(name) }
    let value = try equality(&scanner, of: name)
    try scanner.expect(")")
    return Clause(attribute: attribute, value: value)
  }

  private static func equality(
    _ scanner: inout FilterScanner, of name: String
  ) throws(GraphError) -> String {
    guard try scanner.name() == "eq" else { throw .unsupportedFilter(name) }
    return try scanner.string()
  }
}

extension GraphError {
  /// Graph's error for a filter that it can read but does not support.
  fileprivate static func unsupportedFilter(_ property: String) -> GraphError {
    GraphError(
      status: 400, code: "Request_UnsupportedQuery",
      message: "Unsupported or invalid query filter clause specified for property '\(property)' of "
        + "resource 'User'.")
  }

  /// Graph's error for a filter that it cannot read.
  static func invalidFilter(_ reason: String) -> GraphError {
    GraphError(status: 400, code: "BadRequest", message: "Invalid filter clause: \(reason)")
  }
}
