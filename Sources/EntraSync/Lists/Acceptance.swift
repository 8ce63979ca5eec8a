/// A person's one-time approval of a change that the guard stopped.
public struct Acceptance: Sendable {
  private let proposed: LineSet?

  /// Creates an approval of what a stopped run wanted to write.
  ///
  /// - Parameter proposal: What that run would have written. If the run left no proposal, it is
  ///   `nil`, and any change is accepted.
  public init(_ proposal: [UInt8]?) {
    proposed = proposal.map { LineSet(fileContent: $0) }
  }

  /// Whether a change is no larger than the one that was accepted.
  ///
  /// - Parameters:
  ///   - difference: What a run would change now.
  ///   - old: The list as it is.
  /// - Returns: `false` if more lines would go or come than the person has seen.
  public func covers(_ difference: ListDifference, of old: LineSet) -> Bool {
    guard let proposed else { return true }
    let seen = proposed.difference(from: old)
    return difference.removed.count <= seen.removed.count
      && difference.added.count <= seen.added.count
  }
}
