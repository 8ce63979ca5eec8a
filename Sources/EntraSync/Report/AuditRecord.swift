/// The lines of an audit about one run of one list.
public struct AuditRecord: Sendable {
  private let list: String

  /// Creates the record of a run.
  ///
  /// - Parameter list: The list's path.
  public init(list: String) {
    self.list = list.singleLine
  }

  /// The most bytes that a line can have before what it says.
  public static let longestHead = 40
  /// How a line begins: the time as ``CalendarTime`` writes it, where `0` stands for any digit.
  private static let stamp = Array("0000-00-00T00:00:00Z [".utf8)

  /// What comes before each line of an audit.
  ///
  /// - Parameters:
  ///   - seconds: When it is written, in seconds since 1970.
  ///   - run: What tells the runs apart: small letters and digits.
  /// - Returns: Time and run, with a space at the end.
  public static func head(at seconds: Double, run: String) -> String {
    "\(CalendarTime.stamp(seconds)) [\(run)] "
  }

  /// Whether a file that begins like this can be an audit.
  ///
  /// - Parameter bytes: The first ``longestHead`` bytes, or all that there are.
  /// - Returns: `true` also for an empty file, and for one whose only line was cut.
  public static func isBeginning(_ bytes: [UInt8]) -> Bool {
    // A line whose first byte a full disk did not take is followed by its end.
    let isWhole = bytes.count < longestHead
    let bytes = bytes.drop { $0 == UInt8(ascii: "\n") }
    let isStamped = zip(bytes, stamp).allSatisfy { byte, wanted in
      wanted == UInt8(ascii: "0") ? byte.isDigit : byte == wanted
    }
    let rest = bytes.dropFirst(stamp.count)
    let run = rest.prefix { $0.isDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
    let end = rest.dropFirst(run.count).prefix(2)
    guard isStamped, bytes.count > stamp.count else { return isStamped }
    return !run.isEmpty && "] ".utf8.starts(with: end)
      && (end.count == 2 || isWhole)
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
