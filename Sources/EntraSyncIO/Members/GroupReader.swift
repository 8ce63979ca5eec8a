import EntraSync

/// Reads one group page by page; the next page travels while this one is read.
///
/// ``RequestCourse`` and ``Pagination`` decide what an answer leads to. This class does it.
final class GroupReader {
  /// How many pages may be on their way at once.
  private static let lookAhead = 2
  /// The most bytes that one page may have; real ones stay far below one megabyte.
  private static let largestPage = 16 << 20

  /// One page on its way.
  private final class Page {
    let number: Int
    var url: String
    var course: RequestCourse
    /// When it may be asked for, in seconds of the run.
    var due = 0.0
    /// The try that is under way.
    var sent: Try?
    /// The page link that was followed.
    var followed: String?

    init(number: Int, url: String, course: RequestCourse) {
      self.number = number
      self.url = url
      self.course = course
    }
  }

  /// One try to get a page: its transfer, what reads it, and what it was sent with.
  private struct Try {
    let transfer: Transfer
    let content: PageReader
    let token: Secret
    let isTokenBorrowed: Bool
  }

  private let configuration: Configuration
  private let run: Run
  private let tokens: TokenSource
  /// Reads the pages. The run's own parser may read a token's answer while a page is open.
  private let parser = JSONParser()
  private var pagination: Pagination
  private var pages: [Page] = []
  private var begun = 0

  /// Prepares to read a group.
  ///
  /// - Parameters:
  ///   - request: Which members, and what of them.
  ///   - configuration: Where Graph is.
  ///   - run: The run that it belongs to.
  ///   - tokens: Where tokens come from.
  init(
    _ request: MembersRequest, configuration: Configuration, run: Run, tokens: TokenSource
  ) {
    self.configuration = configuration
    self.run = run
    self.tokens = tokens
    pagination = Pagination(request, graph: configuration.graph)
  }

  /// Reads all pages.
  ///
  /// - Parameters:
  ///   - result: What becomes of the members. If the group has to be read again from its first
  ///     page, it is put back to what it was.
  ///   - take: Adds a member to the result, once its page has been read to its end, and says
  ///     whether it is a new one.
  /// - Throws: The first error that another try would not change. Nothing more is read then.
  func read<Result>(
    into result: inout Result,
    _ take: (Member, inout Result) throws(EntraSyncError) -> Bool
  ) throws(EntraSyncError) {
    let start = (result: result, progress: run.progress)
    while !pagination.isComplete {
      try begin()
      try run.advance(waitingAtMost: nextDue)
      for page in pages {
        guard let sent = page.sent, sent.transfer.isFinished else { continue }
        let outcome = try outcome(of: sent, page)
        page.sent = nil
        switch page.course.decide(
          outcome, remaining: run.remaining, jitter: Double.random(in: 0...1))
        {
        // Whoever is between two pages would be lost without a word.
        case .take where page.followed != sent.content.nextLink:
          try beginAgain(for: .otherLink, refusal: GroupReader.otherLink)
          (result, run.progress) = start
        case .take: try finish(page, sent.content, &result, take)
        case .askAgain(let delay):
          page.due = run.elapsed + delay
          run.log(.info, "\(name(of: page)): \(outcome.reason), try again in \(seconds(delay)) s")
        case .follow(let target):
          page.url = target
          run.log(.info, "\(name(of: page)): redirected")
        case .renewToken(let challenge):
          // The log's callback may have forked; the token is the parent's.
          try run.transport.origin.check()
          tokens.forget(sent.token, answering: challenge)
          run.log(.info, "\(name(of: page)): \(challenge.reason)")
        case .restart(let reason, let refusal):
          try beginAgain(for: reason, refusal: refusal)
          (result, run.progress) = start
        case .fail(let error): throw error
        }
        // `restart` emptied `pages`; stop iterating over the old copy.
        if begun == 0 { break }
      }
    }
  }

