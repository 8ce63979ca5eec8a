/// The lines that a list would gain and lose.
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

/// What replacing a list would do to it, in lines.
public struct ListChange: Equatable, Sendable, CustomStringConvertible {
  /// The change in words, such as `12 of 100 lines removed, 3 added`.
  public var description: String { "\(removed) of \(before) lines removed, \(added) added" }

  /// Lines that the file holds now.
  public var before: Int
  /// Lines that it would hold.
  public var after: Int
  /// Lines that it would gain.
  public var added: Int
  /// Lines that it would lose.
  public var removed: Int

  /// Whether a list without lines would get none. No acceptance lets that pass: there is nothing
  /// that a person could have looked at.
  public var findsNothing: Bool { before == 0 && after == 0 }

  /// Creates a change from its figures.
  ///
  /// - Parameters:
  ///   - before: Lines now.
  ///   - after: Lines afterwards.
  ///   - added: Lines gained.
  ///   - removed: Lines lost.
  public init(before: Int, after: Int, added: Int, removed: Int) {
    self.before = before
    self.after = after
    self.added = added
    self.removed = removed
  }
}
