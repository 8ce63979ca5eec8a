/// Something that a person should know of a run: why it failed, or a warning of one that went well.
public struct Trouble: Equatable, Sendable {
  /// Whether the run has failed.
  public var isFailure: Bool
  /// The words that a person gets. Those of a failure are its kind alone.
  public var text: String

  /// Creates a trouble from its parts.
  public init(isFailure: Bool, text: String) {
    self.isFailure = isFailure
    self.text = text
  }

  /// Its kind: warnings that differ in what is quoted and in numbers alone have the same. What they
  /// are about, such as a configuration, a group or people, makes another one.
  var kind: String {
    guard !isFailure else { return Trouble.failure + text.singleLine }
    let words = text.singleLine.split(separator: " ", omittingEmptySubsequences: false)
    // The path in front names what it is about, and may have numbers in it.
    let isPath = words.first.map { $0.hasSuffix(":") && $0.contains("/") } ?? false
    let place = isPath ? words[0] + " " : ""
    let rest = words.dropFirst(isPath ? 1 : 0).joined(separator: " ")
    return Trouble.warning + place
      + Trouble.withoutQuotes(rest).split(separator: " ", omittingEmptySubsequences: false)
      .map { Trouble.kind(ofWord: $0) }.joined(separator: " ")
  }

  /// A text without what is quoted in it, from the first quotation mark to the last one.
  private static func withoutQuotes(_ text: String) -> String {
    guard let first = text.firstIndex(of: "\""), let last = text.lastIndex(of: "\""), first < last
    else { return text }
    return text[..<first] + ReasonKind.mark + text[text.index(after: last)...]
  }

  /// A word without its digits, unless it is an object id.
  private static func kind(ofWord word: Substring) -> String {
    let id = word.drop { !$0.isHexDigit }.prefix { $0.isHexDigit || $0 == "-" }
    if ObjectID(String(id)) != nil { return String(word) }
    var kind = ""
    for character in word {
      if !character.isNumber {
        kind.append(character)
      } else if !kind.hasSuffix(ReasonKind.mark) {
        kind += ReasonKind.mark
      }
    }
    return kind
  }

  /// What the kinds of failures and of warnings begin with.
  static let (failure, warning) = ("failure ", "warning ")
  /// What the kinds of failures begin with that wait for a person: each of them is another change.
  static let waiting = failure + "guard"
}

/// What a person has to be told of a trouble.
public struct TroubleNews: Equatable, Sendable {
  /// What has become of it.
  public enum Kind: Int32, Sendable {
    /// It is new.
    case begins = 1
    /// It has lasted for another day.
    case lasts = 2
    /// It was over, and is back within a day.
    case returns = 3
    /// It is over.
    case ends = 4
  }

  /// What has become of the trouble.
  public var kind: Kind
  /// The trouble. The text of one that is over is its kind.
  public var trouble: Trouble
  /// When it began, in seconds since 1970.
  public var since: Int64
  /// When it was over, in seconds since 1970; 0 while it lasts.
  public var end: Int64
}
