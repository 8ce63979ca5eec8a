import EntraSync

/// One configuration at work: it signs in when it has to, and reads the people of its groups.
///
/// Clients share nothing but the connections over which a list is read. A connection is kept for
/// the next lookup, but not after groups were read. A child process after fork() opens its own.
public final class Client {
  /// What the configuration file says.
  public let configuration: Configuration
  /// Is told what the client does.
  public var observer = Observer()

  /// How long a run waits for a server.
  var limits = Limits()
  /// What it shares with the other clients of a batch.
  private var company: Company?

  /// The configuration's file. It and the files that it names are found by the working folder in
  /// which the client was opened.
  let path: Path
  /// What the process finds around it.
  private let surroundings: Surroundings
  /// The trusted authorities, if the configuration names a file of them.
  private let caFile: Path?
  private let authoritiesFile = AuthoritiesFile()
  /// The folder for state, if the configuration names one.
  let stateFolder: Path?
  /// The audit, to which each run adds what it did, if the configuration names one.
  let auditFile: Path?

  /// Has the token of each request.
  let tokens: TokenSource
  /// How long a lookup does not ask again about a group that was confirmed, in seconds.
  static let groupLifetime = 3600.0
  /// The groups that lookups have confirmed.
  var knownGroups: [ObjectID: KnownGroup] = [:]
  /// The runs for one list so far; `nil` outside of such a series.
  var series: Series?
  /// Connections that are kept open for the next lookup.
  private var idle: Transport?

  /// Reads the configuration. Nothing is sent yet.
  ///
  /// - Parameter path: The `.entraidconf` file.
  /// - Throws: `.file` when it cannot be read, `.configuration` naming file, line and key.
  public convenience init(configurationAt path: Path) throws(EntraSyncError) {
    try self.init(configurationAt: path, in: .actual)
  }

  /// Reads the configuration. A test can make the system calls for stored tokens fail.
  convenience init(configurationAt path: Path, system: SystemCalls) throws(EntraSyncError) {
    try self.init(configurationAt: path, system: system, in: .actual)
  }

  /// Reads the configuration. A test can make the system calls for stored tokens fail, and have
  /// other surroundings.
  init(
    configurationAt path: Path, system: SystemCalls = SystemCalls(),
    in surroundings: Surroundings
  ) throws(EntraSyncError) {
    // If that fails, the first run says so.
    _ = Transport.isReady
    let path = try path.atOpening(of: "configuration", system: system)
    configuration = try ConfigurationFile.read(path)
    self.path = path
    caFile = configuration.caFile.map { path.sibling(Path($0)) }
    stateFolder = configuration.stateFolder.map { path.sibling(Path($0)) }
    auditFile = configuration.auditFile.map { path.sibling(Path($0)) }
    self.surroundings = surroundings
    tokens = TokenSource(configuration, path: path, in: surroundings, system: system)
  }

  /// The files that a run reads: the configuration, its credential's and its certificates'.
  var files: [Path] {
    let named = configuration.credential.files + (configuration.nextCredential?.files ?? [])
    return [path] + named.map { path.sibling(Path($0)) } + [caFile].compactMap(\.self)
  }

  /// Whether another client's requests can take the same connections: a proxy that takes no
  /// Kerberos ticket says nothing about another one, nor do authorities about others.
  func takesSameWay(as other: Client) -> Bool {
    configuration.hasSameProxy(as: other.configuration) && caFile?.text == other.caFile?.text
  }

  /// Lets it share with another client of this process which servers were found dead, so that a
  /// batch of lists does not wait for each of them anew.
  ///
  /// - Parameter earlier: A client of the batch; `nil` for the first one.
  public func follow(_ earlier: Client?) {
    let shared = earlier?.company ?? Company()
    earlier?.company = shared
    company = shared
  }

  /// Reads and checks the credential's files. Nothing is sent.
  ///
  /// - Throws: `.configuration`, with the configuration's file in the message.
  /// - Returns: What a person should correct, one line each, without the configuration's file.
  public func checkCredential() throws(EntraSyncError) -> [String] {
    do throws(EntraSyncError) {
      return try checkCredentials()
    } catch {
      throw error.about(path.text)
    }
  }

  /// Reads and checks the files of each credential. What is wrong with the next one is a doubt, as
  /// long as the first one can be used.
  private func checkCredentials() throws(EntraSyncError) -> [String] {
    let first = try LoadedCredential(of: configuration, besides: path, in: surroundings)
    guard let next = configuration.succeeding else {
      if let refusal = first.refusal { throw refusal }
      let now = Clock.wall
      let known = knownEnd(of: UsedCredential(first, of: configuration))
      let end = known.flatMap { $0.isNear(at: now) ? $0 : nil }
      return first.warnings + [end?.text(at: now, of: configuration)].compactMap(\.self)
    }
    do throws(EntraSyncError) {
      let credential = try LoadedCredential(of: next, besides: path, in: surroundings)
      if let refusal = credential.refusal { throw refusal }
      let warning =
        first.refusal.map { "\($0.message); \(next.credentialKeys) is used until then" }
      let now = Clock.wall
      let last = lastEnd(of: first, credential).flatMap { $0.end.isNear(at: now) ? $0 : nil }
      let reminder = last.map { $0.end.text(at: now, of: $0.configuration) }
      return [warning, reminder].compactMap(\.self) + first.warnings + credential.warnings
    } catch {
      guard let refusal = first.refusal else { return first.warnings + [error.message] }
      throw NextCredential.error([(configuration, refusal)], last: (next, error))
    }
  }

