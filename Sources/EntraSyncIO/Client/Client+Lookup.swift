import EntraSync

extension Client {
  /// Asks whether addresses belong to members of the groups.
  ///
  /// The token and the connection are kept for the next lookup, which is then one round trip.
  ///
  /// - Parameters:
  ///   - addresses: Any texts; what no list can hold is nobody's address.
  ///   - withAliases: Whether a person's other addresses (`proxyAddresses`) count too.
  /// - Throws: Any status, with the configuration's file in the message, where nothing can be told.
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
    let unseen = (configuration.groups + configuration.excludedGroups).filter {
      !knownGroups.contains($0)
    }
    // Where all fits into one batch, whatever can be asked at once is.
    let each = Lookup.firstQuestions(of: configuration, guesses: true)
    let guesses = unseen.count + addresses.count * each <= Batch.largest
    var lookups = addresses.map {
      Lookup($0, in: configuration, withAliases: withAliases, guesses: guesses)
    }
    guard lookups.contains(where: { $0.answer == nil }) else { return lookups.compactMap(\.answer) }

    var course = BatchCourse(policy: run.patience.retry)
    var groups: [Int: ObjectID] = [:]
    var questions: [Int: (lookup: Int, question: Lookup.Question)] = [:]
    func add(from index: Int) {
      for question in lookups[index].takeQuestions() {
        questions[course.add(question.question)] = (index, question)
      }
    }
    for group in unseen {
      groups[course.add(GraphQuestion("/groups/\(group.text)?$select=id"))] = group
    }
    for index in lookups.indices { add(from: index) }

    let inquiry = Inquiry(configuration, run: run, tokens: tokens)
    while let due = course.due {
      guard let batch = course.batch(at: run.elapsed) else {
        try run.wait(max(0, due - run.elapsed))
        continue
      }
      let answer = try inquiry.ask(batch.question, about: .people)
      course.take(
        try batch.replies(in: answer, now: Clock.wall), to: batch, at: run.elapsed,
        remaining: run.remaining, jitter: Double.random(in: 0...1))
      if course.needsToken, let token = inquiry.token { tokens.forget(token) }
      for number in batch.questions.keys.sorted() {
        guard let outcome = course.takeOutcome(of: number) else { continue }
        if let group = groups.removeValue(forKey: number) {
          try GraphReply.of(outcome, about: .group(group), configuration)
          knownGroups.insert(group)
        } else if let (index, question) = questions.removeValue(forKey: number) {
          lookups[index].take(outcome, of: question)
          add(from: index)
        }
      }
    }
    return lookups.map { lookup in
      switch lookup.answer {
      case .unknown(let error): .unknown(run.presentable(error).about(configuration.path))
      case let answer?: answer
      case nil: .unknown(Client.unanswered.about(configuration.path))
      }
    }
  }

  private static var unanswered: EntraSyncError {
    EntraSyncError(.server, "Graph left a question of a batch unanswered")
  }
}
