import EntraSync

/// Where a run's requests get their token: the one that is still good, or a new sign-in.
///
/// It is an object, since a callback may use the client again in the middle of a run.
final class TokenSource {
  private let configuration: Configuration
  private let path: Path
  private let store: TokenStore?
  private var state = TokenState()

  /// A source that has not signed in yet.
  ///
  /// - Parameters:
  ///   - configuration: Tenant, application and credential.
  ///   - path: The configuration's file, which its other files are relative to.
  ///   - system: The calls to use for a token that other processes share.
  init(_ configuration: Configuration, path: Path, system: SystemCalls = SystemCalls()) {
    self.configuration = configuration
    self.path = path
    store = TokenStore(configuration, besides: path, system: system)
  }

  /// A token that is good now.
  ///
  /// - Parameters:
  ///   - run: The run that needs it.
  ///   - borrowing: Whether it may be one that another process has left.
  /// - Throws: `.authentication` when the sign-in is refused, and others when there is no answer.
  /// - Returns: The token.
  func token(_ run: Run, borrowing: Bool = true) throws(EntraSyncError) -> Secret {
    if case .signIn = state.next(at: Clock.monotonic),
      let loan = store?.borrow(run, isWanted: borrowing)
    {
      _ = state.adopt(loan, at: Clock.monotonic)
    }
    switch state.next(at: Clock.monotonic) {
    case .use(let token):
      run.keepSecret(token)
      return token
    case .refuse(let error): throw error
    case .signIn(let fallback):
      do throws(EntraSyncError) {
        return try signIn(run)
      } catch {
        state.noteFailure(error, at: Clock.monotonic)
        guard let fallback, error.status != .cancelled, error.status != .timeout else {
          throw error
        }
        run.log(.warning, "\(run.presentable(error).message); the token of before is still good")
        run.keepSecret(fallback)
        return fallback
      }
    }
  }

  /// When the token ends, on the monotonic clock; `nil` without one.
  var end: Double? { state.end }

  /// Forgets a token that Graph does not accept, unless a newer one has come since.
  ///
  /// - Parameter token: The token that was sent.
  func forget(_ token: Secret) {
    state.forget(token)
    store?.drop(token)
  }

  /// Forgets the token, since the next one may be allowed more, as after a consent.
  func forget() {
    if let token = state.value { store?.drop(token) }
    state.forget()
  }

  /// Whether a token is one that another process has left, which may have died since.
  ///
  /// - Parameter token: What ``token(_:)`` gave.
  /// - Returns: `false` also for one that another has followed.
  func isBorrowed(_ token: Secret) -> Bool { store?.isBorrowed(token) ?? false }

  private func signIn(_ run: Run) throws(EntraSyncError) -> Secret {
    let credential = try LoadedCredential(of: configuration, besides: path)
    credential.describe(to: run)
    let token = try SignIn(configuration, credential: credential, run: run).token()
    run.keepSecret(token.value)
    state.keep(token)
    store?.keep(token, run)
    return token.value
  }
}
