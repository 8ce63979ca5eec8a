import EntraSync

extension Client {
  /// Asks for the names of people who are left out of a list.
  ///
  /// Names are a help for a person who reads the report. If Graph does not tell them, the object
  /// ids remain, and only a cancelled run is an error.
  ///
  /// - Parameter report: Whose skips get names.
  /// - Throws: `.cancelled`.
  public func nameSkips(of report: inout Report) throws(EntraSyncError) {
    guard !report.skips.isEmpty else { return }
    var named = report
    do throws(EntraSyncError) {
      try keepingConnection { (run) throws(EntraSyncError) in
        try nameSkips(of: &named, run)
        named.requests += run.report.requests
        named.bytes += run.report.bytes
      }
    } catch {
      if error.status == .cancelled { throw error }
    }
    report = named
  }

  /// Asks for the names as a part of a run.
  ///
  /// - Parameters:
  ///   - report: Whose skips get names.
  ///   - run: The run.
  /// - Throws: `.cancelled`.
  func nameSkips(of report: inout Report, _ run: Run) throws(EntraSyncError) {
    var names = PeopleNames(of: report)
    // A run does not wait for names.
    let once = RetryPolicy(maximumRetries: 0, firstDelay: 0)
    let inquiry = Inquiry(configuration, run: run, tokens: tokens, policy: once)
    do throws(EntraSyncError) {
      while let batch = names.takeBatch() {
        let answer = try inquiry.ask(batch.question, about: .people)
        names.take(try batch.replies(in: answer, now: Clock.wall))
      }
    } catch {
      if error.status == .cancelled { throw error }
      run.log(.info, "the names of people who are left out are not known: \(error.message)")
    }
    names.fill(in: &report)
  }
}
