extension Configuration {
  /// Reads and checks the content of an `.entraidconf` file.
  ///
  /// - Parameters:
  ///   - bytes: The file's content.
  ///   - path: The file's path, which messages begin with.
  /// - Throws: `.configuration`, naming file, line and key.
  public init(_ bytes: [UInt8], path: String) throws(EntraSyncError) {
    do {
      self = try Configuration.read(ConfigurationText(bytes), path: path)
    } catch {
      throw error.about(path)
    }
  }

  private static func read(
    _ text: ConfigurationText, path: String
  ) throws(EntraSyncError) -> Configuration {
    let values = ConfigurationValues(text)
    let principal = try values.principal()
    let groups = try values.required(
      .groupID, "the group's Object ID", parse: ValueSyntax.objectIDs)
    let choice = try CloudChoice(values, lines: text.entries.mapValues(\.line))

    var result = Configuration(
      path: path, tenant: principal.tenant, clientID: principal.clientID,
      credential: principal.credential, groups: groups,
      queryFilter: try values.value(
        .queryFilter, default: "mail", parse: ValueSyntax.queryFilter),
      login: choice.login, graph: choice.graph, scope: choice.scope,
      audience: choice.authority + TokenRequest.path(tenant: principal.tenant))
    result.exchangeAudience = choice.exchangeAudience
    try values.checkExchange(principal.credential, audience: choice.exchangeAudience)
    result.nextCredential = try values.nextCredential(after: principal.credential)
    result.secretEnd = try values.secretEnd(of: principal.credential)
    result.excludedGroups = try values.optional(.excludeGroupID, parse: ValueSyntax.objectIDs) ?? []
    result.emptyExclusions = try values.optional(.excludeEmpty, parse: ValueSyntax.choice) ?? .stop
    result.membership = try values.optional(.membership, parse: ValueSyntax.choice) ?? .direct
    result.accounts = try values.optional(.accounts, parse: ValueSyntax.choice) ?? .all
    result.userType = try values.optional(.userType, parse: ValueSyntax.choice) ?? .all
    result.contacts = try values.optional(.contacts, parse: ValueSyntax.choice) ?? .no
    result.valueRules = try values.valueRules()
    result.caFile = try values.optional(.caFile, parse: ValueSyntax.path)
    result.proxy = try values.optional(.proxy, parse: ValueSyntax.proxy)
    result.timeout = try values.optional(.timeout, parse: ValueSyntax.seconds) ?? 300
    result.changeGuard = ChangeGuard(
      maximumRemoved: try values.optional(.maxRemoved, parse: ValueSyntax.limit)
        ?? ChangeGuard.defaultMaximumRemoved,
      maximumAdded: try values.optional(.maxAdded, parse: ValueSyntax.limit)
        ?? ChangeGuard.defaultMaximumAdded)
    result.auditFile = try values.optional(.auditFile, parse: ValueSyntax.path)
    result.stateFolder = try values.optional(.stateDir, parse: ValueSyntax.path)
    if result.stateFolder?.lowercased() == "none" {
      result.stateFolder = nil
      result.remembersRuns = false
    }
    result.lines = text.entries.mapValues(\.line)
    result.warnings = text.warnings + values.doubts + [choice.warning].compactMap(\.self)
    return result
  }
}
