/// What a person is told of troubles that last, so that cron mails once when a kind of trouble
/// begins, once a day while it lasts, and once when it is over.
///
/// A trouble that comes and goes within a day is said to be back once. From then on it is over only
/// when it has stayed away for six hours.
public struct TroubleCourse: Equatable, Sendable {
  /// What a person has to be told.
  public private(set) var news: [TroubleNews] = []
  /// What is remembered of the troubles.
  public private(set) var kept: [Notice] = []
  /// The kinds of troubles that need not be remembered any more.
  public private(set) var forgotten: [String] = []

  private static let hour: Int64 = 3600
  /// How long a trouble that lasts is not mentioned. Cron may be some minutes early.
  private static let pause = 23 * hour + hour / 2
  /// How long a trouble that no run has met is taken for the same one. There may be a run a day.
  private static let patience = 49 * hour
  /// How long a trouble that is over is taken for the same one if it is back.
  private static let memory = 24 * hour
  /// How far another clock may be ahead.
  private static let ahead: Int64 = 60
  /// How long a trouble that comes and goes has to stay away.
  private static let calm = 6 * hour

  /// Decides after a run.
  ///
  /// - Parameters:
  ///   - troubles: What the run has met.
  ///   - subject: What the run was about.
  ///   - known: What is remembered of the subject's troubles. Other notices are left alone.
  ///   - now: The time in seconds since 1970.
  public init(of troubles: [Trouble], subject: String, knowing known: [Notice], at now: Int64) {
    var met: Set<String> = []
    for trouble in troubles where met.insert(trouble.kind).inserted {
      let kind = trouble.kind
      var state = State()
      if let notice = known.first(where: { $0.kind == kind }) {
        let old = State(notice)
        let isNew = old.wellSince > 0 && kind.hasPrefix(Trouble.waiting)
        if old.isSame(at: now), !isNew { state = old }
      }
      if let news = state.meet(at: now) {
        for trouble in troubles where trouble.kind == kind {
          self.news.append(
            TroubleNews(kind: news, trouble: trouble, since: state.since, end: 0))
        }
      }
      kept.append(state.notice(of: subject, kind: kind))
    }
    // A run that has failed does not know whether its warnings are over.
    let hasFailed = troubles.contains { $0.isFailure }
    for notice in known where !met.contains(notice.kind) {
      let isFailure = notice.kind.hasPrefix(Trouble.failure)
      guard isFailure || (notice.kind.hasPrefix(Trouble.warning) && !hasFailed) else { continue }
      var state = State(notice)
      let hasEnded = state.miss(at: now, isFailure: isFailure)
      if hasEnded {
        let text = String(notice.kind.dropFirst(Trouble.failure.count))
        news.append(
          TroubleNews(
            kind: .ends, trouble: Trouble(isFailure: isFailure, text: text), since: state.since,
            end: state.wellSince))
      }
      if state.isOver(at: now) {
        forgotten.append(notice.kind)
      } else {
        kept.append(state.notice(of: subject, kind: notice.kind))
      }
    }
  }

  /// What is remembered of one trouble.
  private struct State {
    /// When it began; 0 if it is new.
    var since: Int64 = 0
    var seen: Int64 = 0
    var said: Int64 = 0
    /// Since when it has been away; 0 while it lasts.
    var wellSince: Int64 = 0
    /// Whether it comes and goes.
    var isUnsteady = false

    init() {}

    init(_ notice: Notice) {
      (since, seen, said) = (notice.since, notice.seen, notice.said)
      isUnsteady = notice.value < 0
      wellSince = notice.value == State.unsteady ? 0 : abs(max(notice.value, -.max))
    }

    /// What stands for a trouble that comes and goes, while it is there.
    private static let unsteady: Int64 = -1

    /// Whether a trouble that is met is still this one. A clock that was ahead may have put this
    /// one into the future.
    func isSame(at now: Int64) -> Bool {
      let last = max(seen, wellSince)
      return max(last, said) <= now &+ TroubleCourse.ahead
        && now &- last < (wellSince > 0 ? TroubleCourse.memory : TroubleCourse.patience)
    }

    func notice(of subject: String, kind: String) -> Notice {
      let value = isUnsteady ? (wellSince == 0 ? State.unsteady : -wellSince) : wellSince
      return Notice(
        subject: subject, kind: kind, since: since, seen: seen, said: said, value: value)
    }

    /// The trouble is there. Returns what a person has to be told.
    mutating func meet(at now: Int64) -> TroubleNews.Kind? {
      defer { wellSince = 0 }
      guard since > 0 else {
        (since, seen, said) = (now, now, now)
        return .begins
      }
      // Two runs may be in one second.
      seen = max(now, since &+ 1)
      if wellSince > 0, !isUnsteady {
        isUnsteady = true
        said = now
        return .returns
      }
      guard now &- said >= TroubleCourse.pause else { return nil }
      said = now
      return .lasts
    }

    /// The trouble is away. Returns whether a person has to be told that it is over.
    ///
    /// A warning that came once was about one event, and is not over later.
    mutating func miss(at now: Int64, isFailure: Bool) -> Bool {
      let hasLasted = isFailure || seen > since
      guard wellSince > 0, wellSince <= now else {
        wellSince = now
        return hasLasted && !isUnsteady
      }
      return isFailure && isUnsteady && now &- wellSince >= TroubleCourse.calm
    }

    /// Whether the trouble need not be remembered any more.
    func isOver(at now: Int64) -> Bool {
      now &- wellSince >= (isUnsteady ? TroubleCourse.calm : TroubleCourse.memory)
    }
  }
}
