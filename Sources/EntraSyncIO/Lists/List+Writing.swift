import EntraSync
import Glibc

extension List {
  /// Reads the people of all clients and replaces the list's file, whole or not at all.
  ///
  /// - Throws: Any status; the file is unchanged then.
  /// - Returns: What was read, and what was written.
  public func write() throws(EntraSyncError) -> Report {
    let isAccepted = acceptsChange
    acceptsChange = false
    defer { adopts = false }
    return try alone { () throws(EntraSyncError) in
      guard let path else { throw List.noPath }
      guard !clients.isEmpty else { throw List.noClient }
      return try recorded(path) { (audit, course) throws(EntraSyncError) in
        try write(try hold(path), accepting: isAccepted, audit, course)
      }
    }
  }

  /// Reads the people of all clients and reports what writing the list would change. Nothing is
  /// changed, and no other run is waited for.
  ///
  /// - Throws: Any status but those of writing.
  /// - Returns: What was read, which lines would come and go, and the guard's objection.
  public func preview() throws(EntraSyncError) -> Report {
    acceptsChange = false
    adopts = false
    return try alone { () throws(EntraSyncError) in
      guard let path else { throw List.noPath }
      let old = try listFile(path).read()
      var (lines, report) = try gather(toReplace: LineSet(fileContent: old))
      let recalled = recall(path)
      report.objection = verdict(on: report, recalled.memory).objection
      try note(recalled.problem, in: &report)
      report.isChanged = try content(of: lines, at: path) != old
      try nameSkips(of: &report)
      self.lines = lines
      return report
    }
  }

  /// Makes the list's file empty on purpose.
  ///
  /// - Throws: `.file`, `.busy`; the file is unchanged then.
  /// - Returns: Which lines were removed.
  public func clear() throws(EntraSyncError) -> Report {
    try alone { () throws(EntraSyncError) in
      guard let path else { throw List.noPath }
      return try recorded(path) { (audit, course) throws(EntraSyncError) in
        let began = Clock.monotonic
        var report = Report()
        let held = try hold(path)
        let content = try held.read()
        let old = LineSet(fileContent: content)
        course.linesBefore = old.count
        report.difference = LineSet().difference(from: old)
        let recalled = recall(path)
        course.problem = recalled.problem
        try audit.sayDetails(report)
        try audit.sync()
        report.isChanged = try held.replace(with: [])
        course.content = []
        try note(ForeignLines.remark(report.difference, recalled, content), in: &report)
        try note(held.warning, in: &report)
        report.seconds = Clock.monotonic - began
        return report
      }
    }
  }

  /// What a run has found so far.
  private final class Course {
    var linesBefore = 0
    var report = Report()
    /// What the run has left in the list; `nil` as long as it has not gone well.
    var content: [UInt8]?
    /// Why the history could not be read. The guard then has not compared the groups with it.
    var problem: String?
  }

  /// Runs `body`, and records its outcome in every AUDITFILE and in the history.
  private func recorded(
    _ path: Path, _ body: (ListAudit, Course) throws(EntraSyncError) -> Report
  ) throws(EntraSyncError) -> Report {
    let (began, start) = (Clock.wall, Clock.monotonic)
    let course = Course()
    do throws(EntraSyncError) {
      for client in clients {
        do {
          try client.checkReach()
        } catch {
          throw error.about(client.configuration.path)
        }
      }
      let audit = try ListAudit(path, clients: clients, origin: origin)
      do throws(EntraSyncError) {
        var report = try body(audit, course)
        try remind(in: &report, asksGraph: true)
        if let warning = remember(.success(report), course, of: path, began, since: start) {
          report.warnings.append(warning)
          try log(.warning, warning)
        }
        audit.sayEnd(.success(report))
        return report
      } catch {
        audit.sayEnd(.failure(error))
        throw error
      }
    } catch {
      if let warning = remember(.failure(error), course, of: path, began, since: start) {
        try log(.warning, warning)
      }
      throw error
    }
  }

