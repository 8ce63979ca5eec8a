/// The attributes that make up a line, in their order: the QUERYFILTER of a configuration.
///
/// `mail,mobilePhone` is two fields; `mail|userPrincipalName` is one field with a fallback;
/// `mail,extensionAttribute3:phone` says what the site keeps in an attribute of its own.
public struct QueryFilter: Equatable, Sendable {
  /// One value of a line, made of the first alternative that a person has.
  public struct Field: Equatable, Sendable {
    /// The attributes to try, in this order. They are of one kind, and there is at least one.
    public let alternatives: [Attribute]

    /// The field's name in a line template, which is that of the first alternative.
    public var name: String { alternatives.first?.name ?? "" }
    /// The kind of the field's values.
    public var kind: Attribute.Kind { alternatives.first?.kind ?? .text }
    /// All alternatives, for messages, such as `mail|userPrincipalName`.
    public var description: String { alternatives.map(\.description).joined(separator: "|") }
  }

  /// The fields in their order; the first one is ``address``.
  public let fields: [Field]
  /// The first field, which holds addresses.
  public let address: Field

  /// Reads the value of QUERYFILTER.
  ///
  /// - Parameter text: Names with commas between fields and `|` between alternatives.
  /// - Throws: ``Malformed`` with the reason.
  public init(_ text: String) throws(Malformed) {
    var fields: [Field] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      var alternatives: [Attribute] = []
      for name in part.split(separator: "|", omittingEmptySubsequences: false) {
        let attribute = try Attribute(typed: String(name).trimmed)
        let known = (fields.flatMap(\.alternatives) + alternatives).first {
          $0.name == attribute.name
        }
        guard known == nil || known == attribute else {
          throw Malformed("gives \(attribute.name) two kinds; write the same kind each time")
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
    guard let address = fields.first, address.kind == .address else {
      let first = fields.first?.alternatives.first { $0.isExtension }?.name
      throw Malformed(
        "must begin with the address, as in mail or mail,mobilePhone"
          + (first.map { "; if \($0) holds it, write \($0):address" } ?? ""))
    }
    self.fields = fields
    self.address = address
  }

  /// The attributes to ask Graph for, each once.
  public var attributes: [Attribute] {
    var result: [Attribute] = []
    for attribute in fields.flatMap(\.alternatives) where !result.contains(attribute) {
      result.append(attribute)
    }
    return result
  }
}
