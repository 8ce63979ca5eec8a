import EntraSync

/// The file in STATEDIR by which processes of one user share a token.
///
/// The file only saves a sign-in. If it cannot be used, the run goes on without it. A file that is
/// old, malformed or meant for another configuration is ignored silently, since time, a full disk
/// or another release may be the cause. A file that another user may have written or read causes a
/// warning in the log. No lock is needed, since a file is replaced in one step and the last one
/// counts.
final class TokenStore {
  /// Tokens, as STATEDIR keeps them. One that has ended may be of a secret that was rotated.
  static let kind = StateKind(
    namePrefix: TokenBinding.namePrefix, lifetime: Double(Token.longestLifetime))

  private let configuration: Configuration
  /// The configuration's file.
  private let path: Path
  private let surroundings: Surroundings
  private let folder: Path
  private let system: SystemCalls
  /// What the present token is bound to; `nil` while the folder cannot be used.
  private var binding: TokenBinding?
  /// Whether the folder could be used when a token was last looked for.
  private var isUsable = false
  /// The token of another process that this process uses.
  private var loan: Secret?
  /// How many borrowed tokens Graph has refused since this process last signed in.
  private var deadLoans = 0

  /// A store of the configuration's tokens; `nil` if it has no STATEDIR. That of a managed identity
  /// is not kept there: the machine itself keeps it, and gives it without a sign-in.
  ///
  /// - Parameters:
  ///   - configuration: Tenant, application and credential.
  ///   - path: The configuration's file, which STATEDIR is relative to.
  ///   - surroundings: What the process finds around it.
  ///   - system: The calls to use.
  init?(
    _ configuration: Configuration, besides path: Path, in surroundings: Surroundings = .actual,
    system: SystemCalls
  ) {
    guard let folder = configuration.stateFolder, !configuration.credential.isManagedIdentity
    else { return nil }
    self.surroundings = surroundings
    self.configuration = configuration
    self.path = path
    self.folder = path.sibling(Path(folder))
    self.system = system
  }

  /// Whether another store seems to keep the same token: that of the same application, beside it.
  func isSame(as other: TokenStore) -> Bool {
    let (one, another) = (configuration, other.configuration)
    return folder.text == other.folder.text && one.tenant == another.tenant
      && one.clientID == another.clientID && one.login.origin == another.login.origin
  }

  /// A token that another process has left.
  struct Loan {
    /// The token.
    let token: Token
    /// The credential that it belongs to.
    let credential: LoadedCredential
    /// Whether the next credential has brought it, after the first one was refused.
    let isNext: Bool
    /// That first one.
    let refused: CredentialRefusal?
  }

  /// Returns the token that another process has left.
  ///
  /// - Parameters:
  ///   - run: The run that needs one.
  ///   - isWanted: `false` for a run that signs in anyway and only leaves its own token.
  /// - Returns: `nil` if no token may be used, or if Graph has already refused two borrowed ones.
  func borrow(_ run: Run, isWanted: Bool = true) -> Loan? {
    binding = nil
    isUsable = false
    // If the credential cannot be used, the sign-in reports why.
    guard let first = load(configuration), let binding = first.binding(of: configuration),
      let now = moment(run), let folder = open(run)
    else { return nil }
    self.binding = binding
    isUsable = true
    guard isWanted, deadLoans < TokenRenewal.mostDeadLoans else { return nil }
    var found: [Find] = []
    do {
      if first.refusal == nil,
        let token = try read(binding, in: folder)?.token(for: binding, now: now)
      {
        found.append(Find(token, first, binding))
      }
      if found.first?.token.isRenewable(at: now.monotonic) ?? true,
        let next = configuration.succeeding, let credential = load(next)
      {
        // Whoever has left the token knew why the first credential was refused.
        for hasEnded in [true, false] {
          let refused = CredentialRefusal(of: binding, hasEnded: hasEnded)
          guard let own = credential.binding(of: next, after: refused),
            let token = try read(own, in: folder)?.token(for: own, now: now)
          else { continue }
          found.append(Find(token, credential, own, refused: refused))
        }
      }
    } catch {
      run.log(.warning, "the token in \(place) \(error.fileProblem)")
      return nil
    }
    let fresh = found.first { !$0.token.isRenewable(at: now.monotonic) }
    guard let find = fresh ?? found.first else { return nil }
    loan = find.token.value
    self.binding = find.binding
    if fresh != nil {
      find.credential.describe(to: run)
      run.log(.info, "the token that another run has left in \(place) is used")
    }
    return Loan(
      token: find.token, credential: find.credential, isNext: find.refused != nil,
      refused: find.refused)
  }

  /// A stored token, and the credential that it belongs to.
  private struct Find {
    let token: Token
    let credential: LoadedCredential
    let binding: TokenBinding
    let refused: CredentialRefusal?

    init(
      _ token: Token, _ credential: LoadedCredential, _ binding: TokenBinding,
      refused: CredentialRefusal? = nil
    ) {
      self.token = token
      self.credential = credential
      self.binding = binding
      self.refused = refused
    }
  }

  private func load(_ configuration: Configuration) -> LoadedCredential? {
    try? LoadedCredential(of: configuration, besides: path, in: surroundings)
  }

  /// Whether a token is the one that was borrowed last.
  func isBorrowed(_ token: Secret) -> Bool { loan === token }

  /// Stores a new token for other processes.
  ///
  /// - Parameters:
  ///   - token: The sign-in's answer.
  ///   - binding: What it is bound to; `nil` if that could not be made.
  ///   - run: The run that signed in.
  func keep(_ token: Token, boundBy binding: TokenBinding?, _ run: Run) {
    loan = nil
    deadLoans = 0
    guard isUsable, let binding, let now = moment(run) else { return }
    self.binding = binding
    let content = StoredToken(token, binding: binding, now: now).content
    guard content.count <= StoredToken.largest, let folder = open(run) else { return }
    folder.removeLeftovers(now: now.wall)
    do {
      try folder.put(content, as: Path(binding.fileName))
    } catch {
      run.log(.warning, "the token for \(place) \(error.storingProblem)")
    }
  }

  /// Removes a token that Graph does not accept, unless a newer one has replaced it.
  ///
  /// - Parameter token: The token that was sent.
  func drop(_ token: Secret) {
    if loan === token { deadLoans += 1 }
    guard let binding, let folder = try? stateFolder(),
      let stored = try? read(binding, in: folder), stored.value.isEqual(to: token)
    else { return }
    // If it cannot be removed, Graph refuses it to the next run too, which then signs in.
    try? folder.remove(Path(binding.fileName))
  }

  private var place: String { configuration.keyAndLine(.stateDir) }

  private func read(
    _ binding: TokenBinding, in folder: StateFolder
  ) throws(StateFolder.Flaw) -> StoredToken? {
    try folder.read(Path(binding.fileName), limit: StoredToken.largest).flatMap(StoredToken.init)
  }

  private func stateFolder() throws(StateFolder.Flaw) -> StateFolder {
    try StateFolder(
      folder, for: TokenStore.kind, within: configuration.reach, system: system)
  }

  private func open(_ run: Run) -> StateFolder? {
    do {
      return try stateFolder()
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
