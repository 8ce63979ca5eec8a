@testable import EntraSync

/// A line template, and the words that each of its lines must have.
struct Template {
  /// A word of a line.
  enum Word {
    /// A text that is in every line.
    case literal(String)
    /// The value of an attribute.
    case attribute(Attribute)
  }

  /// The shape that writes the lines.
  let shape: LineShape
  /// The words of a line, in their order.
  let words: [Word]

  /// The templates of the cron scripts, and one with attributes of every kind.
  static let all = [
    Template("{address}", "mail"),
    Template("{address} {phone}", "mail mobilePhone"),
    Template("* {mail} <reg> - 0", "* mail <reg> - 0"),
    Template("{mail} * <sms> - 0", "mail * <sms> - 0"),
    Template(
      "{proxyAddresses} {businessPhones} {id} {city}", "proxyAddresses businessPhones id city"),
  ]

  /// Creates a template from its text and its words, in which attributes have their names.
  private init(_ text: String, _ words: String) {
    shape = required("the template is sound") {
      try LineShape(LineTemplate(text), Sample.configuration.queryFilter, by: ValueRules())
    }
    self.words = words.split(separator: " ").map { word in
      Attribute(named: String(word)).map(Word.attribute) ?? .literal(String(word))
    }
  }
}
