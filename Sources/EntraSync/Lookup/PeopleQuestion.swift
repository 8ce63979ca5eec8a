/// Asks Graph who in the tenant has an address.
///
/// Source: Microsoft Graph v1.0, "List users" and "Use the $filter query parameter".
struct PeopleQuestion {
  /// How many people a page may have. A filtered request for fewer than twenty costs less, and an
  /// address seldom belongs to more than one person.
  static let pageSize = 10

  /// What to ask.
  let question: GraphQuestion

  /// Puts the question together.
  ///
  /// - Parameters:
  ///   - address: The address; it is escaped, so no byte of it acts as syntax.
  ///   - configuration: Which attributes hold addresses, and what else has to be known.
  ///   - withAliases: Whether a person's other addresses count too.
  init(_ address: Address, of configuration: Configuration, withAliases: Bool) {
    var sources = configuration.queryFilter.fields.first?.alternatives ?? []
    // The sign-in name also finds people whose address the directory writes with white space.
    for extra in PeopleQuestion.extras(withAliases)
    where extra.kind == .address && !sources.contains(extra) {
      sources.append(extra)
    }
    let filter = sources.flatMap { PeopleQuestion.clauses($0, address.text) }
      .joined(separator: " or ")
    let selection = UserSelection(
      PeopleQuestion.attributes(of: configuration, withAliases: withAliases), account: true,
      creationType: configuration.tellsExternals)
    let needsIndex = PeopleQuestion.needsIndex(configuration)
    question = GraphQuestion(
      "/users?$filter=\(PercentEncoding.encode(filter))&\(selection.query)"
        + "&$top=\(PeopleQuestion.pageSize)" + (needsIndex ? "&$count=true" : ""),
      needsIndex: needsIndex)
  }

  /// Whether the address may stand in an attribute that Graph finds only in its index, which lags
  /// behind the directory.
  ///
  /// - Parameter configuration: Whose QUERYFILTER names the address first.
  /// - Returns: Whether each page has to be asked for with `ConsistencyLevel: eventual`.
  static func needsIndex(_ configuration: Configuration) -> Bool {
    configuration.queryFilter.fields.first?.alternatives.contains(where: \.needsIndex) ?? false
  }

  /// The attributes that are asked for.
  ///
  /// - Parameters:
  ///   - configuration: Whose QUERYFILTER needs some.
  ///   - withAliases: Whether a person's other addresses count too.
  /// - Returns: Those of the filter, the names of a person, and the aliases if they count.
  static func attributes(of configuration: Configuration, withAliases: Bool) -> [Attribute] {
    var attributes = configuration.queryFilter.attributes
    for extra in extras(withAliases) where !attributes.contains(extra) { attributes.append(extra) }
    return attributes
  }

  private static func extras(_ withAliases: Bool) -> [Attribute] {
    [.signInName, .displayName] + (withAliases ? [.aliases] : [])
  }

  /// The conditions of a filter that finds the address in an attribute.
  ///
  /// - Parameters:
  ///   - attribute: The attribute.
  ///   - address: The address.
  /// - Returns: One or more, of which one has to hold.
  static func clauses(_ attribute: Attribute, _ address: String) -> [String] {
    switch attribute {
    case .aliases:
      // Microsoft does not document whether the prefix is case-sensitive.
      ["smtp:", "SMTP:"].map {
        "\(attribute.name)/any(a:a eq \(($0 + address).odataLiteral))"
      }
    case _ where attribute.isCollection:
      ["\(attribute.name)/any(a:a eq \(address.odataLiteral))"]
    default: ["\(attribute.filterPath) eq \(address.odataLiteral)"]
    }
  }
}
