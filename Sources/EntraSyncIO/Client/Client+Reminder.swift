import EntraSync

extension Client {
  /// The tenant and the application, by which notices are remembered.
  var application: String { "\(configuration.tenant)/\(configuration.clientID.text)" }

  /// When the credential ends, in seconds since 1970, as far as that is known without asking.
  ///
  /// - Returns: The end of the credential that is in use, or would be; `nil` if nobody knows it.
  public func credentialEnd() -> Double? {
    let now = Clock.wall
    let stages = [configuration, configuration.succeeding].compactMap(\.self)
    let current = tokens.used.flatMap { used in
      stages.firstIndex { $0.usesNext == used.configuration.usesNext }
    }
    let ends = stages.dropFirst(current ?? 0).map { stage in
      tokens.load(stage: stage).flatMap { knownEnd(of: UsedCredential($0, of: stage)) }
    }
    guard let first = ends.first, let first, let last = ends.last else { return nil }
    // The one that ends last is good for the other.
    guard let last else { return first.isOver(at: now) ? nil : first.time }
    return max(first.time, last.time)
  }

  /// When the credentials end that a configuration names, if both are known: the later end, and the
  /// configuration with that credential.
  ///
  /// - Parameters:
  ///   - first: The first credential.
  ///   - next: The next one.
  /// - Returns: `nil` if one of them is not known.
  func lastEnd(
    of first: LoadedCredential, _ next: LoadedCredential
  ) -> (end: CredentialEnd, configuration: Configuration)? {
    guard let succeeding = configuration.succeeding,
      let firstEnd = knownEnd(of: UsedCredential(first, of: configuration)),
      let nextEnd = knownEnd(of: UsedCredential(next, of: succeeding))
    else { return nil }
    return nextEnd.time < firstEnd.time ? (firstEnd, configuration) : (nextEnd, succeeding)
  }

  /// When a credential ends, as far as it, the configuration, or an earlier answer of Graph's says
  /// that.
  ///
  /// - Parameter credential: The credential.
  /// - Returns: `nil` if nobody knows it.
  func knownEnd(of credential: UsedCredential) -> CredentialEnd? {
    credential.end ?? memory(of: credential)?.graph?.end
  }

  /// What a run tells a person of the end of the credential that it has used.
  ///
  /// - Parameters:
  ///   - report: Gets the cost of a question to Graph, which is asked at most once a day.
  ///   - asksGraph: Whether Graph may be asked.
  /// - Returns: One sentence; `nil` if it is not due.
  func reminder(in report: inout Report, asksGraph: Bool) -> String? {
    guard let first = tokens.used else { return nil }
    let now = Clock.wall
    // The next credential, if there is one, takes the place of the first by itself. So the one
    // counts that ends last.
    guard let used = lastUsed(first, in: &report, asksGraph: asksGraph, at: now) else { return nil }
    // What ends later is nothing to look up.
    if let end = used.end, !end.isNear(at: now) { return nil }
    let memory = memory(of: used, asksGraph: asksGraph, in: &report, at: now)
    guard let end = used.end ?? memory?.graph?.end else { return nil }
    let text = end.text(at: now, of: used.configuration)
    guard let memory else { return end.isUrgent(at: now) ? text : nil }
    guard end.isDue(at: now, lastSaid: memory.lastSaid(of: end)) else { return nil }
    memory.noteSaid(end, at: now)
    return text
  }

  /// The credential that ends last: the one that the run has used, or the next one.
  ///
  /// - Returns: `nil` if the end of one of them is not known.
  private func lastUsed(
    _ first: UsedCredential, in report: inout Report, asksGraph: Bool, at now: Double
  ) -> UsedCredential? {
    guard first.configuration.nextCredential != nil else { return first }
    guard let succeeding = configuration.succeeding,
      let loaded = tokens.load(stage: succeeding)
    else { return first }
    let next = UsedCredential(loaded, of: succeeding)
    // As long as the first one does not end soon, nothing has to be asked about the next one.
    guard let end = knownEnd(of: first), end.isNear(at: now) else { return nil }
    let memory = memory(of: next, asksGraph: asksGraph, in: &report, at: now)
    guard let nextEnd = next.end ?? memory?.graph?.end else { return nil }
    return nextEnd.time < end.time ? first : next
  }

  /// What is remembered of a credential's end; `nil` where nothing can be.
  func memory(of credential: UsedCredential) -> CredentialMemory? {
    guard let history = RunHistory.kept(for: [self]), let binding = credential.binding else {
      return nil
    }
    return CredentialMemory(history, of: application, binding)
  }

  /// What is remembered of a credential's end, once Graph was asked about it, if that is due.
  private func memory(
    of credential: UsedCredential, asksGraph: Bool, in report: inout Report, at now: Double
  ) -> CredentialMemory? {
    var memory = memory(of: credential)
    if asksGraph, credential.end == nil, let secret = credential.secret,
      memory?.isQuestionDue(at: now) ?? false
    {
      memory?.keep(askEnd(of: secret, in: &report), at: now)
    }
    return memory
  }

  /// Asks Graph when the client secret in use ends, in a run of its own.
  private func askEnd(of secret: Secret, in report: inout Report) -> CredentialEnd? {
    var end: CredentialEnd?
    do {
      let cost = try running(over: series?.usableTransport) { (run) throws(EntraSyncError) in
        defer { run.cancelAll() }
        end = try? askEnd(of: secret, run).get()
        return run.report
      }
      report.requests += cost.requests
      report.bytes += cost.bytes
    } catch {
      // The list is right all the same.
    }
    return end
  }

  /// Asks Graph when the client secret in use ends, as a part of a run.
  ///
  /// - Parameters:
  ///   - secret: The client secret that has brought the token.
  ///   - run: The run.
  /// - Returns: `nil` if Graph does not show it, or why there is no answer.
  func askEnd(of secret: Secret, _ run: Run) -> Result<CredentialEnd?, EntraSyncError> {
    let once = RetryPolicy(maximumRetries: 0, firstDelay: 0)
    let service = GraphService(configuration, run: run, tokens: tokens, policy: once)
    do throws(EntraSyncError) {
      let answer = try run.within(CredentialMemory.patience) { () throws(EntraSyncError) in
        try Inquiry(service)
          .ask(ApplicationSecrets.question(of: configuration), about: .application)
      }
      return .success(
        ApplicationSecrets(answer, of: configuration)?.end(of: secret, at: Clock.wall))
    } catch {
      run.log(.info, "when the client secret ends is not known: \(error.message)")
      return .failure(error)
    }
  }
}
