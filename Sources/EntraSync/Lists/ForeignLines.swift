/// Lines that entrasync did not put into a list, and that a run would remove.
///
/// A list that was kept by hand may hold partners who are in no group.
public enum ForeignLines {
  /// How many lines the first run over a list may remove without a person.
  public static let fewLines = 10
  /// How much of a list its first run may remove without a person, in per cent.
  public static let smallPart = 5
  /// How many lines a remark shows.
  static let mostShown = 5

  /// Decides whether the first run over a list may be made without a person.
  ///
  /// - Parameters:
  ///   - change: What the run would do.
  ///   - memory: What is remembered of the list.
  /// - Returns: `nil` if it may, otherwise why not, with the figures.
  public static func objection(to change: ListChange, _ memory: ListMemory) -> String? {
    guard !memory.isWritten, change.removed > 0,
      change.removed > fewLines
        || Double(change.removed) * 100 > Double(smallPart) * Double(change.before)
    else { return nil }
    return
      "no earlier run over it is remembered, and \(change.removed) of its \(change.before) lines "
      + "would be removed"
  }

  /// What a person is told, once, of lines that go, if entrasync has not put them there.
  ///
  /// - Parameters:
  ///   - difference: What the run changes.
  ///   - memory: What is remembered of the list; `nil` if that cannot be read.
  ///   - digest: The digest of the list as it is.
  /// - Returns: One line; `nil` if the list is as the last run left it, or nothing goes.
  public static func remark(
    on difference: ListDifference, _ memory: ListMemory?, digest: @autoclosure () -> String
  ) -> String? {
    let removed = difference.removed
    guard removed.count > 0 else { return nil }
    let reason: String
    if let memory {
      let isKnown = !memory.digest.isEmpty
      if isKnown, memory.digest != digest() {
        reason = "something else has changed the list since the last run"
      } else if !isKnown, !memory.isWritten {
        reason = "no earlier run over the list is remembered"
      } else {
        return nil
      }
    } else {
      reason = "the earlier runs over the list cannot be read"
    }
    var shown: [String] = []
    removed.forEach { line in
      if shown.count < mostShown { shown.append("\"\(Proposal.shown(line))\"") }
    }
    let rest = removed.count - shown.count
    return
      "\(reason); this run removes \(removed.count == 1 ? "one line" : "\(removed.count) lines"): "
      + shown.joined(separator: ", ") + (rest > 0 ? ", and \(rest) more" : "")
  }
}
