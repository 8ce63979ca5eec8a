import EntraSync

/// Reads the groups of a client at the same time, and hands out their members group by group.
///
/// Requests travel in any order, as many at once as ``RequestPace`` allows, beside those of the
/// other clients in a ``Convoy``. Everything that a
/// caller sees is in the order of the configuration: what Graph says of each group, the members,
/// and which error ends the run.
final class GroupsReader {
  /// The field by which people have addresses.
  let address: QueryFilter.Field
  private let service: GraphService
  private let convoy: Convoy
  private let confirmations: [GroupConfirmation]
  /// The groups that are left to be read, in their order.
  private var readers: ArraySlice<GroupReader>
  /// Why the groups cannot be read.
  private var failure: EntraSyncError?
  /// Whether this client has its turn.
  private var hasTurn = false

  /// The groups that may hide their members, once ``confirm(found:)`` has asked.
  private(set) var unclear: Set<ObjectID> = []

  /// Prepares to read. Nothing is sent yet.
  ///
  /// - Parameters:
  ///   - groups: The groups that are asked about.
  ///   - requests: The members that are read after that.
  ///   - address: The field by which people have addresses.
  ///   - service: Whom to ask.
  ///   - convoy: The clients that are read at the same time.
  init(
    confirming groups: [ObjectID], reading requests: [MembersRequest],
    by address: QueryFilter.Field, from service: GraphService, in convoy: Convoy
  ) {
    self.address = address
    self.service = service
    self.convoy = convoy
    confirmations = groups.map { GroupConfirmation(of: $0, by: service) }
    readers = requests.map { GroupReader($0, from: service) }[...]
    convoy.join(self)
  }

  /// The run whose requests it sends.
  var run: Run { service.run }

  /// Asks about the groups. Their members are asked for at the same time.
  ///
  /// - Parameter found: Receives what Graph says of each group, and whether it may hide members.
  /// - Throws: `.notFound` for a group that does not exist, `.permission` for one that hides its
  ///   members, and others if there is no answer.
  func confirm(
    found: (ObjectID, JSONValue, Bool) -> Void = { _, _, _ in }
  ) throws(EntraSyncError) {
    hasTurn = true
    for confirmation in confirmations {
      while confirmation.isOpen { try turn() }
      if let failure = confirmation.failure { throw failure }
      let mayHideMembers = try confirmation.mayHideMembers()
      if mayHideMembers { unclear.insert(confirmation.group) }
      found(confirmation.group, confirmation.properties ?? .null, mayHideMembers)
    }
  }

  /// Reads all members of the next group.
  ///
  /// - Parameters:
  ///   - result: What becomes of the members. If the group has to be read again from its first
  ///     page, it is put back to what it was.
  ///   - take: Adds a member to the result, once its page has been read to its end, and says
  ///     whether it is a new one.
  /// - Throws: The first error of this group that another try would not change, and what ends the
  ///   whole run.
  func readNext<Result>(
    into result: inout Result,
    _ take: (Member, inout Result) throws(EntraSyncError) -> Bool
  ) throws(EntraSyncError) {
    guard let reader = readers.first else { return }
    hasTurn = true
    try readAhead(of: reader)
    // A copy of the result would be made for each group, if it were kept for nothing.
    let start = reader.isRead ? nil : (result: result, progress: run.progress)
    var restarts = reader.restarts
    while true {
      if let failure = reader.failure { throw failure }
      if reader.restarts != restarts {
        restarts = reader.restarts
        if let start { (result, run.progress) = start }
      }
      while let page = reader.takePage() {
        var newMembers = 0
        for member in page where try take(member, &result) {
          newMembers += 1
          if member.isUser { run.progress.people += 1 }
        }
        run.progress.pages += 1
        try reader.finishPage(newMembers: newMembers)
      }
      if reader.isComplete { break }
      try turn()
    }
    readers.removeFirst()
    convoy.hasTaken = true
  }

  /// Reads a group whole before its members are taken, if it is not too large. While the first
  /// group is taken, there is nothing yet that a copy could be made of.
  private func readAhead(of reader: GroupReader) throws(EntraSyncError) {
    while convoy.hasTaken, reader.failure == nil, !reader.isRead, reader.ahead < convoy.mostAhead {
      try turn()
    }
  }

  /// How many pages are kept, or are on their way, for groups whose turn has not come.
  var ahead: Int { readers.dropFirst(hasTurn ? 1 : 0).reduce(0) { $0 + $1.ahead } }

  /// Does something before this client has its turn. What goes wrong is kept until then.
  ///
  /// - Parameter body: What to do.
  func ahead(_ body: (GroupsReader) throws(EntraSyncError) -> Void) {
    guard failure == nil else { return }
    do {
      try body(self)
    } catch {
      failure = error
      run.cancelAll()
    }
  }

  /// Reads the answers that have come.
  ///
  /// - Parameter sendNext: Is called as soon as a page's link is known.
  /// - Throws: What ends the run.
  func readAnswers(sendNext: () throws(EntraSyncError) -> Void) throws(EntraSyncError) {
    for confirmation in confirmations where confirmation.isOpen {
      try confirmation.readAnswer(convoy.parser)
    }
    for reader in readers { try reader.readPages(convoy.parser, sendNext: sendNext) }
  }

  private func turn() throws(EntraSyncError) {
    if let failure { throw failure }
    try convoy.turn(of: self)
  }

  /// Sends the requests that are known, due, and not too many. Without a token, a sign-in goes
  /// first.
  ///
  /// - Throws: Why one could not be sent.
  /// - Returns: For how many seconds there is nothing else to do, unless an answer comes.
  func send() throws(EntraSyncError) -> Double {
    let (pace, token) = (service.pace, service.token)
    var (hasAnswer, needsToken) = (false, false)
    var dues: [Double] = []
    for request in requests(opening: convoy.room) {
      if request.isOnItsWay {
        hasAnswer = hasAnswer || request.answer != nil
      } else if request.due > Clock.monotonic || !pace.allowsAnother {
        dues.append(request.due)
      } else if let token = try token.value() {
        try request.send(token)
      } else {
        needsToken = true
      }
    }
    let now = Clock.monotonic
    service.run.progress.waiting = max(0, (dues.max() ?? now) - now, needsToken ? token.delay : 0)
    if hasAnswer { return 0 }
    if needsToken { return token.isOnItsWay ? 1 : token.delay }
    return pace.isFull ? 1 : max(0, max(dues.min() ?? .infinity, pace.heldUntil) - now)
  }

  /// The requests that are left, those first that are needed first.
  ///
  /// - Parameter room: How many more pages may be asked for ahead.
  /// - Returns: Those that are on their way, and those that are not.
  private func requests(opening room: Int) -> [GraphRequest] {
    var room = room
    var requests = confirmations.filter(\.isOpen).map(\.request)
    for reader in readers {
      let isNext = hasTurn && reader === readers.first
      let before = reader.ahead
      requests += reader.requests(openingMore: isNext || room > 0)
      if !isNext { room -= reader.ahead - before }
    }
    return requests
  }
}