  /// Remembers how a run has ended. The child that a callback has forked remembers nothing.
  ///
  /// - Returns: What a person should know of the history.
  private func remember(
    _ result: Result<Report, EntraSyncError>, _ course: Course, of path: Path, _ began: Double,
    since start: Double
  ) -> String? {
    guard origin.isHere, let history else { return nil }
    var record = RunRecord(
      of: result, course.report, linesBefore: course.linesBefore,
      from: clients.map(\.path.systemText), began: began, seconds: Clock.monotonic - start)
    // What no guard has seen is nothing to compare the next run with.
    if course.problem != nil { record.groups = [] }
    return history.remember(record, of: path, leaving: course.content.map(ContentDigest.of))
      ?? course.problem
  }

  /// What is remembered of the list, and what a person should know if that cannot be read.
  private func recall(_ path: Path) -> (memory: ListMemory?, problem: String?) {
    guard let history else { return (nil, nil) }
    do throws(RunHistory.Problem) {
      return (try history.memory(of: path), nil)
    } catch {
      return (nil, error.text)
    }
  }

  /// Reads the runs of the list, from where they are remembered.
  ///
  /// - Parameters:
  ///   - time: When the first of them began at the earliest, in seconds since 1970.
  ///   - most: How many are wanted at most.
  /// - Throws: `.invalidArgument` for a list without a file, `.file` for a history that cannot be
  ///   read.
  /// - Returns: The runs, the latest first; none if nothing is remembered.
  public func runs(since time: Int64, most: Int) throws(EntraSyncError) -> [RunRecord] {
    guard let path else { throw List.noPath }
    guard let history else { return [] }
    do throws(RunHistory.Problem) {
      return try history.runs(of: path, since: time, most: most)
    } catch {
      throw EntraSyncError(.file, error.text)
    }
  }

  private var history: RunHistory? { RunHistory.kept(for: clients) }

  private func write(
    _ held: HeldList, accepting isAccepted: Bool, _ audit: ListAudit, _ course: Course
  ) throws(EntraSyncError) -> Report {
    let consent = held.takeAcceptance(isCallers: isAccepted)
    do throws(EntraSyncError) {
      try audit.sayRemarks(consent.remarks)
      let oldContent = try held.read()
      let old = LineSet(fileContent: oldContent)
      course.linesBefore = old.count
      var (lines, report) = try gather(toReplace: old)
      course.report = report
      let content = try content(of: lines, at: held.path)
      let recalled = recall(held.path)
      course.problem = recalled.problem
      let verdict = verdict(on: report, recalled.memory)
      report.objection = verdict.objection
      if audit.wantsNames { try nameSkips(of: &report) }
      try audit.sayDetails(report)
      if let objection = report.objection {
        guard !report.difference.change.findsNothing else { throw List.nothing(objection, held) }
        let covers = covers(consent.acceptance, report.difference, verdict.losses)
        try audit.sayDecision(objection, isAccepted: covers)
        guard covers else {
          var stop = stop(held, content, verdict, report.difference)
          // The file's own remark says why that accepted nothing.
          if isAccepted, !consent.isTaken {
            let reason = consent.flaw ?? "the proposal was of another change"
            stop.message += "; nothing was accepted, since \(reason)"
          }
          throw stop
        }
      }
      try audit.sync()
      report.isChanged = try held.replace(with: content)
      course.content = content
      if report.objection == nil {
        try note(ForeignLines.remark(report.difference, recalled, oldContent), in: &report)
      }
      try note(held.warning, in: &report)
      self.lines = lines
      return report
    } catch {
      var error = error
      if consent.isTaken {
        error.message += "; the acceptance in \(held.acceptance.text.singleLine) is used up"
        if error.status == .changeGuard, consent.acceptance != nil {
          error.message += ", since it is for another change"
        }
      }
      for remark in consent.remarks { error.message += "; \(remark)" }
      throw error
    }
  }

