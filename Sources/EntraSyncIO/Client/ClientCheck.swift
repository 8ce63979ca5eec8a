import EntraSync

/// A check of one client, step by step: everything that has to be right before lists can be kept.
public final class ClientCheck {
  /// How many lines are kept as samples.
  private static let mostSamples = 5

  /// What was looked at, up to the first failure.
  public internal(set) var steps: [CheckStep] = []
  /// The lines of the first people, as a list would hold them.
  public private(set) var samples: [String] = []
  /// When the token ends, in seconds since 1970; `nil` without a token.
  public private(set) var tokenEnd: Double?

  /// How long to wait for the names of people who are left out, in seconds.
  var nameWait = PeopleNames.patience

  let client: Client
  private let use = ExclusiveUse(of: "check")

  /// Prepares a check. Nothing is sent yet.
  ///
  /// - Parameter client: The client to look at.
  public init(_ client: Client) {
    self.client = client
  }

  /// Looks at everything, up to the first failure, which is the last step then.
  ///
  /// - Throws: That failure, with the configuration's file in the message.
  /// - Returns: What was read.
  public func run() throws(EntraSyncError) -> Report {
    try use.alone { () throws(EntraSyncError) in try look() }
  }

  private func look() throws(EntraSyncError) -> Report {
    (steps, samples, tokenEnd) = ([], [], nil)
    return try client.keepingConnection { (run) throws(EntraSyncError) in
      try client.begin(run)
      try signIn(run)
      let convoy = Convoy()
      let groups = client.groups(run, in: convoy)
      defer { convoy.leave(groups) }
      try find(groups, run)
      var report = try readPeople(of: groups, run)
      let before = run.report
      lookAtEnd(run)
      report.requests += run.report.requests - before.requests
      report.bytes += run.report.bytes - before.bytes
      return report
    }
  }

  func pass(_ subject: CheckStep.Subject, _ text: String) {
    steps.append(CheckStep(subject, .passed, text))
  }

  /// Adds a failed step, and returns the error.
  private func fail(_ subject: CheckStep.Subject, _ error: EntraSyncError) -> EntraSyncError {
    // A run that was cancelled has found nothing wrong.
    if error.status != .cancelled { steps.append(CheckStep(subject, .failed, error.message)) }
    return error
  }

  private func signIn(_ run: Run) throws(EntraSyncError) {
    // If the credential cannot be used, the sign-in says why.
    for doubt in (try? client.checkCredential()) ?? [] {
      steps.append(CheckStep(.credential, .doubtful, doubt))
    }
    // A token that is there already was issued by somebody.
    func passHosts(orElse origin: String?) {
      let reached = client.tokens.reached
      var seen: [String] = []
      for origin in reached.isEmpty ? [origin].compactMap(\.self) : reached
      where !seen.contains(origin) {
        seen.append(origin)
        pass(.host, "\(origin) can be reached")
      }
    }
    let origin = client.configuration.login.origin
    let token: Secret
    do throws(EntraSyncError) {
      // Sign in afresh: a shared token may be older than a consent.
      token = try client.tokens.token(run, borrowing: false)
    } catch {
      let error = run.presentable(error)
      switch error.status {
      case .configuration, .file: throw fail(.credential, error)
      case .network, .timeout, .cancelled:
        passHosts(orElse: nil)
        throw fail(.host, error)
      // What answers in the server's place keeps it out of reach.
      case _ where error.isForeign:
        passHosts(orElse: nil)
        throw fail(.host, error)
      default:
        passHosts(orElse: origin)
        throw fail(.token, error)
      }
    }
    passHosts(orElse: origin)
    tokenEnd = client.tokens.end.map { Clock.wall + $0 - Clock.monotonic }
    if client.configuration.credential.isManagedIdentity,
      let step = ManagedIdentity.step(token.claims)
    {
      steps.append(step)
    }
    pass(.token, "the sign-in was accepted")
    try lookAtCredential(run)
    steps.append(
      GrantedRoles(token.claims)?.step(for: client.configuration)
        ?? CheckStep(
          .permissions, .passed, "the token does not show them; what follows will tell"))
  }

  /// Looks for the groups.
  private func find(_ groups: GroupsReader, _ run: Run) throws(EntraSyncError) {
    let graph = client.configuration.graph
    var isReached = false
    do throws(EntraSyncError) {
      try groups.confirm { group, answer, mayHideMembers in
        if !isReached { pass(.host, "\(graph.origin) can be reached") }
        isReached = true
        let name =
          answer["displayName"]?.text.map { "\($0.quoted()) (\(group.text))" } ?? group.text
        if mayHideMembers {
          steps.append(CheckStep(.group, .doubtful, GroupQuestion.isUnclear(group).message))
        } else {
          pass(.group, "group \(name) was found")
        }
      }
    } catch {
      let error = run.presentable(error)
      let isAnswered =
        ![.network, .timeout, .cancelled].contains(error.status) && !error.isForeign
      if !isReached, isAnswered { pass(.host, "\(graph.origin) can be reached") }
      throw fail(isReached || isAnswered ? .group : .host, error)
    }
  }

  private func readPeople(
    of groups: GroupsReader, _ run: Run
  ) throws(EntraSyncError) -> Report {
    let filter = client.configuration.queryFilter
    let rules = client.configuration.valueRules
    let shape = try LineShape(.attributes, filter, by: rules)
    let start = (census: filter.fields.map { FieldCensus($0, by: rules) }, claims: ClaimSet())
    let reading: Client.Reading<(census: [FieldCensus], claims: ClaimSet)>
    do throws(EntraSyncError) {
      reading = try client.readPeople(
        groups, run, into: start, needing: filter.fields
      ) { member, found, report in
        for index in found.census.indices { found.census[index].note(member) }
        shape.read(
          member, into: &found.claims,
          skip: { report.skips.append(Report.Skip(of: member, reason: $0)) }, line: { _ in })
      }
    } catch {
      throw fail(.members, run.presentable(error))
    }
    var report = reading.report
    let resolution = reading.found.claims.resolve(excluding: reading.exclusions)
    report.note(resolution, of: reading.found.claims)
    steps += report.exclusionSteps
    steps.append(report.membersStep)
    steps += report.warnings.map { CheckStep(.members, .doubtful, $0) }
    steps += reading.found.census.map(\.step)
    var names = PeopleNames(of: report)
    try client.ask(&names, asClient: 0, within: nameWait, run)
    names.fill(in: &report)
    steps += report.skipSteps
    resolution.lines.forEach { line in
      guard samples.count < ClientCheck.mostSamples else { return }
      samples.append(String(decoding: line, as: UTF8.self))
    }
    report.written = resolution.lines.count
    return report
  }
}
