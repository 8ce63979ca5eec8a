import EntraSync

/// A check of one client, step by step: everything that has to be right before lists can be kept.
public final class ClientCheck {
  /// How many lines are kept as samples.
  private static let mostSamples = 5

  /// What was looked at, up to the first failure.
  public private(set) var steps: [CheckStep] = []
  /// The lines of the first people, as a list would hold them.
  public private(set) var samples: [String] = []
  /// When the token ends, in seconds since 1970; `nil` without a token.
  public private(set) var tokenEnd: Double?

  private let client: Client
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
      try run.tell()
      try signIn(run)
      try findGroups(run)
      return try readPeople(run)
    }
  }

  private func pass(_ subject: CheckStep.Subject, _ text: String) {
    steps.append(CheckStep(subject, .passed, text))
  }

  /// Adds a failed step, and returns the error.
  private func fail(_ subject: CheckStep.Subject, _ error: EntraSyncError) -> EntraSyncError {
    // A run that was cancelled has found nothing wrong.
    if error.status != .cancelled { steps.append(CheckStep(subject, .failed, error.message)) }
    return error
  }

  private func signIn(_ run: Run) throws(EntraSyncError) {
    let origin = client.configuration.login.origin
    let token: Secret
    do throws(EntraSyncError) {
      // Sign in afresh: a shared token may be older than a consent.
      token = try client.tokens.token(run, borrowing: false)
    } catch {
      let error = run.presentable(error)
      switch error.status {
      case .configuration, .file: throw fail(.credential, error)
      case .network, .timeout, .cancelled: throw fail(.host, error)
      default:
        pass(.host, "\(origin) can be reached")
        throw fail(.token, error)
      }
    }
    pass(.host, "\(origin) can be reached")
    tokenEnd = client.tokens.end.map { Clock.wall + $0 - Clock.monotonic }
    pass(.token, "the sign-in was accepted")
    steps.append(
      GrantedRoles(token.claims)?.step(for: client.configuration)
        ?? CheckStep(
          .permissions, .passed, "the token does not show them; what follows will tell"))
  }

  private func findGroups(_ run: Run) throws(EntraSyncError) {
    let configuration = client.configuration
    let inquiry = Inquiry(configuration, run: run, tokens: client.tokens)
    var isReached = false
    for group in configuration.groups + configuration.excludedGroups {
      let answer: JSONValue
      do throws(EntraSyncError) {
        answer = try inquiry.ask(
          GraphQuestion("/groups/\(group.text)?$select=id,displayName"), about: .group(group))
      } catch {
        let error = run.presentable(error)
        let isAnswered = ![.network, .timeout, .cancelled].contains(error.status)
        if !isReached, isAnswered { pass(.host, "\(configuration.graph.origin) can be reached") }
        throw fail(isReached || isAnswered ? .group : .host, error)
      }
      if !isReached { pass(.host, "\(configuration.graph.origin) can be reached") }
      isReached = true
      let name = answer["displayName"]?.text.map { "\($0.quoted()) (\(group.text))" } ?? group.text
      pass(.group, "group \(name) was found")
    }
  }

  private func readPeople(_ run: Run) throws(EntraSyncError) -> Report {
    let filter = client.configuration.queryFilter
    let rules = client.configuration.valueRules
    let shape = try LineShape(.attributes, filter, by: rules)
    let start = (census: filter.fields.map { FieldCensus($0, by: rules) }, samples: [String]())
    let (found, report): ((census: [FieldCensus], samples: [String]), Report)
    do throws(EntraSyncError) {
      (found, report) = try client.readPeople(run, into: start, needing: filter.fields) {
        member, found, _ in
        for index in found.census.indices { found.census[index].note(member) }
        guard found.samples.count < ClientCheck.mostSamples else { return }
        shape.write(member, skip: { _ in }, emit: { found.samples.append($0) })
      }
    } catch {
      throw fail(.members, run.presentable(error))
    }
    let nested =
      report.nestedGroups > 0
      ? "; \(report.nestedGroups) nested groups were not followed (MEMBERSHIP = transitive does)"
      : ""
    let externals =
      report.externalMembers > 0
      ? "; \(report.externalMembers) of those taken are external members "
        + "(USERTYPE = internal leaves them out)"
      : ""
    let others = report.othersText.map { "; not read: \($0)" } ?? ""
    let isDoubtful = report.fetched == 0 || report.nestedGroups > 0 || report.unknownKinds > 0
    steps.append(
      CheckStep(
        .members, isDoubtful ? .doubtful : .passed,
        "\(report.fetched) people were read, \(report.excluded) of them are left out on purpose"
          + externals + nested + others))
    if let warning = report.unknownTypesWarning {
      steps.append(CheckStep(.members, .doubtful, warning))
    }
    steps += found.census.map(\.step)
    samples = Array(found.samples.prefix(ClientCheck.mostSamples))
    return report
  }
}
