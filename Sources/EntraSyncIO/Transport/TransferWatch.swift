/// Sees to it that a transfer comes to an end, whatever arrives.
///
/// libcurl may be at work for long within one call, as long as there is something to read. So the
/// time is looked at in its callbacks too. Where it calls none, a ``Turn`` ends.
struct TransferWatch {
  /// How often libcurl may come back in one step, before the server has answered. It reads what a
  /// proxy answers to CONNECT byte by byte.
  private static let mostRounds = 65_536

  /// Why a transfer must not go on.
  enum Verdict {
    /// It may.
    case goesOn
    /// The run's time is over.
    case overdue
    /// The proxy's answer does not end.
    case endlessProxy
  }

  private let deadline: Double
  private var rounds = 0

  /// Watches a transfer.
  ///
  /// - Parameter deadline: When the run's time is over, on the monotonic clock.
  init(until deadline: Double) {
    self.deadline = deadline
  }

  /// Notes that libcurl is about to move the transfer on. It comes back to the run after that,
  /// which looks at the time, and asks its observer whether to go on.
  mutating func beginStep() { rounds = 0 }

  /// Judges the transfer when libcurl comes back.
  ///
  /// - Parameters:
  ///   - now: The time on the monotonic clock.
  ///   - isAnswered: Whether the server has begun to answer.
  /// - Returns: Whether it may go on, and if not, why.
  mutating func judge(now: Double, isAnswered: Bool) -> Verdict {
    if now >= deadline { return .overdue }
    if isAnswered { return .goesOn }
    rounds += 1
    return rounds > TransferWatch.mostRounds ? .endlessProxy : .goesOn
  }
}
