import EntraSync

/// Reading the people of one client. It begins early, so that its requests travel while those of
/// other clients are read, and is finished in its turn.
final class PeopleReading {
  /// The client.
  let client: Client
  private let convoy: Convoy
  private let begun: Result<(run: Run, groups: GroupsReader), EntraSyncError>

  /// Begins to read. What goes wrong is kept until the client's turn.
  ///
  /// - Parameters:
  ///   - client: The client.
  ///   - convoy: The clients that are read at the same time.
  ///   - address: The field by which people have addresses; QUERYFILTER's first if there is none.
  init(of client: Client, in convoy: Convoy, address: QueryFilter.Field?) {
    self.client = client
    self.convoy = convoy
    do {
      let run = try client.prepareRun(over: convoy.transport, readsAhead: true)
      for warning in client.configuration.warnings { run.log(.warning, warning) }
      begun = .success((run, client.groups(run, in: convoy, address: address)))
    } catch {
      begun = .failure(error)
    }
  }

  /// The run, if it could be prepared.
  var run: Run? { try? begun.get().run }

  deinit {
    if case .success((_, let groups)) = begun { convoy.leave(groups) }
  }

  /// Reads everybody, and adds each to a value.
  ///
  /// - Parameters:
  ///   - found: The value before the first person.
  ///   - fields: The fields that a line needs. If a missing permission hides one, it is an error.
  ///   - take: Adds a person whom the configuration does not leave out. It is called once for each.
  /// - Throws: Any status, with the configuration's file in the message.
  /// - Returns: The value with all people, whom the configuration excludes, and the report.
  func finish<Found>(
    into found: Found, needing fields: [QueryFilter.Field],
    _ take: (Member, inout Found, inout Report) -> Void
  ) throws(EntraSyncError) -> Client.Reading<Found> {
    let (run, groups) = try begun.get()
    run.begin()
    return try client.conclude(run) { () throws(EntraSyncError) in
      try run.tell()
      try groups.confirm()
      return try client.readPeople(groups, run, into: found, needing: fields, take)
    }
  }
}
