/// That a person has accepted a change which a run was stopped for.
public struct Acceptance: Sendable {
  private let proposed: LineSet?

  /// An acceptance of what a stopped run wanted.
  ///
  /// - Parameter proposal: What that run would have written; `nil` where it left nothing, so that a
  ///   person accepts whatever comes.
  public init(_ proposal: [UInt8]?) {
    proposed = proposal.map { LineSet(fileContent: $0) }
  }

  /// Whether a change is no larger than the one that was accepted.
  ///
  /// - Parameters:
  ///   - difference: What a run would change now.
  ///   - old: The list as it is.
  /// - Returns: `false` where more lines would go or come than a person has seen.
  public func covers(_ difference: ListDifference, of old: LineSet) -> Bool {
    guard let proposed else { return true }
    let seen = proposed.difference(from: old)
    return difference.removed.count <= seen.removed.count
      && difference.added.count <= seen.added.count
  }
}