  /// Goes back to the first page.
  private func beginAgain(
    for reason: Pagination.RestartReason, refusal: EntraSyncError
  ) throws(EntraSyncError) {
    try pagination.restart(for: reason, refusal: refusal)
    drop()
    run.log(.info, "group \(group): \(refusal.message); begin again at page 1")
  }

  private static var otherLink: EntraSyncError {
    EntraSyncError(
      .server, "Graph's pages change: a page that was asked for again has another nextLink")
  }

  private var group: String { pagination.request.group.text }

  private func name(of page: Page) -> String { "group \(group), page \(page.number)" }

  private func seconds(_ delay: Double) -> Int { Int(delay.rounded(.up)) }

  /// Sends the requests that are known and due.
  private func begin() throws(EntraSyncError) {
    while pages.count < GroupReader.lookAhead, begun < pagination.urls.count {
      let number = begun + 1
      let course = RequestCourse(
        page: number, graph: configuration.graph, policy: run.limits.retry)
      pages.append(Page(number: number, url: pagination.urls[begun], course: course))
      begun += 1
    }
    for page in pages where page.sent == nil && page.due <= run.elapsed {
      let content = PageReader(
        attributes: pagination.request.attributes, pageSize: pagination.request.pageSize)
      let token = try tokens.token(run)
      run.log(.info, "\(name(of: page)), try \(page.course.attempts + 1)")
      let transfer = try run.send(
        HTTPRequest(url: page.url, token: token, retries: page.course.attempts),
        reader: AnswerReader(limit: GroupReader.largestPage))
      page.sent = Try(
        transfer: transfer, content: content, token: token,
        isTokenBorrowed: tokens.isBorrowed(token))
    }
    run.progress.waiting = max(0, (dues.max() ?? 0) - run.elapsed)
  }

  /// When the pages that wait for their turn may be asked for.
  private var dues: [Double] { pages.filter { $0.sent == nil }.map(\.due) }

  private var nextDue: Double {
    dues.min().map { max(0, $0 - run.elapsed) } ?? 1
  }

  /// Asks for the page that a page link (`@odata.nextLink`) names, before anything else is done
  /// with the page that has it.
  private func followLink(_ link: String?, of page: Page) throws(EntraSyncError) {
    guard page.followed == nil, let link else { return }
    page.followed = link
    try pagination.follow(link)
    try begin()
    try run.advance(waitingAtMost: 0)
  }

  /// Discards all pages, also those that are still arriving.
  private func drop() {
    for page in pages {
      if let transfer = page.sent?.transfer { run.transport.cancel(transfer) }
    }
    pages = []
    begun = 0
  }

  private func outcome(of sent: Try, _ page: Page) throws(EntraSyncError) -> RequestCourse.Outcome {
    let transfer = sent.transfer
    run.report.bytes += transfer.bytes
    let subject = GraphRefusal.Subject.members(of: pagination.request.group)
    if let setback = transfer.setback(about: subject, isTokenBorrowed: sent.isTokenBorrowed) {
      return setback
    }
    // Another try would bring the same link, so that its error ends the reading.
    var failure: EntraSyncError?
    let outcome = transfer.outcome { (reader) throws(EntraSyncError) in
      try reader.withDocument(parser) { (document) throws(EntraSyncError) in
        do throws(EntraSyncError) {
          try followLink(PageReader.link(of: document), of: page)
        } catch {
          failure = error
          throw error
        }
        try sent.content.read(document)
      }
    }
    if let failure { throw failure }
    return outcome
  }

  private func finish<Result>(
    _ page: Page, _ content: PageReader, _ result: inout Result,
    _ take: (Member, inout Result) throws(EntraSyncError) -> Bool
  ) throws(EntraSyncError) {
    var newMembers = 0
    for member in content.members {
      guard try take(member, &result) else { continue }
      newMembers += 1
      if member.isUser { run.progress.people += 1 }
    }
    run.progress.pages += 1
    try pagination.finishPage(newMembers: newMembers)
    pages.removeAll { $0 === page }
  }
}
