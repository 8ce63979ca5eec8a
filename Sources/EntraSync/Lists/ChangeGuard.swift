/// How much of a list one run may change before a person has to look.
public struct ChangeGuard: Equatable, Sendable {
  /// A bound on added or removed lines.
  public enum Limit: Equatable, Sendable {
    /// No bound.
    case off
    /// At most so many lines.
    case count(Int)
    /// At most so much of the list as it was, in per cent; lists under ten lines are exempt, except
    /// from 0.
    case percent(Int)
  }

  /// What MAXREMOVED is when nothing is configured.
  public static let defaultMaximumRemoved = Limit.percent(50)
  /// What MAXADDED is when nothing is configured.
  public static let defaultMaximumAdded = Limit.percent(200)

  /// The bound on lines that the list held and would lose.
  public var maximumRemoved: Limit
  /// The bound on lines that the list did not hold.
  public var maximumAdded: Limit

  /// Sets the bounds.
  ///
  /// - Parameters:
  ///   - maximumRemoved: The bound on removed lines.
  ///   - maximumAdded: The bound on added lines.
  public init(
    maximumRemoved: Limit = ChangeGuard.defaultMaximumRemoved,
    maximumAdded: Limit = ChangeGuard.defaultMaximumAdded
  ) {
    self.maximumRemoved = maximumRemoved
    self.maximumAdded = maximumAdded
  }

  /// Decides whether a change may be made without a person.
  ///
  /// Whatever the limits are, a list that is missing or empty may be filled, but not with nothing,
  /// and no list may be emptied or lose all lines that it had.
  ///
  /// - Parameter change: What the run would do.
  /// - Returns: `nil` when it may be made, otherwise why not, with the figures.
  public func objection(to change: ListChange) -> String? {
    if change.findsNothing { return "no line was found for it, and it has none yet" }
    guard change.before > 0 else { return nil }
    if change.after == 0 {
      return "every line (\(change.before)) would be removed"
    }
    if change.removed == change.before {
      return "none of its \(change.before) lines would stay"
    }
    if maximumRemoved.isExceeded(by: change.removed, of: change.before) {
      return "\(change.removed) of \(change.before) lines would be removed, "
        + "more than MAXREMOVED (\(maximumRemoved)) allows"
    }
    if maximumAdded.isExceeded(by: change.added, of: change.before) {
      return "\(change.added) lines would be added to \(change.before), "
        + "more than MAXADDED (\(maximumAdded)) allows"
    }
    return nil
  }
}

extension ChangeGuard.Limit: CustomStringConvertible {
  /// Reads the value of MAXREMOVED or MAXADDED.
  ///
  /// - Parameter text: `off`, a number of lines, or a percentage such as `20%`.
  /// - Throws: A ``Malformed`` value with what is wrong with it.
  public init(_ text: String) throws(Malformed) {
    let isPercentage = text.hasSuffix("%")
    let digits = (isPercentage ? String(text.dropLast()) : text).trimmed
    if text.lowercased() == "off" {
      self = .off
    } else if !digits.isEmpty, digits.utf8.allSatisfy(\.isDigit), let number = Int(digits) {
      self = isPercentage ? .percent(number) : .count(number)
    } else {
      throw Malformed("must be a number of lines, a percentage such as 20%, or off")
    }
  }

  /// The limit as it is written in a configuration.
  public var description: String {
    switch self {
    case .off: "off"
    case .count(let count): "\(count)"
    case .percent(let percent): "\(percent)%"
    }
  }

  func isExceeded(by changed: Int, of total: Int) -> Bool {
    switch self {
    case .off: false
    case .count(let limit): changed > limit
    case .percent(0): changed > 0
    // In a small list one person is a large percentage.
    case .percent(let limit): total >= 10 && Double(changed) * 100 > Double(limit) * Double(total)
    }
  }
}