  /// Checks that the configuration may name what a run writes to.
  ///
  /// - Throws: `.configuration`, naming key and line, if it may not.
  func checkReach() throws(EntraSyncError) {
    try ConfigurationFile.checkReach(.auditFile, auditFile, of: configuration)
    try ConfigurationFile.checkReach(.stateDir, stateFolder, of: configuration)
  }

  /// What a client found in its groups.
  public struct Reading<Found> {
    /// The value with all people.
    public var found: Found
    /// Whom EXCLUDEGROUPID leaves out.
    public var exclusions: Exclusions
    /// What was read.
    public var report: Report
  }

  /// Reads the people of all groups, and adds each to a value.
  ///
  /// - Parameters:
  ///   - found: The value before the first person.
  ///   - fields: The fields that a line needs. If a missing permission hides one, it is an error.
  ///   - address: The field by which people have addresses; QUERYFILTER's first if there is none.
  ///   - take: Adds a person whom the configuration does not leave out. It is called once for each.
  ///     If a group has to be read again, what it added to the value is undone.
  /// - Throws: Any status, with the configuration's file in the message.
  /// - Returns: The value with all people, whom the configuration excludes, and the report.
  public func readPeople<Found>(
    into found: Found, needing fields: [QueryFilter.Field] = [], address: QueryFilter.Field? = nil,
    _ take: (Member, inout Found, inout Report) -> Void
  ) throws(EntraSyncError) -> Reading<Found> {
    try PeopleReading(of: self, in: Convoy(), address: address)
      .finish(into: found, needing: fields, take)
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
    return try running(over: transport?.ifUsable) { (run) throws(EntraSyncError) in
      defer {
        run.cancelAll()
        if run.transport.isWorthKeeping { idle = run.transport }
      }
      return try body(run)
    }
  }

  /// Runs `body` as a run of this client.
  ///
  /// - Parameters:
  ///   - transport: Sends its requests; without one, it makes its own.
  ///   - body: What to do in the run.
  /// - Throws: What `body` throws, with the configuration's file in the message.
  /// - Returns: What `body` returns.
  func running<Result>(
    over transport: Transport?, _ body: (Run) throws(EntraSyncError) -> Result
  ) throws(EntraSyncError) -> Result {
    let run = try prepareRun(over: transport)
    return try conclude(run) { () throws(EntraSyncError) in try body(run) }
  }

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - transport: Sends its requests; without one, it makes its own.
  ///   - readsAhead: Whether its time does not run yet.
  /// - Throws: `.configuration` and `.file` for files that it may not or cannot use, `.network`
  ///   when libcurl cannot be used, with the configuration's file in the message.
  /// - Returns: The run. Nothing is sent yet.
  func prepareRun(
    over transport: Transport?, readsAhead: Bool = false
  ) throws(EntraSyncError) -> Run {
    do throws(EntraSyncError) {
      let authorities = try authoritiesFile.read(caFile, of: configuration)
      try checkReach()
      return try Run(
        configuration, authorities: authorities, observer: observer,
        limits: company?.limits(limits, at: Clock.monotonic) ?? limits, in: company,
        transport: transport, after: series?.progress ?? Progress(), readsAhead: readsAhead)
    } catch {
      throw error.about(configuration.path)
    }
  }

  /// Does what a run is for, which ends with that.
  ///
  /// - Parameters:
  ///   - run: A run of this client.
  ///   - body: What to do.
  /// - Throws: What `body` throws, with the configuration's file in the message.
  /// - Returns: What `body` returns.
  func conclude<Result>(
    _ run: Run, _ body: () throws(EntraSyncError) -> Result
  ) throws(EntraSyncError) -> Result {
    defer { series?.noteEnd(of: run) }
    do throws(EntraSyncError) {
      let result = try body()
      // The last callback may have forked.
      try run.transport.origin.check()
      return result
    } catch {
      let isHere = run.transport.origin.isHere
      if isHere { run.noteDeadServer(after: error) }
      if isHere { forgetToken(after: error) }
      throw run.presentable(isHere ? error : CallOrigin.forked).about(configuration.path)
    }
  }

