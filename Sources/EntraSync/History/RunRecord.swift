/// What is remembered of one run of a list: figures without an address or a secret, and the message
/// of a run that failed.
public struct RunRecord: Equatable, Sendable {
  /// How a run ended.
  public enum Outcome: Int, Sendable {
    /// The list was as it should be, and stayed.
    case unchanged = 0
    /// The list was replaced.
    case replaced = 1
    /// The list stayed as it was: ``RunRecord/status`` says why.
    case failed = 2
  }

  /// How many people a group had.
  public struct Group: Equatable, Sendable {
    /// The group's object id.
    public var id: String
    /// Whether EXCLUDEGROUPID names it.
    public var isExcluded: Bool
    /// How many people it had.
    public var people: Int

    /// Creates the count of a group.
    public init(id: String, isExcluded: Bool, people: Int) {
      self.id = id
      self.isExcluded = isExcluded
      self.people = people
    }
  }

  /// How many people or values were left out for one reason.
  public struct LeftOut: Equatable, Sendable {
    /// The reason, as ``ReasonKind`` has it.
    public var reason: String
    /// How many there were.
    public var count: Int

    /// Creates the count of a reason.
    public init(reason: String, count: Int) {
      self.reason = reason
      self.count = count
    }
  }

  /// When the run began, in seconds since 1970.
  public var began = 0.0
  /// How long it took, in seconds.
  public var seconds = 0.0
  /// How it ended.
  public var outcome = Outcome.failed
  /// Why it failed; `ok` for a run that went well.
  public var status = Status.ok
  /// What a failed run said, in one line; empty for a run that went well.
  public var message = ""
  /// The paths of the configurations, in their order.
  public var configurations: [String] = []
  /// Lines in the list before the run. They are 0 if it could not be read.
  public var linesBefore = 0
  /// Lines in the list after the run.
  public var linesAfter = 0
  /// Lines that came, or would have come if the guard had not stopped the run.
  public var added = 0
  /// Lines that went, or would have gone.
  public var removed = 0
  /// People who were read. Somebody whom two configurations read counts twice.
  public var fetched = 0
  /// People whom the configurations leave out on purpose.
  public var excluded = 0
  /// Addresses that nobody got, since people of one rank have them.
  public var disputed = 0
  /// HTTP requests.
  public var requests = 0
  /// People in each group.
  public var groups: [Group] = []
  /// Who was left out because of what the directory holds, by reason, the most frequent first.
  public var leftOut: [LeftOut] = []

  /// Creates an empty record.
  public init() {}

  /// Creates the record of a run that has ended.
  ///
  /// - Parameters:
  ///   - result: How it ended.
  ///   - found: What a run that failed had found by then.
  ///   - linesBefore: Lines in the list before it.
  ///   - configurations: The paths of the configurations.
  ///   - began: When it began, in seconds since 1970.
  ///   - seconds: How long it took.
  public init(
    of result: Result<Report, EntraSyncError>, _ found: Report, linesBefore: Int,
    from configurations: [String], began: Double, seconds: Double
  ) {
    self.began = began
    self.seconds = seconds
    self.configurations = configurations
    self.linesBefore = linesBefore
    linesAfter = linesBefore
    let report: Report
    switch result {
    case .success(let final):
      report = final
      outcome = report.isChanged ? .replaced : .unchanged
      linesAfter = linesBefore + report.added - report.removed
    case .failure(let error):
      report = found
      status = error.status
      message = error.message.singleLine
    }
    added = report.added
    removed = report.removed
    fetched = report.fetched
    excluded = report.excluded
    disputed = report.disputes.count
    requests = report.requests
    groups = RunRecord.groups(of: report)
    leftOut = ReasonKind.counts(of: report.skips.map(\.reason))
  }

  /// How many people each group has, as a report says.
  public static func groups(of report: Report) -> [Group] {
    report.peopleByGroup.map { Group(id: $0.group.text, isExcluded: false, people: $0.people) }
      + report.excludedByGroup.map { Group(id: $0.group.text, isExcluded: true, people: $0.people) }
  }
}
