import EntraSync

/// One configuration, signed in when it is needed: the people of its groups.
///
/// Nothing is shared between clients, and no connection outlives a run, so that a process may fork
/// between runs.
public final class Client {
  /// What the configuration file says.
  public let configuration: Configuration
  /// Who is told what the client does.
  public var observer = Observer()

  private let path: Path
  private var token: Token?

  /// Reads the configuration. Nothing is sent yet.
  ///
  /// - Parameter path: The `.entraidconf` file.
  /// - Throws: `.file` when it cannot be read, `.configuration` naming file, line and key.
  public init(configurationAt path: Path) throws(EntraSyncError) {
    var configuration = try ConfigurationFile.read(path)
    configuration.caFile = configuration.caFile.map { path.sibling(Path($0)).text }
    self.path = path
    self.configuration = configuration
    if case .certificate = configuration.credential {
      throw Client.certificateRefusal(configuration).about(path.text)
    }
  }

  /// Reads the people of all groups and hands each on as Graph describes them.
  ///
  /// - Parameters:
  ///   - fields: The fields that a line needs, of which a missing permission may take one away.
  ///   - take: Receives each person that the configuration lets through; a person who is in two
  ///     groups comes twice.
  /// - Throws: Any status, with the configuration's file in the message.
  /// - Returns: What was read.
  public func readPeople(
    needing fields: [QueryFilter.Field] = [], _ take: (Member, inout Report) -> Void
  ) throws(EntraSyncError) -> Report {
    do throws(EntraSyncError) {
      let run = try Run(configuration, observer: observer)
      do throws(EntraSyncError) {
        return try readPeople(run, needing: fields, take)
      } catch {
        // What was refused may be allowed by the next token, as after a consent.
        if error.httpStatus == 401 || error.httpStatus == 403 { token = nil }
        throw run.presentable(error)
      }
    } catch {
      throw error.about(configuration.path)
    }
  }

  private func readPeople(
    _ run: Run, needing fields: [QueryFilter.Field], _ take: (Member, inout Report) -> Void
  ) throws(EntraSyncError) -> Report {
    for warning in configuration.warnings { run.log(.warning, warning) }
    try run.tell()
    let filter = AccountFilter(configuration, excluded: try readExcludedIDs(run))
    var check = PermissionCheck(fields, of: configuration)
    for group in configuration.groups {
      let request = MembersRequest(group: group, of: configuration)
      try readMembers(request, run) { (member) throws(EntraSyncError) in
        guard member.isUser else {
          run.report.others += 1
          return
        }
        run.report.fetched += 1
        check.note(member)
        if try filter.admits(member) {
          take(member, &run.report)
        } else {
          run.report.excluded += 1
        }
      }
    }
    try check.finish()
    // The observer's last word comes before anything is made of what was read.
    try run.tell()
    run.report.seconds = run.elapsed
    return run.report
  }

  private func readExcludedIDs(_ run: Run) throws(EntraSyncError) -> Set<String> {
    var ids: Set<String> = []
    for group in configuration.excludedGroups {
      let request = MembersRequest(excluded: group, of: configuration)
      try readMembers(request, run) { (member) throws(EntraSyncError) in ids.insert(member.id) }
    }
    return ids
  }

  private func readMembers(
    _ request: MembersRequest, _ run: Run, _ take: (Member) throws(EntraSyncError) -> Void
  ) throws(EntraSyncError) {
    let token = { () throws(EntraSyncError) in try self.goodToken(run) }
    try GroupReader(request, configuration: configuration, run: run, token: token).read(take)
  }

  /// The token, from a new sign-in where there is none that is still good.
  private func goodToken(_ run: Run) throws(EntraSyncError) -> Secret {
    if let token, token.isGood(at: Clock.monotonic) {
      run.keepSecret(token.value)
      return token.value
    }
    let secret = try secret()
    run.keepSecret(secret)
    let new = try SignIn(configuration, secret: secret, run: run).token()
    run.keepSecret(new.value)
    token = new
    return new.value
  }

  private func secret() throws(EntraSyncError) -> Secret {
    switch configuration.credential {
    case .secret(let secret): secret
    case .secretFile(let file):
      try ConfigurationFile.secret(at: file, of: configuration, besides: path)
    case .certificate: throw Client.certificateRefusal(configuration)
    }
  }

  private static func certificateRefusal(_ configuration: Configuration) -> EntraSyncError {
    EntraSyncError(
      .configuration,
      "\(configuration.place(of: .clientCertificate)): this release signs in with a client secret "
        + "only; use CLIENTSECRET")
  }
}