  /// Forgets the token after an error, if the next one may allow what this one did not, such as
  /// after a consent.
  ///
  /// - Parameter error: The error of a run, or of one answer.
  func forgetToken(after error: EntraSyncError) {
    guard !error.isForeign else { return }
    if error.httpStatus == 401 || error.status == .permission { tokens.forget() }
  }

  /// Reads the people of all groups as a part of a run.
  ///
  /// - Parameters:
  ///   - groups: The groups, which were confirmed.
  ///   - run: The run.
  ///   - found: The value before the first person.
  ///   - fields: The fields that a line needs.
  ///   - take: Adds a person whom the configuration does not leave out.
  /// - Throws: Any status.
  /// - Returns: The value with all people, whom the configuration excludes, and the report so far.
  func readPeople<Found>(
    _ groups: GroupsReader, _ run: Run, into found: Found, needing fields: [QueryFilter.Field],
    _ take: (Member, inout Found, inout Report) -> Void
  ) throws(EntraSyncError) -> Reading<Found> {
    let excluded = try readExcluded(groups)
    let filter = AccountFilter(configuration, excluded: excluded.exclusions.people)
    var gathering = Gathering(found, check: PermissionCheck(fields, of: configuration))
    for reader in groups.people {
      gathering.beginGroup()
      try groups.read(reader, into: &gathering) { (member, gathering) in
        let meeting = gathering.meet(member)
        guard meeting != .again else { return false }
        let isPerson = configuration.counts(member)
        if isPerson { gathering.groupPeople += 1 }
        guard meeting == .first else { return true }
        guard isPerson else {
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
        switch filter.admission(of: member) {
        case .admitted:
          if configuration.userType == .member, member.isExternal ?? false {
            gathering.report.externalMembers += 1
          }
          take(member, &gathering.found, &gathering.report)
        case .leftOut: gathering.report.excludedPeople.insert(member.id)
        case .unclear(let reason):
          gathering.report.skips.append(Report.Skip(of: member, reason: reason))
        }
        return true
      }
      gathering.report.peopleByGroup.append((reader.group, gathering.groupPeople))
      if groups.unclear.contains(reader.group) {
        let error = GroupQuestion.isUnclear(reader.group)
        guard gathering.groupPeople > 0 else { throw error }
        gathering.report.warnings.append(error.message)
      }
    }
    let roles = GrantedRoles(tokens.value?.claims)
    gathering.report.warnings += try excluded.warnings + gathering.check.finish(roles: roles)
    try gathering.contactCheck.finish(roles: roles)
    // This is the observer's last chance to cancel the run before its result is used.
    try run.tell()
    var report = gathering.report
    report.nestedGroups += excluded.nestedGroups
    report.excludedByGroup = excluded.counts
    if let warning = report.unknownTypesWarning { report.warnings.append(warning) }
    for warning in report.warnings { run.log(.warning, warning) }
    if report.nestedGroups > 0 {
      run.log(
        .info,
        "\(report.nestedGroups) nested groups were not followed; MEMBERSHIP = transitive follows them"
      )
    }
    report.merge(run.report)
    // The sign-in, or the run that borrowed the token, has written it to the log.
    if let warning = tokens.warning {
      report.warnings.append("\(configuration.path.singleLine): \(warning)")
    }
    report.seconds = run.elapsed
    return Reading(found: gathering.found, exclusions: excluded.exclusions, report: report)
  }

  /// Says that a run begins, and what is wrong with the configuration.
  func begin(_ run: Run) throws(EntraSyncError) {
    for warning in configuration.warnings { run.log(.warning, warning) }
    try run.tell()
  }

  /// What was read of EXCLUDEGROUPID.
  private struct Excluded {
    var exclusions = Exclusions()
    var nestedGroups = 0
    var counts: [(group: ObjectID, people: Int)] = []
    var warnings: [String] = []
  }

  /// Reads the members of EXCLUDEGROUPID.
  private func readExcluded(_ groups: GroupsReader) throws(EntraSyncError) -> Excluded {
    var excluded = Excluded()
    for reader in groups.excluded {
      let group = reader.group
      var found = (group: ExcludedGroup(group, of: configuration), all: excluded.exclusions)
      try groups.read(reader, into: &found) { (member, found) in
        guard found.group.meet(member) else { return false }
        // Whatever the type is, its id is left out. Only people have addresses in a list.
        if configuration.counts(member) {
          found.all.insert(member, reading: groups.address)
        } else {
          found.all.insert(member.id)
        }
        return true
      }
      excluded.warnings += try found.group.finish(mayHideMembers: groups.unclear.contains(group))
      excluded.exclusions = found.all
      excluded.counts.append((group, found.group.people))
      excluded.nestedGroups += found.group.nestedGroups
    }
    if excluded.nestedGroups > 0 {
      excluded.warnings.append(
        "the members of \(excluded.nestedGroups) groups nested in EXCLUDEGROUPID are not left out; "
          + "MEMBERSHIP = transitive leaves them out")
    }
    return excluded
  }
}
