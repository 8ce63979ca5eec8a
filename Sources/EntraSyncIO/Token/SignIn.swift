import EntraSync

/// One sign-in: from the credential to a token.
///
/// If Entra ID refuses one credential, the next one is tried.
///
/// Nothing here waits. Whoever lets the run's transfers move on calls ``advance()`` until there is
/// a token.
final class SignIn {
  /// How often a refusal is tried again that may be over in a moment.
  private static let fewRetries = 2

  /// Tenant, application and endpoints, with the credential that is tried.
  private(set) var configuration: Configuration
  /// The credential that is tried.
  private(set) var credential: LoadedCredential
  /// What was refused.
  private(set) var failures: [(configuration: Configuration, error: EntraSyncError)] = []
  /// The first credential, once that was refused.
  private(set) var refused: CredentialRefusal?
  /// The configurations with the credentials that were not tried yet.
  private var others: ArraySlice<Configuration>
  private let load: (Configuration) throws(EntraSyncError) -> LoadedCredential
  private let run: Run
  private let challenge: ClaimsChallenge?
  /// Notes a server that has answered.
  private let noteAnswer: (String) -> Void
  /// The question for a managed identity's token, as long as there is no answer.
  private var question: IdentityQuestion?
  /// The token of the managed identity that vouches for the application.
  private var assertion: Token?
  /// What that says of itself.
  private var assertionNames: FederatedToken?
  private var attempts = 0
  private var sent: (transfer: Transfer, time: Double)?
  /// When the next try may be sent, on the monotonic clock.
  private var due = 0.0

  /// Prepares a sign-in. Nothing is sent yet.
  ///
  /// - Parameters:
  ///   - configuration: Tenant, application and endpoints, with the credential to try.
  ///   - others: The same with other credentials, which are tried if that is refused.
  ///   - challenge: The claims that Graph wants in the token, if it does.
  ///   - run: The run that it belongs to.
  ///   - load: Reads a configuration's credential.
  ///   - noteAnswer: Notes the scheme, host and port of a server that has answered.
  /// - Throws: `.configuration` or `.file` when the credential cannot be used.
  init(
    _ configuration: Configuration, orElse others: ArraySlice<Configuration> = [],
    answering challenge: ClaimsChallenge? = nil, run: Run,
    loading load: @escaping (Configuration) throws(EntraSyncError) -> LoadedCredential,
    noteAnswer: @escaping (String) -> Void = { _ in }
  ) throws(EntraSyncError) {
    self.configuration = configuration
    self.others = others
    self.load = load
    credential = try load(configuration)
    self.challenge = challenge
    self.run = run
    self.noteAnswer = noteAnswer
    question = credential.identityQuestion(configuration, run)
    assertionNames = credential.federatedToken
    credential.describe(to: run)
  }

  /// Seconds until the next try may be sent; 0 while one is on its way.
  var delay: Double { question?.delay ?? ownDelay }

  private var ownDelay: Double { sent == nil ? max(0, due - Clock.monotonic) : 0 }

  /// Whether nothing is to be done before an answer comes.
  var isOnItsWay: Bool {
    question?.isOnItsWay ?? sent.map { !$0.transfer.isFinished } ?? false
  }

  /// Asks for a token when that is due, and reads the answer once it has come. A failure that may
  /// pass is tried again.
  ///
  /// - Throws: `.authentication` if it is refused, `.network` and others if there is no answer.
  /// - Returns: The token; `nil` as long as there is none.
  func advance() throws(EntraSyncError) -> Token? {
    do throws(EntraSyncError) {
      return try proceed()
    } catch {
      guard !failures.isEmpty, !error.endsRun else { throw error }
      throw NextCredential.error(failures, last: (configuration, error))
    }
  }

  private func proceed() throws(EntraSyncError) -> Token? {
    if let question {
      guard let token = try ask(question) else { return nil }
      self.question = nil
      if configuration.credential.isManagedIdentity { return token }
      (assertion, assertionNames) = (token, FederatedToken(token.value.claims))
    }
    guard let (transfer, time) = sent else {
      if delay == 0 { try send() }
      return nil
    }
    guard transfer.isFinished else { return nil }
    sent = nil
    run.report.bytes += transfer.bytes
    attempts += 1
    return try read(transfer, sentAt: time)
  }

