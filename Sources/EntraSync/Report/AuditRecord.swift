/// The lines of an audit about one run of one list.
public struct AuditRecord: Sendable {
  private let list: String

  /// Creates the record of a run.
  ///
  /// - Parameter list: The list's path.
  public init(list: String) {
    self.list = list.singleLine
  }

  /// Says that a run begins.
  ///
  /// - Parameter configurations: The paths of the configurations that feed the list.
  /// - Returns: One line.
  public func beginning(_ configurations: [String]) -> String {
    let names = configurations.map(\.singleLine).joined(separator: ", ")
    return "\(list): run begins\(names.isEmpty ? "" : ", from \(names)")"
  }

  /// Names the people who are left out, and the lines that are removed and added.
  ///
  /// - Parameters:
  ///   - report: The report with the people who are left out.
  ///   - difference: The lines that are removed and added.
  ///   - say: Receives a line for each.
  public func details(
    _ report: Report, _ difference: ListDifference, _ say: (String) -> Void
  ) {
    for skip in report.skips { say("\(list): left out \(skip.person): \(skip.reason)") }
    for (sign, set) in [("-", difference.removed), ("+", difference.added)] {
      set.forEach { say("\(list): \(sign) \(String(decoding: $0, as: UTF8.self).singleLine)") }
    }
  }

  /// Says what the guard objected to, and whether a person had accepted it.
  ///
  /// - Parameters:
  ///   - objection: The guard's objection.
  ///   - isAccepted: Whether a person had accepted the change.
  /// - Returns: One line.
  public func decision(_ objection: String, isAccepted: Bool) -> String {
    "\(list): guard: \(objection): \(isAccepted ? "accepted by a person" : "stopped")"
  }

  /// Says what a person should know of the files beside the list.
  public func remark(_ text: String) -> String { "\(list): \(text.singleLine)" }

  /// Says how a successful run ended, with its figures.
  public func result(_ report: Report) -> String {
    "\(list): \(report.isChanged ? "replaced" : "unchanged"): \(report.fetched) people, "
      + "\(report.written) lines, \(report.added) added, \(report.removed) removed, "
      + "\(report.skips.count) left out, \(report.excluded) excluded"
      + (report.othersText.map { ", not read: \($0)" } ?? "")
      + (report.disputes.isEmpty ? "" : ", \(report.disputes.count) addresses disputed")
      + (report.readings > 1 ? ", groups read \(report.readings) times" : "")
  }

  /// Says why a run failed.
  public func failure(_ error: EntraSyncError) -> String {
    "\(list): failed (\(error.status.name)): \(error.message)"
  }
}
