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

  /// Prepares to ask about the groups, and to read them: first those of EXCLUDEGROUPID, then those
  /// of GROUPID.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - convoy: The clients that are read at the same time.
  ///   - address: The field by which people have addresses; QUERYFILTER's first if there is none.
  /// - Returns: What reads them. Nothing is sent yet.
  func groups(
    _ run: Run, in convoy: Convoy, address: QueryFilter.Field? = nil
  ) -> GroupsReader {
    let address = address ?? configuration.queryFilter.address
    let excluded = configuration.excludedGroups.map {
      MembersRequest(excluded: $0, reading: address, of: configuration)
    }
    let people = configuration.groups.map { MembersRequest(group: $0, of: configuration) }
    let service = GraphService(
      configuration, run: run, tokens: tokens, pace: convoy.pace(of: configuration))
    return GroupsReader(
      confirming: allGroups, excluding: excluded, reading: people, by: address, from: service,
      in: convoy)
  }
}
