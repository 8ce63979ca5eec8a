/// The attributes that make up a line, in their order: the QUERYFILTER of a configuration.
///
/// `mail,mobilePhone` is two fields; `mail|userPrincipalName` is one field with a fallback.
public struct QueryFilter: Equatable, Sendable {
  /// One place in a line: the first alternative that a person has is used.
  public struct Field: Equatable, Sendable {
    /// The attributes to try, in their order; never empty, all of one kind.
    public let alternatives: [Attribute]

    /// The name that a line template calls this field by: the first alternative's.
    public var name: String { alternatives.first?.name ?? "" }
    /// What the field's values are.
    public var kind: Attribute.Kind { alternatives.first?.kind ?? .text }
    /// All alternatives, for messages, such as `mail|userPrincipalName`.
    public var description: String { alternatives.map(\.name).joined(separator: "|") }
  }

  /// The fields in their order; the first one is the address.
  public let fields: [Field]

  /// Reads the value of QUERYFILTER.
  ///
  /// - Parameter text: Names with commas between fields and `|` between alternatives.
  /// - Throws: A ``Malformed`` value with what is wrong with it.
  public init(_ text: String) throws(Malformed) {
    var fields: [Field] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      var alternatives: [Attribute] = []
      for name in part.split(separator: "|", omittingEmptySubsequences: false) {
        let name = String(name).trimmed
        guard !name.isEmpty else {
          throw Malformed("has an empty name in it; write it like mail,mobilePhone")
        }
        guard let attribute = Attribute(named: name) else {
          throw Malformed(
            name.isPlainWord
              ? "names \(name.quoted()), which is not an attribute that a list can hold; "
                + "use mail or mail,mobilePhone"
              : "names something that is not an attribute; write the names with commas between, "
                + "like mail,mobilePhone")
        }
        alternatives.append(attribute)
      }
      let field = Field(alternatives: alternatives)
      guard alternatives.allSatisfy({ $0.kind == field.kind }) else {
        throw Malformed(
          "mixes different kinds in \(field.description); alternatives are all addresses or all "
            + "telephone numbers")
      }
      guard !fields.contains(where: { $0.name == field.name }) else {
        throw Malformed("names \(field.name) twice")
      }
      fields.append(field)
    }
    guard fields.first?.kind == .address else {
      throw Malformed("must begin with the address, as in mail or mail,mobilePhone")
    }
    self.fields = fields
  }

  /// Every attribute to ask Graph for, each once.
  public var attributes: [Attribute] {
    var result: [Attribute] = []
    for attribute in fields.flatMap(\.alternatives) where !result.contains(attribute) {
      result.append(attribute)
    }
    return result
  }
}
