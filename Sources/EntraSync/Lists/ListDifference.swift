/// The lines by which a list as it is differs from what it would become.
public struct ListDifference: Sendable {
  /// Lines that the list holds now.
  public let before: Int
  /// Lines that it would hold.
  public let after: Int
  /// The lines that it would gain, in order.
  public internal(set) var added = LineSet()
  /// The lines that it would lose, in order.
  public internal(set) var removed = LineSet()

  /// No difference in a list of so many lines.
  public init(before: Int = 0, after: Int = 0) {
    self.before = before
    self.after = after
  }

  /// The figures.
  public var change: ListChange {
    ListChange(before: before, after: after, added: added.count, removed: removed.count)
  }
}
