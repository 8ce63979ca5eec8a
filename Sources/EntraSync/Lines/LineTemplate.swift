/// The shape of a list's lines, such as `* {mail} <reg> - 0`.
///
/// `{name}` stands for an attribute of the query filter, `{address}` for its first, `{phone}` for
/// its first telephone number; `{{` and `}}` are braces.
public struct LineTemplate: Equatable, Sendable {
  enum Part: Equatable, Sendable {
    case text(String)
    case attribute(String)
  }

  /// `nil` is the default shape: every attribute of the query filter, one space between.
  let parts: [Part]?

  /// Every attribute of the query filter in its order, with one space between.
  public static let attributes = LineTemplate(parts: nil)

  private init(parts: [Part]?) {
    self.parts = parts
  }

  /// Reads a template.
  ///
  /// - Parameter text: The template; it holds no line break.
  /// - Throws: `.invalidArgument`, saying what is wrong with it.
  public init(_ text: String) throws(EntraSyncError) {
    func refuse(_ reason: String) -> EntraSyncError {
      EntraSyncError(.invalidArgument, "line template \(text.quoted()) \(reason)")
    }
    guard text.singleLine == text else {
      throw refuse("contains a line break or another invisible character")
    }
    var parts: [Part] = []
    var literal = ""
    var rest = text[...]
    while let character = rest.popFirst() {
      if (character == "{" || character == "}") && rest.first == character {
        rest.removeFirst()
        literal.append(character)
      } else if character == "}" {
        throw refuse("has a } without its {; write }} for a brace")
      } else if character == "{" {
        guard let end = rest.firstIndex(of: "}") else {
          throw refuse("has a { without its }; write {{ for a brace")
        }
        let name = String(rest[..<end]).trimmed
        guard !name.isEmpty else { throw refuse("has no name between its braces") }
        if !literal.isEmpty { parts.append(.text(literal)) }
        literal = ""
        parts.append(.attribute(name))
        rest = rest[end...].dropFirst()
      } else {
        literal.append(character)
      }
    }
    if !literal.isEmpty { parts.append(.text(literal)) }
    guard parts.contains(where: { if case .attribute = $0 { true } else { false } }) else {
      throw refuse("names no attribute, such as {mail}, so that all lines would be the same")
    }
    self.init(parts: parts)
  }
}
