import EntraSync

extension Client {
  /// Asks whether addresses belong to members of the groups.
  ///
  /// The token and the connection are kept for the next lookup, which is then one round trip.
  ///
  /// - Parameters:
  ///   - addresses: Any texts. A text that no list can hold is nobody's address.
  ///   - withAliases: Whether a person's other addresses (`proxyAddresses`) count too.
  /// - Throws: Any status, with the configuration's file in the message, if nothing can be told.
  /// - Returns: An answer for each address, in their order, and what was asked.
  public func lookUp(
    _ addresses: [String], withAliases: Bool = false
  ) throws(EntraSyncError) -> (answers: [LookupAnswer], report: Report) {
    try keepingConnection { (run) throws(EntraSyncError) in
      for warning in configuration.warnings { run.log(.warning, warning) }
      try run.tell()
      let answers = try lookUp(addresses, withAliases: withAliases, run)
      var report = run.report
      report.seconds = run.elapsed
      return (answers, report)
    }
  }

  private func lookUp(
    _ addresses: [String], withAliases: Bool, _ run: Run
  ) throws(EntraSyncError) -> [LookupAnswer] {
    let unseen = groupsToConfirm(at: Clock.monotonic)
    // If everything fits into one batch, ask at once all that can be asked.
    let each = AddressQuestion.firstQuestions(of: configuration, guesses: true)
    let guesses = unseen.count + addresses.count * each <= Batch.largest
    var table = LookupTable(
      addresses.map {
        AddressQuestion($0, in: configuration, withAliases: withAliases, guesses: guesses)
      }, confirming: unseen, configuration, policy: run.limits.retry)
    guard !table.isAnswered else { return table.answers }

    let inquiry = Inquiry(configuration, run: run, tokens: tokens)
    do throws(EntraSyncError) {
      while let due = table.due {
        guard let batch = table.queue.batch(at: run.elapsed) else {
          try run.wait(max(0, due - run.elapsed))
          continue
        }
        let answer = try inquiry.ask(batch.question, about: .people)
        table.queue.take(
          try batch.replies(in: answer, now: Clock.wall), to: batch,
          isTokenBorrowed: inquiry.isTokenBorrowed, at: run.elapsed, remaining: run.remaining,
          jitter: Double.random(in: 0...1))
        if table.queue.needsToken, let token = inquiry.token { tokens.forget(token) }
        for group in try table.takeOutcomes(of: batch) { knownGroups[group] = Clock.monotonic }
      }
    } catch {
      // Keep the answers so far, if it is certain that the groups exist.
      guard table.areGroupsConfirmed, error.status != .cancelled else { throw error }
      table.end(with: error)
    }
    return table.answers.map { answer in
      guard case .unknown(let error) = answer else { return answer }
      if error.status == .permission { tokens.forget() }
      return .unknown(run.presentable(error).about(configuration.path))
    }
  }

  /// The groups that have not been seen to exist within ``groupLifetime``.
  private func groupsToConfirm(at now: Double) -> [ObjectID] {
    (configuration.groups + configuration.excludedGroups).filter {
      knownGroups[$0].map { now - $0 > Client.groupLifetime } ?? true
    }
  }
}
