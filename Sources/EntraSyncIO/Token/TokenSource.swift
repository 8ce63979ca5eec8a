import EntraSync

/// Where a run's requests get their token: one that is still valid, or a new sign-in.
///
/// It is a class, since a callback may use the client again in the middle of a run.
final class TokenSource {
  private let configuration: Configuration
  private let path: Path
  private let surroundings: Surroundings
  private let store: TokenStore?
  private var state = TokenState()
  /// The token that was forgotten last. Other requests may have used it too.
  private weak var forgotten: Secret?
  /// Whether a sign-in was prepared since.
  private var isReplaced = false
  /// The claims that Graph wants in the next token. Only a sign-in can bring such a one.
  private var challenge: ClaimsChallenge?
  /// The first credential, while that is refused and the next one is used.
  private var refused: CredentialRefusal?
  /// The credential by which the present token came.
  private(set) var used: UsedCredential?
  /// What a person should know of the credential that the present token came by.
  private(set) var warning: String?
  /// The servers that the last sign-in has had an answer of, in their order.
  private(set) var reached: [String] = []

  /// Creates a source that has not signed in yet.
  ///
  /// - Parameters:
  ///   - configuration: Tenant, application and credential.
  ///   - path: The configuration's file, which its other files are relative to.
  ///   - surroundings: What the process finds around it.
  ///   - system: The calls to use for a token that processes share.
  init(
    _ configuration: Configuration, path: Path, in surroundings: Surroundings = .actual,
    system: SystemCalls = SystemCalls()
  ) {
    self.configuration = configuration
    self.path = path
    self.surroundings = surroundings
    store = TokenStore(configuration, besides: path, in: surroundings, system: system)
  }

  /// Says what the next request takes: a token that is valid now, or a sign-in.
  ///
  /// - Parameters:
  ///   - run: The run that needs it.
  ///   - borrowing: Whether it may be a token that another process has left.
  /// - Returns: What to do.
  func next(_ run: Run, borrowing: Bool) -> TokenState.Step {
    if case .signIn = state.next(at: Clock.monotonic),
      let loan = store?.borrow(run, isWanted: borrowing && challenge == nil)
    {
      if state.adopt(loan.token, at: Clock.monotonic) {
        noteUse(of: loan.credential, isNext: loan.isNext, after: loan.refused, run)
      }
    }
    return state.next(at: Clock.monotonic)
  }

  /// Prepares a sign-in.
  ///
  /// - Parameter run: The run that needs it.
  /// - Throws: `.configuration` or `.file` when the credential cannot be used.
  /// - Returns: The sign-in, whose outcome comes back here.
  func signIn(_ run: Run) throws(EntraSyncError) -> SignIn {
    reached = []
    let order = order
    let signIn = try SignIn(
      order[0], orElse: order[1...], answering: challenge, run: run, loading: load,
      noteAnswer: { [unowned self] in reached.append($0) })
    // Whatever comes of it, Graph repeats its demand if it has one.
    (challenge, isReplaced) = (nil, true)
    return signIn
  }

  /// Signs in by the next credential, to see whether that is accepted. The token is not kept.
  ///
  /// - Parameters:
  ///   - next: The configuration with its next credential.
  ///   - run: The run that it belongs to.
  /// - Throws: Why it is not accepted, `.cancelled` and `.timeout`.
  func prove(_ next: Configuration, _ run: Run) throws(EntraSyncError) {
    defer { run.progress.waiting = 0 }
    let signIn = try SignIn(next, run: run, loading: load)
    while try signIn.advance() == nil {
      run.progress.waiting = signIn.delay
      try run.advance(waitingAtMost: signIn.isOnItsWay ? 1 : signIn.delay)
    }
  }

  /// Reads the credential of a configuration; `nil` if it cannot be used.
  func load(stage: Configuration) -> LoadedCredential? { try? load(stage) }

