/// A person's one-time approval of a change that the guard stopped.
///
/// It is judged by the text that the person has read, and only if the proposal agrees with it. So
/// nothing is approved that was not shown.
public struct Acceptance: Sendable {
  private let going: LineSet
  private let coming: LineSet
  private let losses: [GroupLoss]
  private let proposed: Int

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
    losses = Proposal.losses(in: text)
    self.proposed = proposed.count
  }

  /// Whether a change is part of the one that the person has seen.
  ///
  /// - Parameter difference: What a run would change now.
  /// - Returns: `false` if a line would go or come that was not shown so, or if the list would
  ///   become empty and that was not shown.
  public func covers(_ difference: ListDifference) -> Bool {
    (difference.after > 0 || proposed == 0)
      && difference.removed.shown.isSubset(of: going)
      && difference.added.shown.isSubset(of: coming)
  }
}

extension Acceptance {
  /// What a group has lost beyond what the person has seen.
  ///
  /// - Parameter loss: What it has lost now.
  /// - Returns: The whole loss if none of this group was shown, otherwise what is gone of the
  ///   people
  ///   who were shown as still there. Nothing is gone if both of its counts are the same.
  public func unseen(of loss: GroupLoss) -> GroupLoss {
    let shown = losses.filter { $0.group == loss.group && $0.isExcluded == loss.isExcluded }
    guard let seen = shown.map(\.now).min() else { return loss }
    var rest = loss
    rest.before = seen
    rest.now = min(seen, loss.now)
    return rest
  }

  /// What a run leaves out of the change that the person has seen: lines that were shown as coming,
  /// and do not come.
  ///
  /// A person who has seen an exchange of lines has not seen that people vanish.
  ///
  /// - Parameter difference: What a run would change now.
  /// - Returns: A change of the list that was proposed; `nil` if all lines come.
  public func shortfall(of difference: ListDifference) -> ListChange? {
    let missing = coming.difference(from: difference.added.shown).added.count
    guard missing > 0 else { return nil }
    return ListChange(before: proposed, after: proposed - missing, added: 0, removed: missing)
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
