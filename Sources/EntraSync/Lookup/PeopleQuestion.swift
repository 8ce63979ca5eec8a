/// Asks Graph who in the tenant has an address.
///
/// Source: Microsoft Graph v1.0, "List users" and "Use the $filter query parameter".
struct PeopleQuestion {
  /// How many people a page may have. A filtered request for fewer than twenty costs less, and an
  /// address seldom belongs to more than one person.
  static let pageSize = 10

  /// The most conditions that Graph takes in one filter.
  private static let mostClauses = 15

  /// What to ask, at least one question. Each may find other people.
  let questions: [GraphQuestion]

  /// Puts the questions together.
  ///
  /// - Parameters:
  ///   - address: The address; it is escaped, so no byte of it acts as syntax.
  ///   - field: The field of QUERYFILTER that is the address.
  ///   - configuration: What else has to be known of people.
  ///   - withAliases: Whether a person's other addresses count too.
  init(
    _ address: Address, in field: QueryFilter.Field, of configuration: Configuration,
    withAliases: Bool
  ) {
    let selection = UserSelection(
      PeopleQuestion.attributes(of: configuration, withAliases: withAliases), account: true,
      creationType: configuration.tellsExternals)
    let needsIndex = PeopleQuestion.needsIndex(field)
    let clauses = PeopleQuestion.places(in: field, withAliases).flatMap {
      PeopleQuestion.clauses($0, address.text)
    }
    questions = stride(from: 0, to: clauses.count, by: PeopleQuestion.mostClauses).map { start in
      let filter = clauses[start...].prefix(PeopleQuestion.mostClauses).joined(separator: " or ")
      return GraphQuestion(
        "/users?$filter=\(PercentEncoding.encode(filter))&\(selection.query)"
          + "&$top=\(PeopleQuestion.pageSize)" + (needsIndex ? "&$count=true" : ""),
        needsIndex: needsIndex)
    }
  }

  /// How many questions there are.
  ///
  /// - Parameters:
  ///   - field: The field of QUERYFILTER that is the address.
  ///   - withAliases: Whether a person's other addresses count too.
  /// - Returns: At least 1.
  static func count(in field: QueryFilter.Field, withAliases: Bool) -> Int {
    let clauses = places(in: field, withAliases).reduce(0) { $0 + spellings(in: $1).count }
    return (clauses + mostClauses - 1) / mostClauses
  }

  /// Whether the address may stand in an attribute that Graph finds only in its index, which lags
  /// behind the directory.
  ///
  /// - Parameter field: The field of QUERYFILTER that is the address.
  /// - Returns: Whether each page has to be asked for with `ConsistencyLevel: eventual`.
  static func needsIndex(_ field: QueryFilter.Field) -> Bool {
    field.alternatives.contains(where: \.needsIndex)
  }

  /// The attributes in which the address is looked for. The sign-in name is always one of them.
  private static func places(in field: QueryFilter.Field, _ withAliases: Bool) -> [Attribute] {
    field.alternatives
      + extras(withAliases).filter {
        $0.kind == .address && !field.alternatives.contains($0)
      }
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
  /// Graph compares whole values. A list reads a value without white space and without `smtp:` in
  /// front of it, so the usual ways of writing an address are looked for.
  ///
  /// - Parameters:
  ///   - attribute: The attribute.
  ///   - address: The address.
  /// - Returns: One or more, of which one has to hold.
  static func clauses(_ attribute: Attribute, _ address: String) -> [String] {
    let (before, behind) =
      attribute.isCollection
      ? ("\(attribute.name)/any(a:a eq ", ")") : ("\(attribute.filterPath) eq ", "")
    return spellings(in: attribute).map {
      before + "\($0.before)\(address)\($0.behind)".odataLiteral + behind
    }
  }

  /// The ways of writing an address that a search finds, by what is before and behind it.
  private static func spellings(in attribute: Attribute) -> [(before: String, behind: String)] {
    switch attribute {
    // Microsoft does not document whether the prefix is case-sensitive.
    case .aliases:
      [
        ("smtp:", ""), ("SMTP:", ""), ("smtp: ", ""), ("SMTP: ", ""), ("smtp:", " "),
        ("SMTP:", " "),
      ]
    case .signInName: [("", "")]
    default: [("", ""), ("", " "), (" ", ""), ("smtp:", "")]
    }
  }
}
