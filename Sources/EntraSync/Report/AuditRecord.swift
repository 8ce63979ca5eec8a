/// What an audit says of one run over one list: a line for each thing that happened.
public struct AuditRecord: Sendable {
  private let list: String

  /// The record of a list's run.
  ///
  /// - Parameter list: The list's path.
  public init(list: String) {
    self.list = list.singleLine
  }

  /// That a run has begun.
  ///
  /// - Parameter configurations: The paths of the configurations that feed the list.
  /// - Returns: One line.
  public func beginning(_ configurations: [String]) -> String {
    let names = configurations.map(\.singleLine).joined(separator: ", ")
    return "\(list): run begins\(names.isEmpty ? "" : ", from \(names)")"
  }

  /// Who is left out, and what comes and goes.
  ///
  /// - Parameters:
  ///   - report: Whose left-out people are named.
  ///   - difference: Whose lines are named.
  ///   - say: Receives a line for each.
  public func details(
    _ report: Report, _ difference: ListDifference, _ say: (String) -> Void
  ) {
    for skip in report.skips { say("\(list): left out \(skip.name): \(skip.reason)") }
    for (sign, set) in [("-", difference.removed), ("+", difference.added)] {
      set.forEach { say("\(list): \(sign) \(String(decoding: $0, as: UTF8.self).singleLine)") }
    }
  }

  /// What the guard said, and what became of it.
  ///
  /// - Parameters:
  ///   - objection: The guard's words.
  ///   - isAccepted: Whether a person had accepted the change.
  /// - Returns: One line.
  public func decision(_ objection: String, isAccepted: Bool) -> String {
    "\(list): guard: \(objection): \(isAccepted ? "accepted by a person" : "stopped")"
  }

  /// How a run ended that went well, with the figures.
  public func result(_ report: Report) -> String {
    "\(list): \(report.isChanged ? "replaced" : "unchanged"): \(report.fetched) people, "
      + "\(report.written) lines, \(report.added) added, \(report.removed) removed, "
      + "\(report.skips.count) left out, \(report.excluded) excluded"
  }

  /// How a run ended that did not, with the reason.
  public func failure(_ error: EntraSyncError) -> String {
    "\(list): failed (\(error.status.name)): \(error.message)"
  }
}