  /// Asks for the token of a managed identity.
  private func ask(_ question: IdentityQuestion) throws(EntraSyncError) -> Token? {
    do throws(EntraSyncError) {
      guard let token = try question.advance() else { return nil }
      noteAnswer(question.origin)
      return token
    } catch {
      if error.httpStatus != nil, !error.isForeign { noteAnswer(question.origin) }
      throw error
    }
  }

  private func send() throws(EntraSyncError) {
    if let refusal = credential.refusal { return try turn(after: refusal) }
    run.log(.info, "sign-in at \(configuration.login.origin), try \(attempts + 1)")
    let request = try credential.request(
      configuration, run, assertion: assertion?.value, answering: challenge)
    let time = Clock.monotonic
    let transfer = try run.send(
      HTTPRequest(url: request.url, form: request.body, retries: attempts),
      reader: AnswerReader(limit: 1 << 20))
    sent = (transfer, time)
  }

  /// The token of an answer; `nil` if the sign-in is tried again.
  private func read(
    _ transfer: Transfer, sentAt time: Double
  ) throws(EntraSyncError) -> Token? {
    let reader = transfer.reader
    var answer: JSONValue?
    if let fault = try fault(of: transfer, reader, into: &answer) {
      let error = transfer.foreignError(inPlaceOf: .signIn) ?? fault
      try tryAgain(after: .broken(error), refusal: error)
      return nil
    }
    if transfer.httpStatus == 200 {
      noteAnswer(configuration.login.origin)
      return try Token(answer, now: time)
    }
    let refusal = SignInRefusal.error(
      httpStatus: transfer.httpStatus, answer: reader.refusal(),
      location: transfer.redirectTarget,
      page: reader.foreignAnswer(httpStatus: transfer.httpStatus), isChallenged: challenge != nil,
      configuration: configuration, certificate: credential.certificate,
      token: assertionNames)
    if !refusal.isForeign { noteAnswer(configuration.login.origin) }
    if !others.isEmpty, NextCredential.mayHelp(after: refusal) {
      try turn(after: refusal)
      return nil
    }
    if SignInRefusal.mayBeNew(refusal) {
      try tryAgain(
        after: .broken(refusal), refusal: refusal,
        by: run.limits.retry.bounded(to: SignIn.fewRetries))
      return nil
    }
    try tryAgain(
      after: .answer(httpStatus: transfer.httpStatus, retryAfter: transfer.retryAfter),
      refusal: refusal)
    return nil
  }

  /// Turns to the next credential, after this one was refused.
  ///
  /// - Throws: The refusal, if there is no other credential that can be used.
  private func turn(after refusal: EntraSyncError) throws(EntraSyncError) {
    guard let next = others.popFirst() else { throw refusal }
    failures.append((configuration, refusal))
    if !configuration.usesNext {
      refused = credential.binding(of: configuration).map {
        CredentialRefusal(of: $0, hasEnded: NextCredential.isOfEnd(refusal))
      }
    }
    run.log(
      .info, "\(configuration.credentialKeys) is refused, \(next.credentialKeys) is tried")
    configuration = next
    credential = try load(next)
    credential.describe(to: run)
    (attempts, due) = (0, 0)
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

  /// Readies the next try, or ends the sign-in.
  private func tryAgain(
    after outcome: RetryPolicy.Outcome, refusal: EntraSyncError, by policy: RetryPolicy? = nil
  ) throws(EntraSyncError) {
    let situation = RetryPolicy.Situation(
      outcome: outcome, attempts: attempts, remaining: run.remaining,
      jitter: Double.random(in: 0...1), cause: refusal)
    switch (policy ?? run.limits.retry).decide(situation) {
    case .accept: throw refusal
    case .giveUp(var error):
      // Entra's own code says more than "unavailable".
      if case .answer = outcome { error = error.explained(by: refusal) }
      throw error
    case .retry(let delay):
      run.log(.info, "the sign-in failed, try again in \(Int(delay.rounded(.up))) s")
      due = Clock.monotonic + delay
    }
  }
}
