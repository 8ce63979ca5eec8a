import EntraSync

/// The token of a run's requests: it is there, or a sign-in that brings it is on its way.
final class RunToken {
  private let source: TokenSource
  private let run: Run
  /// The sign-in that is on its way.
  private var signIn: SignIn?
  /// The previous token, if that is still valid while the sign-in is on its way.
  private var fallback: Secret?

  /// Prepares to get one. Nothing is sent yet.
  ///
  /// - Parameters:
  ///   - source: Where tokens come from.
  ///   - run: The run that needs it.
  init(from source: TokenSource, for run: Run) {
    self.source = source
    self.run = run
  }

  /// Whether a sign-in is under way.
  var isPending: Bool { signIn != nil }

  /// Seconds until a sign-in that has failed is tried again; 0 if none has.
  var delay: Double { signIn?.delay ?? 0 }

  /// Whether nothing is to be done before an answer comes.
  var isOnItsWay: Bool { signIn?.isOnItsWay ?? false }

  /// A token that is valid now. If there is none, a sign-in begins or goes on.
  ///
  /// - Parameter borrowing: Whether it may be a token that another process has left.
  /// - Throws: `.authentication` if the sign-in is refused, and others if there is no answer.
  /// - Returns: `nil` as long as the sign-in is on its way.
  func value(borrowing: Bool = true) throws(EntraSyncError) -> Secret? {
    if signIn == nil {
      switch source.next(run, borrowing: borrowing) {
      case .use(let token):
        run.keepSecret(token)
        return token
      case .refuse(let error): throw error
      case .signIn(let previous): fallback = previous
      }
    }
    do throws(EntraSyncError) {
      let signIn = if let signIn { signIn } else { try source.signIn(run) }
      self.signIn = signIn
      guard let token = try signIn.advance() else { return nil }
      (self.signIn, fallback) = (nil, nil)
      source.keep(token, of: signIn, run)
      return token.value
    } catch {
      signIn = nil
      source.noteFailure(error)
      // Graph may have refused the previous token meanwhile.
      guard let fallback, fallback === source.value, !error.endsRun else { throw error }
      run.log(.warning, "\(error.message); the previous token is still valid")
      run.keepSecret(fallback)
      return fallback
    }
  }

  /// Waits for a token that is valid now.
  ///
  /// - Parameter borrowing: Whether it may be a token that another process has left.
  /// - Throws: What ``value(borrowing:)`` throws, `.cancelled` and `.timeout`.
  /// - Returns: The token.
  func wait(borrowing: Bool = true) throws(EntraSyncError) -> Secret {
    defer { run.progress.waiting = 0 }
    while true {
      if let token = try value(borrowing: borrowing) { return token }
      run.progress.waiting = delay
      try run.advance(waitingAtMost: isOnItsWay ? 1 : delay)
    }
  }
}
