import EntraSync

/// One configuration at work: it signs in when it has to, and reads the people of its groups.
///
/// Clients share nothing. A connection is kept for the next lookup, but not after groups were read.
/// A child process after fork() opens its own.
public final class Client {
  /// What the configuration file says.
  public let configuration: Configuration
  /// Is told what the client does.
  public var observer = Observer()

  /// How long a run waits for a server.
  var limits = Limits()

  /// The configuration's file.
  let path: Path
  /// The audit, to which each run adds what it did, if the configuration names one.
  let auditFile: Path?

  /// Has the token of each request.
  let tokens: TokenSource
  /// How long a group that was seen to exist is not looked for again, in seconds.
  static let groupLifetime = 3600.0
  /// When each group was last seen to exist, on the monotonic clock.
  var knownGroups: [ObjectID: Double] = [:]
  /// Connections that are kept open for the next lookup.
  private var idle: Transport?

  /// Reads the configuration. Nothing is sent yet.
  ///
  /// - Parameter path: The `.entraidconf` file.
  /// - Throws: `.file` when it cannot be read, `.configuration` naming file, line and key.
  public convenience init(configurationAt path: Path) throws(EntraSyncError) {
    try self.init(configurationAt: path, system: SystemCalls())
  }

  /// Reads the configuration, with system calls that a test can make fail.
  init(configurationAt path: Path, system: SystemCalls) throws(EntraSyncError) {
    var configuration = try ConfigurationFile.read(path)
    configuration.caFile = configuration.caFile.map { path.sibling(Path($0)).text }
    self.configuration = configuration
    self.path = path
    auditFile = configuration.auditFile.map { path.sibling(Path($0)) }
    tokens = TokenSource(configuration, path: path, system: system)
  }

  /// Reads the people of all groups, and adds each to a value.
  ///
  /// - Parameters:
  ///   - found: The value before the first person.
  ///   - fields: The fields that a line needs. If a missing permission hides one, it is an error.
  ///   - take: Adds a person whom the configuration does not leave out. It is called once for each.
  ///     If a group has to be read again, what it added to the value is undone.
  /// - Throws: Any status, with the configuration's file in the message.
  /// - Returns: The value with all people, and the report.
  public func readPeople<Found>(
    into found: Found, needing fields: [QueryFilter.Field] = [],
    _ take: (Member, inout Found, inout Report) -> Void
  ) throws(EntraSyncError) -> (found: Found, report: Report) {
    try running(over: nil) { (run) throws(EntraSyncError) in
      try readPeople(run, into: found, needing: fields, take)
    }
  }

  /// Runs `body` as a run of this client, and keeps its connections open for the next one.
  ///
  /// - Parameter body: What to do in the run.
  /// - Throws: What `body` throws, with the configuration's file in the message.
  /// - Returns: What `body` returns.
  func keepingConnection<Result>(
    _ body: (Run) throws(EntraSyncError) -> Result
  ) throws(EntraSyncError) -> Result {
    // A callback that looks something up during a lookup finds no connection, and opens its own.
    let transport = idle
    idle = nil
    let usable = transport.flatMap { $0.isUsable ? $0 : nil }
    return try running(over: usable) { (run) throws(EntraSyncError) in
      defer {
        run.transport.cancelAll()
        idle = run.transport
      }
      return try body(run)
    }
  }

  private func running<Result>(
    over transport: Transport?, _ body: (Run) throws(EntraSyncError) -> Result
  ) throws(EntraSyncError) -> Result {
    do throws(EntraSyncError) {
      try ConfigurationFile.checkAuthorities(of: configuration)
      let run = try Run(
        configuration, observer: observer, limits: limits, transport: transport)
      do throws(EntraSyncError) {
        return try body(run)
      } catch {
        // The next token may allow what this one did not, such as after a consent.
        if error.httpStatus == 401 || error.status == .permission { tokens.forget() }
        throw run.presentable(error)
      }
    } catch {
      throw error.about(configuration.path)
    }
  }

  /// Reads the people of all groups as a part of a run.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - found: The value before the first person.
  ///   - fields: The fields that a line needs.
  ///   - take: Adds a person whom the configuration does not leave out.
  /// - Throws: Any status.
  /// - Returns: The value with all people, and the report of the run so far.
  func readPeople<Found>(
    _ run: Run, into found: Found, needing fields: [QueryFilter.Field],
    _ take: (Member, inout Found, inout Report) -> Void
  ) throws(EntraSyncError) -> (found: Found, report: Report) {
    for warning in configuration.warnings { run.log(.warning, warning) }
    try run.tell()
    let excluded = try readExcluded(run)
    let filter = AccountFilter(configuration, excluded: excluded.ids)
    var gathering = Gathering(found, check: PermissionCheck(fields, of: configuration))
    for group in configuration.groups {
      let request = MembersRequest(group: group, of: configuration)
      gathering.beginGroup()
      try reader(of: request, run).read(into: &gathering) {
        (member, gathering) throws(EntraSyncError) in
        switch gathering.meet(member) {
        case .again: return false
        case .inOtherGroup: return true
        case .first: break
        }
        guard configuration.counts(member) else {
          gathering.report.countOther(member)
          if member.isGroup, configuration.membership == .direct {
            gathering.report.nestedGroups += 1
          }
          return true
        }
        gathering.report.fetched += 1
        if member.isUser {
          gathering.check.note(member)
        } else {
          gathering.contactCheck.note(member)
        }
        if try filter.admits(member) {
          if configuration.userType == .member, member.isExternal ?? false {
            gathering.report.externalMembers += 1
          }
          take(member, &gathering.found, &gathering.report)
        } else {
          gathering.report.excluded += 1
        }
        return true
      }
    }
    try gathering.check.finish()
    try gathering.contactCheck.finish()
    // This is the observer's last chance to cancel the run before its result is used.
    try run.tell()
    var report = gathering.report
    report.nestedGroups += excluded.nestedGroups
    if report.nestedGroups > 0 {
      run.log(
        .info,
        "\(report.nestedGroups) nested groups were not followed; MEMBERSHIP = transitive follows them"
      )
    }
    if let warning = report.unknownTypesWarning { run.log(.warning, warning) }
    report.merge(run.report)
    report.seconds = run.elapsed
    return (gathering.found, report)
  }

  /// The ids of the members of EXCLUDEGROUPID, and how many nested groups were not followed.
  private func readExcluded(
    _ run: Run
  ) throws(EntraSyncError) -> (ids: Set<ObjectID>, nestedGroups: Int) {
    var excluded: (ids: Set<ObjectID>, nestedGroups: Int) = ([], 0)
    for group in configuration.excludedGroups {
      let request = MembersRequest(excluded: group, of: configuration)
      try reader(of: request, run).read(into: &excluded) {
        (member, excluded) throws(EntraSyncError) in
        let isNew = excluded.ids.insert(member.id).inserted
        if isNew, member.isGroup, configuration.membership == .direct { excluded.nestedGroups += 1 }
        return isNew
      }
    }
    if excluded.nestedGroups > 0 {
      run.log(
        .warning,
        "the members of \(excluded.nestedGroups) groups nested in EXCLUDEGROUPID are not left out; "
          + "MEMBERSHIP = transitive leaves them out")
    }
    return excluded
  }

  private func reader(of request: MembersRequest, _ run: Run) -> GroupReader {
    GroupReader(request, configuration: configuration, run: run, tokens: tokens)
  }
}
