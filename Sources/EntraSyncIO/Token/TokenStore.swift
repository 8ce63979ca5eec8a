import EntraSync

/// The file in STATEDIR by which processes of one user share a token.
///
/// It only ever saves a sign-in: whatever is wrong with it is a warning in the log, and the run goes
/// on without it. A file that is old, malformed or meant for something else is passed over in
/// silence, since time, a full disk or another release may have made it so; one that another user
/// may have made or read is warned of. No lock is needed: a file is replaced in one step, and the
/// last one counts.
final class TokenStore {
  private let configuration: Configuration
  /// The configuration's file.
  private let path: Path
  private let folder: Path
  private let system: SystemCalls
  /// What the tokens of this client belong to, while the folder can be used.
  private var binding: TokenBinding?
  /// The token of another process that this one uses.
  private var loan: Secret?
  /// How many loans were refused since this process has signed in.
  private var deadLoans = 0

  /// A store of the configuration's tokens; `nil` where it names no folder for them.
  ///
  /// - Parameters:
  ///   - configuration: Tenant, application and credential.
  ///   - path: The configuration's file, which STATEDIR is relative to.
  ///   - system: The calls to use.
  init?(_ configuration: Configuration, besides path: Path, system: SystemCalls) {
    guard let folder = configuration.stateFolder else { return nil }
    self.configuration = configuration
    self.path = path
    self.folder = path.sibling(Path(folder))
    self.system = system
  }

  /// The token that another process has left.
  ///
  /// - Parameters:
  ///   - run: The run that needs one.
  ///   - isWanted: `false` for a run that signs in anyway, and only leaves its own token.
  /// - Returns: `nil` where there is none that may be used, or where two were refused already.
  func borrow(_ run: Run, isWanted: Bool = true) -> Token? {
    binding = nil
    // What is wrong with the credential, the sign-in says.
    guard let credential = try? LoadedCredential(of: configuration, besides: path),
      let binding = credential.binding(of: configuration),
      let now = moment(run), let folder = open(run)
    else { return nil }
    self.binding = binding
    guard isWanted, deadLoans < TokenRenewal.mostDeadLoans else { return nil }
    do {
      let stored = try read(binding, in: folder)
      guard let token = stored?.token(for: binding, now: now) else { return nil }
      loan = token.value
      if !token.isRenewable(at: now.monotonic) {
        credential.describe(to: run)
        run.log(.info, "the token that another run has left in \(place) is used")
      }
      return token
    } catch {
      run.log(.warning, "the token in \(place) \(error.fileProblem)")
      return nil
    }
  }

  /// Whether a token is the one that was borrowed last.
  func isBorrowed(_ token: Secret) -> Bool { loan === token }

  /// Leaves a new token to other processes.
  ///
  /// - Parameters:
  ///   - token: The sign-in's answer.
  ///   - run: The run that signed in.
  func keep(_ token: Token, _ run: Run) {
    loan = nil
    deadLoans = 0
    guard let binding, let now = moment(run) else { return }
    let content = StoredToken(token, binding: binding, now: now).content
    guard content.count <= StoredToken.largest, let folder = open(run) else { return }
    folder.removeLeftovers(now: now.wall)
    do {
      try folder.put(content, as: Path(binding.fileName))
    } catch {
      run.log(.warning, "the token for \(place) \(error.storingProblem)")
    }
  }

  /// Takes a token away that Graph does not accept, unless a newer one is in its place.
  ///
  /// - Parameter token: The token that was sent.
  func drop(_ token: Secret) {
    if loan === token { deadLoans += 1 }
    guard let binding, let folder = try? StateFolder(folder, system: system),
      let stored = try? read(binding, in: folder), stored.value.isEqual(to: token)
    else { return }
    // Where it stays, the next run is refused too, and signs in.
    try? folder.remove(Path(binding.fileName))
  }

  private var place: String { configuration.keyAndLine(.stateDir) }

  private func read(
    _ binding: TokenBinding, in folder: StateFolder
  ) throws(StateFolder.Flaw) -> StoredToken? {
    try folder.read(Path(binding.fileName), limit: StoredToken.largest).flatMap(StoredToken.init)
  }

  private func open(_ run: Run) -> StateFolder? {
    do {
      return try StateFolder(folder, system: system)
    } catch {
      run.log(.warning, "no token is kept for other runs: \(place) \(error.folderProblem)")
      return nil
    }
  }

  private func moment(_ run: Run) -> Moment? {
    do {
      return try Clock.moment(system)
    } catch {
      run.log(
        .warning,
        "no token is kept for other runs: the system does not say when it was started "
          + "(\(error.reason)); mount /proc")
      return nil
    }
  }
}
