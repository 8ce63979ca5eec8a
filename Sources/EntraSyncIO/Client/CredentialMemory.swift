import EntraSync

/// What is remembered from run to run about the end of a credential: what Graph has said, and when
/// a person was last told of it.
///
/// It only saves questions and repetitions. If it cannot be written, the run goes on; the run's own
/// record then says what is wrong with the history.
struct CredentialMemory {
  /// How long a run waits for what Graph says, in seconds.
  static let patience = 10.0
  /// The last second of the year 9999. Nothing ends later.
  private static let lastTime: Int64 = 253_402_300_799
  /// How long Graph is not asked again, in seconds.
  private static let questionInterval = 86_400.0

  /// What Graph has said.
  struct Answer {
    /// When it was asked.
    let time: Double
    /// When the client secret ends; `nil` if Graph did not say it.
    let end: CredentialEnd?
  }

  private let history: RunHistory
  /// The child that a callback has forked meanwhile keeps nothing.
  private let origin = CallOrigin()
  /// The tenant, the application and a mark of the credential, so that another one finds nothing.
  private let subject: String
  private var said: Notice?
  /// What Graph has said, if it was asked.
  private(set) var graph: Answer?

  /// Reads what is remembered; `nil` if it cannot be read.
  ///
  /// - Parameters:
  ///   - history: Where it is.
  ///   - application: The tenant and the application.
  ///   - binding: What tokens of the credential are bound to.
  init?(_ history: RunHistory, of application: String, _ binding: TokenBinding) {
    self.history = history
    subject = "\(application)/\(binding.mark)"
    guard let notices = try? history.notices(of: subject) else { return nil }
    said = notices.first { $0.kind == Kind.end.rawValue }
    for kind in [Kind.graph, .graphAtTheEarliest] {
      guard let notice = notices.first(where: { $0.kind == kind.rawValue }),
        (0...CredentialMemory.lastTime).contains(notice.value)
      else { continue }
      let end = CredentialEnd(
        Double(notice.value), from: kind == .graph ? .graph : .graphAtTheEarliest)
      guard Double(notice.since) >= graph?.time ?? 0 else { continue }
      graph = Answer(time: Double(notice.since), end: notice.value == 0 ? nil : end)
    }
  }

  private enum Kind: String {
    /// When a person was told of the end.
    case end = "credential-end"
    /// When Graph was asked, and what it has said.
    case graph = "credential-asked"
    /// The same, where it is the earliest of several ends.
    case graphAtTheEarliest = "credential-asked-earliest"
  }

  /// Whether Graph may be asked: not within a day after it was. A time to come counts as if it had
  /// not been.
  func isQuestionDue(at now: Double) -> Bool {
    guard let time = graph?.time, time <= now else { return true }
    return now - time >= CredentialMemory.questionInterval
  }

  /// Keeps what Graph has said. An answer without an end leaves the last one that had one.
  mutating func keep(_ end: CredentialEnd?, at now: Double) {
    let end = end ?? graph?.end
    graph = Answer(time: now, end: end)
    let kind = end?.source == .graphAtTheEarliest ? Kind.graphAtTheEarliest : .graph
    guard origin.isHere else { return }
    try? history.keep(
      Notice(
        subject: subject, kind: kind.rawValue, since: Int64(now),
        value: CredentialMemory.seconds(end)))
  }

  /// When a person was last told of an end; `nil` if nobody was told of this one.
  func lastSaid(of end: CredentialEnd) -> Double? {
    said.flatMap { $0.value == CredentialMemory.seconds(end) ? Double($0.said) : nil }
  }

  /// An end as a notice has it; 0 if there is none.
  private static func seconds(_ end: CredentialEnd?) -> Int64 {
    Int64(max(0, min(end?.time ?? 0, Double(lastTime))))
  }

  /// Remembers that a person is told of an end.
  func noteSaid(_ end: CredentialEnd, at now: Double) {
    let since = lastSaid(of: end) == nil ? Int64(now) : said?.since ?? Int64(now)
    guard origin.isHere else { return }
    try? history.keep(
      Notice(
        subject: subject, kind: Kind.end.rawValue, since: since, said: Int64(now),
        value: CredentialMemory.seconds(end)))
  }
}
