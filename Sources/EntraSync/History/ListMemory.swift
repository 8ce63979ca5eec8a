/// What is remembered of a list's earlier runs when the next one decides.
public struct ListMemory: Equatable, Sendable {
  /// Whether a run has gone well that has filled the list. A clear has not.
  public var isWritten = false
  /// How many people each group had in the last run that went well and read groups.
  public var groups: [RunRecord.Group] = []
  /// The digest of what the last run that went well left in the list; empty if it is not known.
  public var digest = ""

  /// Creates the memory of a list without runs.
  public init() {}
}
