import EntraSync
import Glibc

extension List {
  /// Reads the people of all clients and replaces the list's file, whole or not at all.
  ///
  /// - Throws: Any status; the file is as it was.
  /// - Returns: What was read and what became of it.
  public func write() throws(EntraSyncError) -> Report {
    var isAccepted = acceptsChange
    acceptsChange = false
    lines = LineSet()
    guard let path else { throw List.noPath }
    guard !clients.isEmpty else { throw List.noClient }
    let held = try hold(path)
    let audit = try ListAudit(path, clients: clients)
    var usedUp = ""
    do throws(EntraSyncError) {
      if try held.takeAcceptance() {
        isAccepted = true
        usedUp = "; the acceptance in \(held.acceptance.text.singleLine) is used up"
      }
      var report = try fetch()
      try replace(held, accepting: isAccepted, audit: audit, &report)
      audit.sayEnd(.success(report))
      return report
    } catch {
      lines = LineSet()
      var error = error
      error.message += usedUp
      audit.sayEnd(.failure(error))
      throw error
    }
  }

  /// Reads the people of all clients and says what writing the list would change. Nothing is
  /// changed, and no other run is waited for.
  ///
  /// - Throws: Any status but those of writing.
  /// - Returns: What was read, what would come and go, and what the guard has against it.
  public func preview() throws(EntraSyncError) -> Report {
    acceptsChange = false
    guard let path else { throw List.noPath }
    let old = try ListFile(path).read()
    var report = try fetch()
    report.difference = lines.difference(from: LineSet(fileContent: old))
    report.objection = objection(to: report.difference.change)
    report.isChanged = lines.fileContent != old
    return report
  }

  /// Makes the list's file empty on purpose.
  ///
  /// - Throws: `.file`, `.busy`; the file is as it was then.
  /// - Returns: What became of the file.
  public func clear() throws(EntraSyncError) -> Report {
    lines = LineSet()
    guard let path else { throw List.noPath }
    let began = Clock.monotonic
    var report = Report()
    let held = try hold(path)
    let audit = try ListAudit(path, clients: clients)
    do throws(EntraSyncError) {
      report.difference = lines.difference(from: LineSet(fileContent: try held.read()))
      try audit.sayDetails(report)
      report.isChanged = try held.replace(with: lines.fileContent)
    } catch {
      audit.sayEnd(.failure(error))
      throw error
    }
    held.removeProposal()
    report.seconds = Clock.monotonic - began
    audit.sayEnd(.success(report))
    return report
  }

  private func replace(
    _ held: HeldList, accepting isAccepted: Bool, audit: ListAudit, _ report: inout Report
  ) throws(EntraSyncError) {
    report.difference = lines.difference(from: LineSet(fileContent: try held.read()))
    report.objection = objection(to: report.difference.change)
    try audit.sayDetails(report)
    if let objection = report.objection {
      try audit.sayDecision(objection, isAccepted: isAccepted)
      if !isAccepted { throw stop(held, objection, report.difference) }
    }
    report.isChanged = try held.replace(with: lines.fileContent)
    held.removeProposal()
  }

  /// Keeps what the run wanted to do, and says how a person can accept it.
  private func stop(
    _ held: HeldList, _ objection: String, _ difference: ListDifference
  ) -> EntraSyncError {
    let acceptance = held.acceptance.text
    let text = Proposal.text(
      difference, of: held.target.text, objection: objection, acceptance: acceptance,
      now: Clock.wall)
    let advice: String
    do {
      try held.keepProposal(lines.fileContent, text: text)
      advice = "look at \(held.proposalText.text.shellWord)"
    } catch {
      advice =
        "look at the group in Entra ID (what would change cannot be kept beside the list: "
        + "\(error.reason))"
    }
    return EntraSyncError(
      .changeGuard,
      "the list was left as it is: \(objection); \(advice), and if the change is right, accept it "
        + "for the next run: touch \(acceptance.shellWord)"
    ).about(held.path.text)
  }

  private func hold(_ path: Path) throws(EntraSyncError) -> HeldList {
    try ListFile(path).hold(waitingAtMost: patience) { (seconds) throws(EntraSyncError) in
      var progress = Progress()
      progress.waiting = seconds
      for client in clients where client.observer.progress?(progress) == false {
        throw EntraSyncError(.cancelled, "stopped on request")
      }
      poll(nil, 0, Int32(seconds * 1000))
    }
  }

  private static var noPath: EntraSyncError {
    EntraSyncError(.invalidArgument, "the list has no file; give it a path when it is created")
  }
}
