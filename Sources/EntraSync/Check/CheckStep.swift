/// One step of a check: something that has to be right before lists can be kept.
public struct CheckStep: Equatable, Sendable {
  /// What was looked at.
  public enum Subject: String, Sendable {
    /// The secret or the key, as far as it can be seen from here.
    case credential
    /// Whether a server answers at all.
    case host
    /// The sign-in.
    case token
    /// What the application may read.
    case permissions
    /// A group of GROUPID or EXCLUDEGROUPID.
    case group
    /// The groups' members.
    case members
    /// One field of the QUERYFILTER.
    case attribute
  }

  /// What came of it.
  public enum Outcome: Int, Sendable {
    /// It is right.
    case passed = 1
    /// It works, and a person should look at it.
    case doubtful = 2
    /// It is wrong, and nothing after it was looked at.
    case failed = 3
  }

  /// What was looked at.
  public var subject: Subject
  /// What came of it.
  public var outcome: Outcome
  /// What was found, in one line; after a failure, what is wrong and what to do.
  public var text: String

  /// Creates a step from its parts.
  public init(_ subject: Subject, _ outcome: Outcome, _ text: String) {
    self.subject = subject
    self.outcome = outcome
    self.text = text.singleLine
  }
}
