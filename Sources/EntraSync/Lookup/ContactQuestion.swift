/// Asks Graph which mail contacts in the tenant have an address.
///
/// Source: Microsoft Graph v1.0, "List organizational contacts".
struct ContactQuestion {
  /// What to ask.
  let question: GraphQuestion

  /// Puts the question together; `nil` if no contact can have the address by the QUERYFILTER, or
  /// contacts do not count.
  ///
  /// - Parameters:
  ///   - address: The address; it is escaped, so no byte of it acts as syntax.
  ///   - configuration: CONTACTS, and which attributes hold addresses.
  ///   - withAliases: Whether a contact's other addresses count too.
  init?(_ address: Address, of configuration: Configuration, withAliases: Bool) {
    let clauses = ContactQuestion.sources(of: configuration, withAliases: withAliases)
      .flatMap { PeopleQuestion.clauses($0, address.text) }
    guard !clauses.isEmpty else { return nil }
    let selection = UserSelection(
      contacts: PeopleQuestion.attributes(of: configuration, withAliases: withAliases))
    question = GraphQuestion(
      "/contacts?$filter=\(PercentEncoding.encode(clauses.joined(separator: " or ")))"
        + "&\(selection.query)&$top=\(PeopleQuestion.pageSize)")
  }

  /// Whether a lookup has such a question.
  ///
  /// - Parameters:
  ///   - configuration: CONTACTS, and which attributes hold addresses.
  ///   - withAliases: Whether a contact's other addresses count too.
  /// - Returns: The attributes of contacts that may hold the address; none if there is no question.
  static func sources(of configuration: Configuration, withAliases: Bool) -> [Attribute] {
    guard configuration.contacts == .yes else { return [] }
    let all = configuration.queryFilter.fields.first?.alternatives ?? []
    var sources = all.filter { ["mail", Attribute.aliases.name].contains($0.name) }
    if withAliases, !sources.contains(.aliases) { sources.append(.aliases) }
    return sources
  }
}
