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

  /// Its kind: warnings that differ in names, numbers and ids alone have the same.
  var kind: String {
    guard !isFailure else { return Trouble.failure + text.singleLine }
    var kind = ""
    for character in ReasonKind.of(text.singleLine) {
      if !character.isNumber {
        kind.append(character)
      } else if !kind.hasSuffix(ReasonKind.mark) {
        kind += ReasonKind.mark
      }
    }
    return Trouble.warning + kind
  }

  /// What the kinds of failures and of warnings begin with.
  static let (failure, warning) = ("failure ", "warning ")
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
