import EntraSync

/// What a client remembers of a group that a lookup has confirmed.
struct KnownGroup {
  /// When it was confirmed, on the monotonic clock.
  let time: Double
  /// Whether it may hide its members, since the token does not show its permissions.
  let mayHideMembers: Bool
}

extension Client {
  /// The groups of GROUPID and EXCLUDEGROUPID, each once.
  var allGroups: [ObjectID] {
    configuration.groups
      + configuration.excludedGroups.filter { !configuration.groups.contains($0) }
  }

  /// Asks about the groups whose members are read next.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - found: Receives what Graph says of each group.
  /// - Throws: `.notFound` for a group that does not exist, `.permission` for one that hides its
  ///   members, and others if there is no answer.
  /// - Returns: The groups that may hide their members, since the token does not show its
  ///   permissions.
  func confirmGroups(
    _ run: Run, found: (ObjectID, JSONValue, Bool) -> Void = { _, _, _ in }
  ) throws(EntraSyncError) -> Set<ObjectID> {
    let inquiry = Inquiry(configuration, run: run, tokens: tokens)
    var unclear: Set<ObjectID> = []
    for group in allGroups {
      let answer = try inquiry.ask(GroupQuestion.question(about: group), about: .group(group))
      let mayHideMembers = try GroupQuestion.mayHideMembers(group, answer, roles: inquiry.roles)
      if mayHideMembers { unclear.insert(group) }
      found(group, answer, mayHideMembers)
    }
    return unclear
  }
}
