import EntraSync
import Glibc

/// One list of people: its file, the shape of its lines, and the clients that feed it.
public final class List {
  /// The list's file, wherever the working folder is by now; `nil` if the list is only fetched.
  public let path: Path?
  /// Whether a person accepts what a stopped run has proposed, so that the guard lets the next run
  /// make that change, and no other.
  public var acceptsChange = false
  /// Whether a person knows that entrasync is to keep a list over which no run is remembered.
  public var adopts = false
  /// The lines of the last fetch, preview or write.
  public internal(set) var lines = LineSet()

  /// The most bytes that the list may have: what a later run can read.
  var mostBytes = HeldList.limit
  /// How long to wait for another run that has locked the list, in seconds.
  var lockWait = ListFile.lockWait
  /// How long to wait for the names of people who are left out, in seconds.
  var nameWait = PeopleNames.patience

  /// Whether clients are read at the same time over HTTP/1.1 too.
  var overHTTP1 = false

  private let template: LineTemplate
  private let use = ExclusiveUse(of: "list")
  private var feeds: [(client: Client, shape: LineShape)] = []

  /// Describes a list. Nothing is read or written yet.
  ///
  /// - Parameters:
  ///   - path: The list's file, if it has one.
  ///   - template: The shape of a line.
  /// - Throws: `.invalidArgument` for a path that is empty, too long, or that of a configuration,
  ///   `.file` for a relative path if the working folder has none.
  public init(path: Path?, template: LineTemplate) throws(EntraSyncError) {
    guard path.map({ !$0.isEmpty }) ?? true else {
      throw EntraSyncError(.invalidArgument, "the list's path is empty")
    }
    // With one word missing before `*.entraidconf` on a command line, a secret would be
    // overwritten.
    let path = try path.map { (path) throws(EntraSyncError) in
      try path.atOpening(of: "list")
    }
    if let path, path.name.text.lowercased().hasSuffix(".entraidconf") {
      throw EntraSyncError(
        .invalidArgument, "is a configuration and no list; name the list's file"
      ).about(path.text)
    }
    self.path = path
    self.template = template
  }

  /// Adds a client whose people are part of the list.
  ///
  /// - Parameter client: A client; what several clients find is merged.
  /// - Throws: `.invalidArgument` when the template names an attribute that its QUERYFILTER lacks,
  ///   and in a callback of a call that has not ended.
  public func add(_ client: Client) throws(EntraSyncError) {
    try use.check()
    let shape: LineShape
    do {
      shape = try LineShape(
        template, client.configuration.queryFilter, by: client.configuration.valueRules)
    } catch {
      throw error.about(client.configuration.path)
    }
    feeds.append((client, shape))
  }

  /// The clients that feed the list, in the order in which they were added.
  var clients: [Client] { feeds.map(\.client) }

  /// Reads the people of all clients and keeps their lines in memory. No file is touched.
  ///
  /// - Throws: Any status; ``lines`` is empty then.
  /// - Returns: What was read.
  public func fetch() throws(EntraSyncError) -> Report {
    try alone { () throws(EntraSyncError) in
      let reading = try gather()
      var report = reading.report
      try remind(in: &report, asksGraph: false)
      lines = reading.lines
      return report
    }
  }

  /// Runs `body` while nothing else uses the list. ``lines`` is empty until it has succeeded.
  ///
  /// - Parameter body: What to do with the list.
  /// - Throws: `.invalidArgument` if a callback of the list's own clients calls it, and what `body`
  ///   throws.
  /// - Returns: What `body` returns.
  func alone<Result>(
    _ body: () throws(EntraSyncError) -> Result
  ) throws(EntraSyncError) -> Result {
    try use.alone { () throws(EntraSyncError) in
      lines = LineSet()
      for client in clients { client.series = Series() }
      defer {
        for client in clients { client.series = nil }
        if !origin.isHere { lines = LineSet() }
      }
      return try body()
    }
  }

  /// What was found of all people.
  private struct Found {
    var claims = ClaimSet()
    /// Lines that belong to no address, since the template names none.
    var lines = LineSet()
  }

  /// What one reading of all people comes to.
  private struct Reading {
    let lines: LineSet
    let report: Report
    /// What everybody claims, of which ``lines`` were made.
    let claims: ClaimSet
  }

