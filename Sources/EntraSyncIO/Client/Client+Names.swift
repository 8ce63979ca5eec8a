import EntraSync

extension Client {
  /// Asks for the names of people whom this client has read, and whom a list leaves out.
  ///
  /// Names are a help for a person who reads the report. If Graph does not tell them in time, the
  /// object ids remain, and only a cancelled run is an error.
  ///
  /// - Parameters:
  ///   - names: What to ask, and where the answers go.
  ///   - number: The client's number in its list.
  ///   - seconds: How long to wait. What is left of TIMEOUT bounds it too.
  /// - Throws: `.cancelled`.
  /// - Returns: The requests and bytes that it took.
  func ask(
    _ names: inout PeopleNames, asClient number: Int, within seconds: Double
  ) throws(EntraSyncError) -> Report {
    let left = min(seconds, Double(configuration.timeout) - (series?.progress.seconds ?? 0))
    do throws(EntraSyncError) {
      return try running(over: series?.usableTransport) { (run) throws(EntraSyncError) in
        defer { run.cancelAll() }
        try ask(&names, asClient: number, within: left, run)
        return run.report
      }
    } catch {
      if [.cancelled, .invalidArgument].contains(error.status) { throw error }
      return Report()
    }
  }

  /// Asks for the names as a part of a run.
  ///
  /// - Parameters:
  ///   - names: What to ask, and where the answers go.
  ///   - number: The client's number in its list.
  ///   - seconds: How long to wait.
  ///   - run: The run.
  /// - Throws: `.cancelled`.
  func ask(
    _ names: inout PeopleNames, asClient number: Int, within seconds: Double, _ run: Run
  ) throws(EntraSyncError) {
    guard min(seconds, run.remaining) > 0 else { return }
    // A run does not ask again for names.
    let once = RetryPolicy(maximumRetries: 0, firstDelay: 0)
    let service = GraphService(configuration, run: run, tokens: tokens, policy: once)
    var open: [(part: PeopleNames.Part, request: GraphRequest)] = []
    while let part = names.takePart(for: number) {
      open.append((part, GraphRequest(part.batch.question, about: .people, to: service)))
    }
    var failure: EntraSyncError?
    do throws(EntraSyncError) {
      try run.within(seconds) { () throws(EntraSyncError) in
        while !open.isEmpty {
          for (_, request) in open where !request.isOnItsWay && service.pace.allowsAnother {
            try request.send(try service.token.wait())
          }
          let hasAnswer = open.contains { $0.request.answer != nil }
          try run.advance(waitingAtMost: hasAnswer ? 0 : 1)
          for (part, request) in open {
            do throws(EntraSyncError) {
              guard let answer = try request.value(by: run.parser) else { continue }
              names.take(try part.batch.replies(in: answer, now: Clock.wall), to: part)
            } catch {
              if error.endsRun { throw error }
              failure = failure ?? error
            }
            open.removeAll { $0.request === request }
          }
        }
      }
    } catch {
      if [.cancelled, .invalidArgument].contains(error.status) { throw error }
      failure = error
    }
    guard let failure else { return }
    // The message of a timeout would name TIMEOUT.
    run.log(
      .info,
      failure.status == .timeout
        ? "the names of people who are left out did not come in time"
        : "the names of people who are left out are not known: \(failure.message)")
  }
}
