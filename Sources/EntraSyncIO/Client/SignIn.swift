import EntraSync

/// One sign-in: from the credential to a token.
struct SignIn {
  private let configuration: Configuration
  private let request: TokenRequest
  private let run: Run

  /// Prepares a sign-in with a client secret.
  ///
  /// - Parameters:
  ///   - configuration: Tenant, application and endpoints.
  ///   - secret: The client secret.
  ///   - run: The run that it belongs to.
  init(_ configuration: Configuration, secret: Secret, run: Run) {
    self.configuration = configuration
    self.run = run
    request = TokenRequest(configuration, secret: secret)
  }

  /// Asks for a token, again where the server asks for patience.
  ///
  /// - Throws: `.authentication` when it is refused, `.network` and others when there is no answer.
  func token() throws(EntraSyncError) -> Token {
    var attempts = 0
    while true {
      attempts += 1
      run.log(.info, "sign-in at \(configuration.login.origin), try \(attempts)")
      let sent = Clock.monotonic
      let answer = JSONValueReader()
      let reader = AnswerReader(answer, limit: 1 << 20)
      let transfer = try run.send(HTTPRequest(url: request.url, form: request.body), reader: reader)
      while !transfer.isFinished { try run.advance(waitingAtMost: 1) }
      try transfer.check()
      switch run.decide(transfer, attempts: attempts) {
      case .retry(let delay): try run.wait(delay)
      case .giveUp(let error): throw error
      case .accept:
        guard transfer.httpStatus == 200 else {
          throw SignInRefusal.error(
            httpStatus: transfer.httpStatus, answer: reader.refusal(),
            configuration: configuration)
        }
        try reader.finish()
        return try Token(answer.value, now: sent)
      }
    }
  }
}
