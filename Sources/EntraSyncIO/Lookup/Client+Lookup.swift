import EntraSync

extension Client {
  /// Asks whether addresses belong to members of the groups.
  ///
  /// The token and the connection are kept for the next lookup, which is then one round trip.
  ///
  /// - Parameters:
  ///   - addresses: Any texts. A text that no list can hold is nobody's address.
  ///   - field: The field by which people have addresses; QUERYFILTER's first if there is none.
  ///   - withAliases: Whether a person's other addresses (`proxyAddresses`) count too.
  ///   - people: For each address, people of whom it has to be known whether EXCLUDEGROUPID leaves
  ///     them out; empty for none.
  /// - Throws: Any status, with the configuration's file in the message, if nothing can be told.
  /// - Returns: An answer for each address, in their order, and what was asked.
  public func lookUp(
    _ addresses: [String], by field: QueryFilter.Field? = nil, withAliases: Bool = false,
    also people: [Set<ObjectID>] = []
  ) throws(EntraSyncError) -> (answers: [LookupAnswer], report: Report) {
    try keepingConnection { (run) throws(EntraSyncError) in
      try begin(run)
      let answers = try lookUp(addresses, by: field, withAliases: withAliases, also: people, run)
      var report = run.report
      report.seconds = run.elapsed
      return (answers, report)
    }
  }

  private func lookUp(
    _ addresses: [String], by field: QueryFilter.Field?, withAliases: Bool,
    also people: [Set<ObjectID>], _ run: Run
  ) throws(EntraSyncError) -> [LookupAnswer] {
    let unseen = groupsToConfirm(at: Clock.monotonic)
    let groupQuestions = unseen.reduce(0) {
      $0 + GroupQuestion(about: $1, of: configuration).firstQuestions
    }
    // If everything fits into one batch, ask at once all that can be asked.
    let each = AddressQuestion.firstQuestions(of: configuration, by: field, guesses: true)
    let guesses = groupQuestions + addresses.count * each <= Batch.largest
    var table = LookupTable(
      addresses.enumerated().map { index, address in
        AddressQuestion(
          address, in: configuration, by: field, withAliases: withAliases, guesses: guesses,
          also: index < people.count ? people[index] : [])
      }, confirming: unseen, configuration, policy: run.limits.retry)
    guard !table.isAnswered else { return table.answers }

    let inquiry = Inquiry(GraphService(configuration, run: run, tokens: tokens))
    do throws(EntraSyncError) {
      while let due = table.due {
        guard let batch = table.queue.batch(at: run.elapsed) else {
          try run.wait(max(0, due - run.elapsed))
          continue
        }
        let answer = try inquiry.ask(batch.question, about: .people)
        table.queue.take(
          try batch.replies(in: answer, now: Clock.wall, parse: JSONValue.init), to: batch,
          isTokenBorrowed: inquiry.isTokenBorrowed, at: run.elapsed, remaining: run.remaining,
          jitter: Double.random(in: 0...1))
        if table.queue.needsToken, let token = inquiry.token {
          tokens.forget(token, answering: table.queue.challenge)
        }
        for group in try table.takeOutcomes(of: batch, roles: inquiry.roles) {
          knownGroups[group.group] = KnownGroup(
            time: Clock.monotonic, mayHideMembers: group.mayHideMembers)
        }
      }
    } catch {
      try run.transport.origin.check()
      // Keep the answers so far, if it is certain that the groups exist.
      guard table.areGroupsConfirmed, error.status != .cancelled else { throw error }
      table.end(with: error)
    }
    lazy var hiddenPeople = concealment(by: configuration.groups, run)
    lazy var hiddenExclusions = concealment(by: configuration.excludedGroups, run)
    return table.answers.map { answer in
      switch answer {
      case .found(var finding):
        finding.hiddenPeople = hiddenPeople
        finding.hiddenExclusions = hiddenExclusions
        return .found(finding)
      case .unknown(let error):
        forgetToken(after: error)
        return .unknown(run.presentable(error).about(configuration.path))
      }
    }
  }

  /// The groups that have not been confirmed within ``groupLifetime``.
  private func groupsToConfirm(at now: Double) -> [ObjectID] {
    allGroups.filter {
      knownGroups[$0].map { now - $0.time > Client.groupLifetime } ?? true
    }
  }

  /// Why Graph may leave one of some groups out of a person's groups; empty if none hides members.
  private func concealment(by groups: [ObjectID], _ run: Run) -> [EntraSyncError] {
    guard let hidden = groups.first(where: { knownGroups[$0]?.mayHideMembers ?? false }) else {
      return []
    }
    // Another token may name its permissions.
    tokens.forget()
    return [run.presentable(GroupQuestion.isUnclear(hidden)).about(configuration.path)]
  }
}
