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
      _ = state.adopt(loan, at: Clock.monotonic)
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
    let credential = try LoadedCredential(of: configuration, besides: path, in: surroundings)
    credential.describe(to: run)
    // Whatever comes of it, Graph repeats its demand if it has one.
    defer { (challenge, isReplaced) = (nil, true) }
    return SignIn(configuration, credential: credential, answering: challenge, run: run) {
      [unowned self] in reached.append($0)
    }
  }

  /// Keeps the token that a sign-in has brought.
  func keep(_ token: Token, _ run: Run) {
    run.keepSecret(token.value)
    state.keep(token)
    store?.keep(token, run)
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
