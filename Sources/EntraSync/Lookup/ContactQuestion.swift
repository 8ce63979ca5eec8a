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
  ///   - field: The field of QUERYFILTER that is the address.
  ///   - configuration: CONTACTS, and what is needed of a contact.
  ///   - withAliases: Whether a contact's other addresses count too.
  init?(
    _ address: Address, in field: QueryFilter.Field, of configuration: Configuration,
    withAliases: Bool
  ) {
    let clauses = ContactQuestion.sources(in: field, of: configuration, withAliases: withAliases)
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
  ///   - field: The field of QUERYFILTER that is the address.
  ///   - configuration: CONTACTS.
  ///   - withAliases: Whether a contact's other addresses count too.
  /// - Returns: The attributes of contacts that may hold the address; none if there is no question.
  static func sources(
    in field: QueryFilter.Field, of configuration: Configuration, withAliases: Bool
  ) -> [Attribute] {
    guard configuration.contacts == .yes else { return [] }
    var sources = field.alternatives.filter {
      ["mail", Attribute.aliases.name].contains($0.name)
    }
    if withAliases, !sources.contains(.aliases) { sources.append(.aliases) }
    return sources
  }
}