  /// Adds what a person should know of the new file to the report and to the log.
  private func note(_ warning: String?, in report: inout Report) throws(EntraSyncError) {
    guard let warning else { return }
    report.warnings.append(warning)
    try log(.warning, warning)
  }

  /// Keeps the change that the guard stopped, and returns an error that says how to accept it.
  private func stop(
    _ held: HeldList, _ content: [UInt8], _ verdict: Verdict, _ difference: ListDifference
  ) -> EntraSyncError {
    let objection = verdict.objection ?? ""
    let acceptance = held.acceptance.text
    let text = Proposal.text(
      difference, losses: verdict.losses, of: held.target.text, objection: objection,
      acceptance: acceptance, now: Clock.wall)
    let advice: String
    do {
      try held.keepProposal(content, text: text)
      advice =
        "look at \(held.proposalText.text.shellWord), and if the change is right, accept it for the "
        + "next run: touch \(acceptance.shellWord)"
    } catch {
      if error.isClosed { return CallOrigin.filesClosed }
      let reason =
        error.isMountPoint ? "\(error.reason), since something is mounted there" : error.reason
      advice =
        "look at the group in Entra ID; nobody can accept the change, since what would change cannot "
        + "be kept beside the list: \(reason)"
    }
    return EntraSyncError(.changeGuard, "the list was left as it is: \(objection); \(advice)")
      .about(held.path.text)
  }

  /// The file that would hold these lines.
  ///
  /// - Throws: `.file` for a list that no later run could read.
  private func content(of lines: LineSet, at path: Path) throws(EntraSyncError) -> [UInt8] {
    let content = lines.fileContent
    guard content.count <= mostBytes else {
      throw ListFailure.tooLarge(content.count, limit: mostBytes).about(path.text)
    }
    return content
  }

  /// The error if a list without lines would get none.
  private static func nothing(_ objection: String, _ held: HeldList) -> EntraSyncError {
    EntraSyncError(
      .changeGuard,
      "the list was left as it is: \(objection); check GROUPID, EXCLUDEGROUPID and QUERYFILTER; a list "
        + "that has to be empty is cleared on purpose"
    ).about(held.path.text)
  }

  private func hold(_ path: Path) throws(EntraSyncError) -> HeldList {
    try listFile(path).hold(waitingAtMost: lockWait) { (seconds) throws(EntraSyncError) in
      var progress = Progress()
      progress.waiting = seconds
      let end = Clock.monotonic + seconds
      while true {
        for client in clients {
          let goesOn = client.observer.progress?(progress) ?? true
          try origin.check()
          guard goesOn else {
            throw EntraSyncError(.cancelled, "stopped on request").about(path.text)
          }
        }
        // A signal ends poll() early, before the step is over.
        let rest = max(0, end - Clock.monotonic)
        if ForkGate.outside({ poll(nil, 0, Int32(rest * 1000)) }) == 0 { return }
      }
    }
  }

  /// Names the list's file, if it is none that a client reads. With a wrong name on a command line,
  /// a secret would be overwritten, or shown as a change.
  private func listFile(_ path: Path) throws(EntraSyncError) -> ListFile {
    let file = ListFile(path)
    guard let needed = try file.firstSame(of: clients.flatMap(\.files)) else { return file }
    throw EntraSyncError(
      .invalidArgument,
      "is \(needed.text.singleLine), which the run needs, and no list; name the list's file"
    ).about(path.text)
  }

  private static var noPath: EntraSyncError {
    EntraSyncError(.invalidArgument, "the list has no file; give it a path when it is created")
  }
}

extension ForeignLines {
  /// What a person is told of lines that go from a list with this content.
  fileprivate static func remark(
    _ difference: ListDifference, _ recalled: (memory: ListMemory?, problem: String?),
    _ content: [UInt8]
  ) -> String? {
    if recalled.problem != nil { return remark(on: difference, nil, digest: "") }
    return recalled.memory.flatMap {
      remark(on: difference, $0, digest: ContentDigest.of(content))
    }
  }
}
