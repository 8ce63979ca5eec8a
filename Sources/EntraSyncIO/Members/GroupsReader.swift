import EntraSync

/// Reads the groups of a client at the same time, and hands out their members group by group.
///
/// Requests travel in any order, as many at once as ``RequestPace`` allows, beside those of the
/// other clients in a ``Convoy``. What Graph says of each group, the members and the errors are
/// handed out in the order in which the caller asks for them.
final class GroupsReader {
  /// The field by which people have addresses.
  let address: QueryFilter.Field
  /// The groups of EXCLUDEGROUPID.
  let excluded: [GroupReader]
  /// The groups of GROUPID.
  let people: [GroupReader]
  /// The groups that may hide their members, once ``confirm(found:)`` has asked.
  private(set) var unclear: Set<ObjectID> = []

  private let service: GraphService
  private let convoy: Convoy
  private let confirmations: [GroupConfirmation]
  /// The groups whose members were not all taken.
  private var open: [GroupReader]
  /// The group whose members are being taken.
  private var current: GroupReader?
  /// Why nothing can be read.
  private var failure: EntraSyncError?

  /// Prepares to read. Nothing is sent yet.
  ///
  /// - Parameters:
  ///   - groups: The groups that are asked about.
  ///   - excluded: The members of EXCLUDEGROUPID, which are read after that.
  ///   - people: The members of GROUPID, which are read last.
  ///   - address: The field by which people have addresses.
  ///   - service: Whom to ask.
  ///   - convoy: The clients that are read at the same time.
  init(
    confirming groups: [ObjectID], excluding excluded: [MembersRequest],
    reading people: [MembersRequest], by address: QueryFilter.Field, from service: GraphService,
    in convoy: Convoy
  ) {
    self.address = address
    self.service = service
    self.convoy = convoy
    confirmations = groups.map { GroupConfirmation(of: $0, by: service) }
    self.excluded = excluded.map { GroupReader($0, from: service) }
    self.people = people.map { GroupReader($0, from: service) }
    open = self.excluded + self.people
    convoy.join(self)
  }

  /// The run whose requests it sends.
  var run: Run { service.run }
  /// The tokens of these requests.
  var tokens: TokenSource { service.tokens }
  /// Whether a sign-in is under way.
  var isSigningIn: Bool { service.token.isPending }

  /// Asks about the groups. Their members are asked for at the same time.
  ///
  /// - Parameter found: Receives what Graph says of each group, and whether it may hide members.
  /// - Throws: `.notFound` for a group that does not exist, `.permission` for one that hides its
  ///   members, and others if there is no answer.
  func confirm(
    found: (ObjectID, JSONValue, Bool) -> Void = { _, _, _ in }
  ) throws(EntraSyncError) {
    for confirmation in confirmations {
      while confirmation.isOpen { try step() }
      if let failure = confirmation.failure { throw failure }
      let mayHideMembers = try confirmation.mayHideMembers()
      if mayHideMembers { unclear.insert(confirmation.group) }
      found(confirmation.group, confirmation.properties ?? .null, mayHideMembers)
    }
  }

  /// Reads all members of a group.
  ///
  /// - Parameters:
  ///   - reader: One of ``excluded`` or ``people``, each once.
  ///   - result: What becomes of the members. If the group has to be read again from its first
  ///     page, it is put back to what it was.
  ///   - take: Adds a member to the result, once its page has been read to its end, and says
  ///     whether it is a new one.
  /// - Throws: The first error of this group that another try would not change, and what ends the
  ///   whole run.
  func read<Result>(
    _ reader: GroupReader, into result: inout Result,
    _ take: (Member, inout Result) throws(EntraSyncError) -> Bool
  ) throws(EntraSyncError) {
    current = reader
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
      try step()
    }
    open.removeAll { $0 === reader }
    current = nil
    convoy.hasTaken = true
  }

  /// Reads a group whole before its members are taken, if it is not too large. While the first
  /// group is taken, there is nothing yet that a copy could be made of.
  private func readAhead(of reader: GroupReader) throws(EntraSyncError) {
    while convoy.hasTaken, reader.failure == nil, !reader.isRead, reader.ahead < convoy.mostAhead {
      try step()
    }
  }

  private func step() throws(EntraSyncError) {
    if let failure { throw failure }
    try convoy.step(of: self)
  }

  /// How many pages are kept, or are on their way, for groups whose turn has not come.
  var ahead: Int { open.reduce(0) { $1 === current ? $0 : $0 + $1.ahead } }

  /// Does something for this client while another one has its turn, or in the middle of a page.
  /// What goes wrong is kept until this client next waits for an answer.
  ///
  /// - Parameter body: What to do.
  func keepingFailure(_ body: () throws(EntraSyncError) -> Void) {
    guard failure == nil else { return }
    do {
      try body()
    } catch {
      failure = error
      open = []
      run.cancelAll()
    }
  }

  /// Reads the answers that have come.
  ///
  /// - Parameter sendNext: Is called as soon as a page's link is known.
  /// - Throws: What ends the run.
  func readAnswers(sendNext: () -> Void) throws(EntraSyncError) {
    for confirmation in confirmations where confirmation.isOpen {
      try confirmation.readAnswer(convoy.parser)
    }
    for reader in open { try reader.readPages(convoy.parser, sendNext: sendNext) }
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
    var wait: Double?
    func send(_ request: GraphRequest) throws(EntraSyncError) {
      if request.isOnItsWay {
        hasAnswer = hasAnswer || request.answer != nil
      } else if request.due > Clock.monotonic || !pace.allowsAnother {
        dues.append(request.due)
      } else if let token = try token.value() {
        try request.send(token)
      } else {
        needsToken = true
      }
      // The first one is what the run needs next.
      if wait == nil {
        wait =
          request.isOnItsWay ? 0 : max(request.due - Clock.monotonic, pace.delay, token.delay)
      }
    }
    for confirmation in confirmations where confirmation.isOpen { try send(confirmation.request) }
    var room = convoy.room
    for reader in open {
      while reader === current || (room > 0 && !needsToken && pace.allowsAnother),
        reader.openPage()
      {
        if reader !== current { room -= 1 }
      }
      for request in reader.requests { try send(request) }
    }
    run.progress.waiting = max(0, wait ?? 0)
    if !dues.isEmpty { try checkHold() }
    if hasAnswer { return 0 }
    if needsToken { return token.isOnItsWay ? 1 : token.delay }
    return pace.isFull ? 1 : max(0, (dues.min() ?? .infinity) - Clock.monotonic, pace.delay)
  }

  /// Ends the run if Graph wants nothing to be sent for longer than it has time.
  private func checkHold() throws(EntraSyncError) {
    let delay = service.pace.delay
    guard run.hasBegun, delay > max(0, run.remaining), let refusal = service.pace.refusal else {
      return
    }
    let situation = RetryPolicy.Situation(
      outcome: .answer(httpStatus: 429, retryAfter: delay), attempts: 1,
      remaining: run.remaining, jitter: 0, cause: refusal)
    if case .giveUp(let error) = service.policy.decide(situation) {
      throw error.explained(by: refusal)
    }
  }
}
