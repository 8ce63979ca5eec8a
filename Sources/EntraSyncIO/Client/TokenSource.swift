import EntraSync

/// Where a run's requests get their token: the one that is still good, or a new sign-in.
///
/// It is an object, since a callback may use the client again in the middle of a run.
final class TokenSource {
  private let configuration: Configuration
  private let path: Path
  private var state = TokenState()

  /// A source that has not signed in yet.
  ///
  /// - Parameters:
  ///   - configuration: Tenant, application and credential.
  ///   - path: The configuration's file, which the credential's files are relative to.
  init(_ configuration: Configuration, path: Path) {
    self.configuration = configuration
    self.path = path
  }

  /// A token that is good now.
  ///
  /// - Parameter run: The run that needs it.
  /// - Throws: `.authentication` when the sign-in is refused, and others when there is no answer.
  /// - Returns: The token.
  func token(_ run: Run) throws(EntraSyncError) -> Secret {
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
  func forget(_ token: Secret) { state.forget(token) }

  /// Forgets the token, since the next one may be allowed more, as after a consent.
  func forget() { state.forget() }

  private func signIn(_ run: Run) throws(EntraSyncError) -> Secret {
    let proof = try Proof(of: configuration, besides: path)
    proof.describe(to: run)
    let token = try SignIn(configuration, proof: proof, run: run).token()
    run.keepSecret(token.value)
    state.keep(token)
    return token.value
  }
}
