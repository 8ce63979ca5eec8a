/// What replacing a list would do to it, in lines.
public struct ListChange: Equatable, Sendable {
  /// Lines that the file holds now.
  public var before: Int
  /// Lines that it would hold.
  public var after: Int
  /// Lines that it would gain.
  public var added: Int
  /// Lines that it would lose.
  public var removed: Int

  /// States the figures.
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
