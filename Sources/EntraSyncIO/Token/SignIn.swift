import EntraSync

/// One sign-in: from the credential to a token.
struct SignIn {
  private let configuration: Configuration
  private let credential: LoadedCredential
  private let run: Run

  /// Prepares a sign-in.
  ///
  /// - Parameters:
  ///   - configuration: Tenant, application and endpoints.
  ///   - credential: The credential.
  ///   - run: The run that it belongs to.
  init(_ configuration: Configuration, credential: LoadedCredential, run: Run) {
    self.configuration = configuration
    self.credential = credential
    self.run = run
  }

  /// Asks for a token. A failure that may pass is retried.
  ///
  /// - Parameter challenge: The claims that Graph wants in the token, if it does.
  /// - Throws: `.authentication` if it is refused, `.network` and others if there is no answer.
  /// - Returns: The token.
  func token(answering challenge: ClaimsChallenge? = nil) throws(EntraSyncError) -> Token {
    var attempts = 0
    while true {
      run.log(.info, "sign-in at \(configuration.login.origin), try \(attempts + 1)")
      let request = try credential.request(configuration, run, answering: challenge)
      let sent = Clock.monotonic
      let reader = AnswerReader(limit: 1 << 20)
      let transfer = try run.send(
        HTTPRequest(url: request.url, form: request.body, retries: attempts), reader: reader)
      while !transfer.isFinished { try run.advance(waitingAtMost: 1) }
      run.report.bytes += transfer.bytes
      attempts += 1
      var answer: JSONValue?
      if let fault = try fault(of: transfer, reader, into: &answer) {
        let error = transfer.foreignError(inPlaceOf: .signIn) ?? fault
        try wait(after: .broken(error), attempts: attempts, refusal: error)
        continue
      }
      if transfer.httpStatus == 200 { return try Token(answer, now: sent) }
      let refusal = SignInRefusal.error(
        httpStatus: transfer.httpStatus, answer: reader.refusal(),
        location: transfer.redirectTarget,
        page: reader.foreignAnswer(httpStatus: transfer.httpStatus), isChallenged: challenge != nil,
        configuration: configuration, certificate: credential.certificate)
      try wait(
        after: .answer(httpStatus: transfer.httpStatus, retryAfter: transfer.retryAfter),
        attempts: attempts, refusal: refusal)
    }
  }

  /// Why there is no whole answer, which may pass; `nil` if there is one. That of a 200 is read.
  private func fault(
    of transfer: Transfer, _ reader: AnswerReader, into answer: inout JSONValue?
  ) throws(EntraSyncError) -> EntraSyncError? {
    switch transfer.ending {
    case .failed(let error): throw error
    case .broken(let error): return error
    case .answered:
      guard transfer.httpStatus == 200 else { return nil }
      // The token that is kept is a Secret.
      defer { run.parser.wipe() }
      do throws(EntraSyncError) { answer = try reader.value(run.parser) } catch { return error }
      return nil
    }
  }

  /// Waits for the next try, or ends the sign-in.
  private func wait(
    after outcome: RetryPolicy.Outcome, attempts: Int, refusal: EntraSyncError
  ) throws(EntraSyncError) {
    let situation = RetryPolicy.Situation(
      outcome: outcome, attempts: attempts, remaining: run.remaining,
      jitter: Double.random(in: 0...1), cause: refusal)
    switch run.limits.retry.decide(situation) {
    case .accept: throw refusal
    case .giveUp(var error):
      // Entra's own code says more than "unavailable".
      if case .answer = outcome { error = error.explained(by: refusal) }
      throw error
    case .retry(let delay):
      run.log(.info, "the sign-in failed, try again in \(Int(delay.rounded(.up))) s")
      try run.wait(delay)
    }
  }
}