  /// Reads the people of all clients, and makes lines of them.
  ///
  /// - Throws: Any status.
  private func gather() throws(EntraSyncError) -> Reading {
    guard !feeds.isEmpty else { throw List.noClient }
    let began = Clock.monotonic
    var (found, exclusions, report) = try readPeople()
    let resolution = found.claims.resolve(excluding: exclusions)
    var lines = resolution.lines
    found.lines.order()
    found.lines.forEach { lines.insert($0) }
    lines.order()
    let known = report.warnings.count
    report.note(resolution, of: found.claims)
    for warning in report.warnings[known...] { try log(.warning, warning) }
    report.dropRepetitions()
    report.written = lines.count
    report.seconds = Clock.monotonic - began
    return Reading(lines: lines, report: report, claims: found.claims)
  }

  /// Reads the people of all clients.
  ///
  /// - Throws: Any status.
  /// - Returns: What they claim, whom a client excludes, and the report so far.
  private func readPeople() throws(EntraSyncError) -> (Found, Exclusions, Report) {
    var found = Found()
    var exclusions = Exclusions()
    var report = Report()
    var readings = ReadingQueue(
      feeds.map { ($0.client, $0.shape.addressField) }, overHTTP1: overHTTP1)
    while let (number, reading) = readings.takeNext() {
      let shape = feeds[number].shape
      found.claims.beginClient()
      var part = try reading.finish(into: found, needing: shape.needed) { member, found, report in
        shape.read(
          member, into: &found.claims,
          skip: { report.skips.append(Report.Skip(of: member, reason: $0)) },
          line: { found.lines.insert($0.utf8) })
      }
      found = part.found
      exclusions.merge(part.exclusions)
      for index in part.report.skips.indices { part.report.skips[index].client = number }
      report.merge(part.report)
    }
    return (found, exclusions, report)
  }

  /// Reads the people of all clients, and once more if the change would be large.
  ///
  /// - Parameter old: The list as it is.
  /// - Throws: Any status.
  /// - Returns: What both readings agree on, what was read, and what would change.
  func gather(toReplace old: LineSet) throws(EntraSyncError) -> (lines: LineSet, report: Report) {
    let first = try gather()
    var report = first.report
    report.difference = first.lines.difference(from: old)
    guard SecondReading.isNeeded(for: report.difference.change) else {
      return (first.lines, report)
    }
    try log(.info, "the change is large (\(report.difference.change)); the groups are read again")
    let second = try gather()
    let addresses = LineAddresses([first.claims, second.claims], shapes: feeds.map(\.shape))
    let agreement = SecondReading.agreement(
      of: first.lines, and: second.lines, keeping: old, address: { addresses.address(of: $0) })
    let lines = agreement.lines
    report.repeated(by: second.report)
    if agreement.disagreements > 0 {
      report.warnings.append(SecondReading.warning(agreement.disagreements))
      try log(.warning, SecondReading.warning(agreement.disagreements))
    }
    report.written = lines.count
    report.difference = lines.difference(from: old)
    return (lines, report)
  }

  /// Asks for the names of the people who are left out.
  ///
  /// - Parameter report: Whose skips get names.
  /// - Throws: `.cancelled`.
  func nameSkips(of report: inout Report) throws(EntraSyncError) {
    var names = PeopleNames(of: report)
    let end = Clock.monotonic + nameWait
    for (number, client) in clients.enumerated() where names.hasQuestions(for: number) {
      let cost = try client.ask(&names, asClient: number, within: end - Clock.monotonic)
      report.requests += cost.requests
      report.bytes += cost.bytes
    }
    names.fill(in: &report)
  }

  /// Where the call that uses the list has begun.
  var origin: CallOrigin { use.origin }

  /// Writes a line about the list to the log of the first client.
  func log(_ level: LogLevel, _ text: String) throws(EntraSyncError) {
    feeds.first?.client.observer.log(of: level)?(
      level, "\(path?.text.singleLine ?? "list"): \(text)")
    try origin.check()
  }

  static var noClient: EntraSyncError {
    EntraSyncError(.invalidArgument, "the list has no client to read people from; add one")
  }
}
