/// A person's one-time approval of a change that the guard stopped.
///
/// It is judged by the text that the person has read, and only if the proposal agrees with it. So
/// nothing is approved that was not shown.
public struct Acceptance: Sendable {
  private let going: LineSet
  private let coming: LineSet
  private let isEmptying: Bool

  /// Creates an approval of what a stopped run wanted to write; `nil` if proposal and text do not
  /// agree, since one of them was changed then.
  ///
  /// - Parameters:
  ///   - proposal: What that run would have written: the content of `LIST.proposed`.
  ///   - text: What a person has read: the content of `LIST.proposed.diff`.
  public init?(proposal: [UInt8], text: [UInt8]) {
    let proposed = LineSet(fileContent: proposal)
    let shown = proposed.shown
    (going, coming) = Proposal.lines(of: text)
    guard coming.isSubset(of: shown), going.difference(from: shown).added.count == going.count
    else { return nil }
    isEmptying = proposed.count == 0
  }

  /// Whether a change is part of the one that the person has seen.
  ///
  /// - Parameter difference: What a run would change now.
  /// - Returns: `false` if a line would go or come that was not shown so, or if the list would
  ///   become empty and that was not shown.
  public func covers(_ difference: ListDifference) -> Bool {
    (difference.after > 0 || isEmptying)
      && difference.removed.shown.isSubset(of: going)
      && difference.added.shown.isSubset(of: coming)
  }
}

extension LineSet {
  /// The lines as a person is shown them.
  fileprivate var shown: LineSet {
    var result = LineSet()
    forEach { result.insert(Proposal.shown($0).utf8) }
    result.order()
    return result
  }

  fileprivate func isSubset(of other: LineSet) -> Bool {
    difference(from: other).added.count == 0
  }
}