  /// Reads a configuration's credential.
  private var load: (Configuration) throws(EntraSyncError) -> LoadedCredential {
    { [path, surroundings] (configuration) throws(EntraSyncError) in
      try LoadedCredential(of: configuration, besides: path, in: surroundings)
    }
  }

  /// The configuration with each credential, in the order in which they are tried.
  ///
  /// One that was refused comes last, as long as it is the same.
  private var order: [Configuration] {
    guard let next = configuration.succeeding else { return [configuration] }
    guard let refused else { return [configuration, next] }
    // Its file may be missing for a moment while the next one takes its place.
    guard let first = try? load(configuration) else { return [next, configuration] }
    guard first.binding(of: configuration) == refused.binding else { return [configuration, next] }
    return [next, configuration]
  }

  /// Keeps the token that a sign-in has brought.
  func keep(_ token: Token, of signIn: SignIn, _ run: Run) {
    run.keepSecret(token.value)
    state.keep(token)
    noteUse(
      of: signIn.credential, isNext: signIn.configuration.usesNext,
      after: signIn.refused ?? refused, run)
    store?.keep(
      token, boundBy: signIn.credential.binding(of: configuration, after: refused), run)
  }

  /// Notes by which credential the token came that is used from now on.
  private func noteUse(
    of credential: LoadedCredential, isNext: Bool, after refused: CredentialRefusal?, _ run: Run
  ) {
    used = UsedCredential(
      credential, of: (isNext ? configuration.succeeding : nil) ?? configuration)
    self.refused = isNext ? refused : nil
    warning =
      isNext
      ? NextCredential.warning(configuration, hasEnded: refused?.hasEnded ?? false) : nil
    if let warning { run.log(.warning, warning) }
  }

  /// Notes that a sign-in has failed.
  func noteFailure(_ error: EntraSyncError) { state.noteFailure(error, at: Clock.monotonic) }

  /// Waits for a token that is valid now.
  ///
  /// - Parameters:
  ///   - run: The run that needs it.
  ///   - borrowing: Whether it may be a token that another process has left.
  /// - Throws: `.authentication` if the sign-in is refused, and others if there is no answer.
  /// - Returns: The token.
  func token(_ run: Run, borrowing: Bool = true) throws(EntraSyncError) -> Secret {
    try RunToken(from: self, for: run).wait(borrowing: borrowing)
  }

  /// The last token; `nil` without one.
  var value: Secret? { state.value }

  /// When the token expires, on the monotonic clock; `nil` without a token.
  var end: Double? { state.end }

  /// Forgets a token that Graph does not accept, unless a newer one has replaced it.
  ///
  /// - Parameters:
  ///   - token: The token that was sent.
  ///   - challenge: The claims that Graph wants in the next one, if it does.
  func forget(_ token: Secret, answering challenge: ClaimsChallenge? = nil) {
    // Each request that was on its way with it is refused. Once a sign-in was prepared, its answer
    // is the answer to all of them.
    if token === forgotten {
      if !isReplaced { self.challenge = self.challenge ?? challenge }
      return
    }
    (forgotten, isReplaced) = (token, false)
    // A newer token was asked for since, and may have them.
    if state.value == nil || state.value === token { self.challenge = challenge ?? self.challenge }
    state.forget(token)
    store?.drop(token)
  }

  /// Forgets the token, since the next one may have more permissions, as after a consent.
  func forget() {
    if let token = state.value { store?.drop(token) }
    state.forget()
  }

  /// Whether another client finds the token that this one signs in for.
  ///
  /// - Parameter other: The other client's tokens.
  /// - Returns: `false` also for a client without STATEDIR.
  func shareFile(with other: TokenSource) -> Bool {
    guard let store, let theirs = other.store else { return false }
    return store.isSame(as: theirs)
  }

  /// Whether another process has left the token, so that Graph may refuse it by now.
  ///
  /// - Parameter token: What ``token(_:borrowing:)`` returned.
  /// - Returns: `false` also for a token that another has replaced since.
  func isBorrowed(_ token: Secret) -> Bool { store?.isBorrowed(token) ?? false }
}
