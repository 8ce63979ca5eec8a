import EntraSync

/// The question for a token of one of this machine's managed identities, from the first try to the
/// answer.
///
/// Nothing here waits, as in ``SignIn``.
final class IdentityQuestion {
  private let answer: IdentityAnswer
  private let keyFolder: Path
  private let run: Run
  private var attempts = 0
  private var sent: (transfer: Transfer, time: Double)?
  /// When the next try may be sent, on the monotonic clock.
  private var due = 0.0
  /// The content of the file that Azure Arc's agent has named.
  private var key: Secret?

  /// Prepares a question. Nothing is sent yet.
  ///
  /// - Parameters:
  ///   - answer: Who is asked, about whom, and what an answer means.
  ///   - keyFolder: The folder of the keys of Azure Arc's agent.
  ///   - run: The run that it belongs to.
  init(_ answer: IdentityAnswer, keyFolder: Path, run: Run) {
    self.answer = answer
    self.keyFolder = keyFolder
    self.run = run
  }

  /// The scheme, host and port that are asked.
  var origin: String { answer.service.origin }

  /// Seconds until the next try may be sent; 0 while one is on its way.
  var delay: Double { sent == nil ? max(0, due - Clock.monotonic) : 0 }

  /// Whether nothing is to be done before an answer comes.
  var isOnItsWay: Bool { sent.map { !$0.transfer.isFinished } ?? false }

  /// Asks when that is due, and reads the answer once it has come. A failure that may pass is tried
  /// again.
  ///
  /// - Throws: `.authentication` if it is refused, `.network` and others if there is no answer.
  /// - Returns: The token; `nil` as long as there is none.
  func advance() throws(EntraSyncError) -> Token? {
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

  private func send() throws(EntraSyncError) {
    // The service may repeat in a refusal what it was sent.
    if let header = answer.service.header { run.keepSecret(header) }
    run.log(.info, "token of the managed identity at \(origin), try \(attempts + 1)")
    let request = IdentityRequest(
      to: answer.service, as: answer.identity, for: answer.configuration.identityResource,
      proving: key)
    let time = Clock.monotonic
    let transfer = try run.send(
      HTTPRequest(url: request.url, service: answer.service, furtherHeaders: request.headers),
      reader: AnswerReader(limit: 1 << 20))
    sent = (transfer, time)
  }

  private func read(
    _ transfer: Transfer, sentAt time: Double
  ) throws(EntraSyncError) -> Token? {
    switch transfer.ending {
    case .failed(let error): throw error
    case .broken(let error): try tryAgain(after: error, atMost: IdentityAnswer.fewRetries)
    case .answered where transfer.httpStatus == 200: return try token(transfer, sentAt: time)
    case .answered:
      let step = answer.step(
        httpStatus: transfer.httpStatus, answer: transfer.reader.refusal(),
        challenges: transfer.challenges, hasProved: key != nil, folder: keyFolder.text)
      switch step {
      case .prove(let challenge): key = try proof(of: challenge)
      case .askAgain(let error, let most): try tryAgain(after: error, atMost: most)
      case .fail(let error): throw error
      }
    }
    return nil
  }

  private func token(
    _ transfer: Transfer, sentAt time: Double
  ) throws(EntraSyncError) -> Token? {
    guard answer.service.kind != .arc || key != nil else { throw answer.unproved }
    // The token that is kept is a Secret.
    defer { run.parser.wipe() }
    guard let document = try? transfer.reader.value(run.parser) else {
      try tryAgain(after: answer.noToken, atMost: IdentityAnswer.fewRetries)
      return nil
    }
    let token = try answer.token(document, now: time, wall: Clock.wall)
    run.keepSecret(token.value)
    try answer.identity.check(token.value.claims, of: answer.configuration)
    return token
  }

  /// Reads the file that Azure Arc's agent has named. Nobody but root and the agent's group can.
  func proof(of challenge: ArcChallenge) throws(EntraSyncError) -> Secret {
    let system = SystemCalls()
    let file: RegularFile
    do {
      let found = try system.openWithoutFollowing(Path(challenge.path))
      file = try RegularFile(found, limit: ArcChallenge.largestKey, system: system)
    } catch {
      throw EntraSyncError(
        .file,
        "the key of Azure Arc's agent, \(challenge.path), cannot be used: \(error.readingProblem); "
          + "run as root, or as a user of the group himds")
    }
    let key = Secret(String(decoding: file.content, as: UTF8.self).trimmed.utf8)
    run.keepSecret(key)
    guard key.withBytes(\.isVisible) else {
      throw EntraSyncError(
        .file,
        "the key of Azure Arc's agent, \(challenge.path), holds something else than a key; look "
          + "with: azcmagent check")
    }
    return key
  }

  /// Readies the next try, or ends the question.
  private func tryAgain(after error: EntraSyncError, atMost most: Int) throws(EntraSyncError) {
    let situation = RetryPolicy.Situation(
      outcome: .broken(error), attempts: attempts, remaining: run.remaining,
      jitter: Double.random(in: 0...1))
    switch run.limits.retry.bounded(to: most).decide(situation) {
    case .accept: throw error
    case .giveUp(let error): throw error
    case .retry(let delay):
      // Azure Arc's agent shows a key once; the next try begins with a new one.
      key = nil
      run.log(
        .info, "no token of the managed identity, try again in \(Int(delay.rounded(.up))) s")
      due = Clock.monotonic + delay
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether there are bytes, and all of them are visible ASCII, as a header may hold.
  fileprivate var isVisible: Bool { !isEmpty && allSatisfy { $0 > 0x20 && $0 < 0x7F } }
}
