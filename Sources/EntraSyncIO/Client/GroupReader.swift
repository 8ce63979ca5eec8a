import EntraSync

/// Reads one group page by page; the next page is asked for while this one is still arriving.
final class GroupReader {
  /// How many pages may be on their way at once.
  private static let lookAhead = 2
  /// The most bytes that one page may have; real ones stay far below one megabyte.
  private static let largestPage = 64 << 20

  /// One page on its way.
  private final class Page {
    let number: Int
    let url: String
    var attempts = 0
    /// When it may be asked for, in seconds of the run.
    var due = 0.0
    /// The try that is under way: its transfer, and what has been read of it.
    var sent: (transfer: Transfer, content: PageReader)?
    var isLinkFollowed = false

    init(number: Int, url: String) {
      self.number = number
      self.url = url
    }
  }

  private let request: MembersRequest
  private let configuration: Configuration
  private let run: Run
  private let token: () throws(EntraSyncError) -> Secret
  private var walk: PageWalk
  private var pages: [Page] = []
  private var begun = 0

  /// Prepares to read a group.
  ///
  /// - Parameters:
  ///   - request: Which members, and what of them.
  ///   - configuration: Where Graph is.
  ///   - run: The run that it belongs to.
  ///   - token: Gives a token that is good now.
  init(
    _ request: MembersRequest, configuration: Configuration, run: Run,
    token: @escaping () throws(EntraSyncError) -> Secret
  ) {
    self.request = request
    self.configuration = configuration
    self.run = run
    self.token = token
    walk = PageWalk(
      first: configuration.graph.url(request.pathAndQuery), graph: configuration.graph)
  }

  /// Reads all pages.
  ///
  /// - Parameter take: Receives each member, once its page has been read to its end.
  /// - Throws: The first thing that goes wrong, after which nothing more is read.
  func read(_ take: (Member) throws(EntraSyncError) -> Void) throws(EntraSyncError) {
    while !walk.isComplete {
      try begin()
      try run.advance(waitingAtMost: nextDue)
      for page in pages { try followLink(of: page) }
      for page in pages where page.sent?.transfer.isFinished ?? false {
        try finish(page, take)
      }
    }
  }

  /// Sends the requests that are known and due.
  private func begin() throws(EntraSyncError) {
    while pages.count < GroupReader.lookAhead, begun < walk.urls.count {
      pages.append(Page(number: begun + 1, url: walk.urls[begun]))
      begun += 1
    }
    for page in pages where page.sent == nil && page.due <= run.elapsed {
      page.attempts += 1
      let content = PageReader(attributes: request.attributes)
      run.log(.info, "group \(request.group.text), page \(page.number), try \(page.attempts)")
      let transfer = try run.send(
        HTTPRequest(url: page.url, token: token()),
        reader: AnswerReader(content, limit: GroupReader.largestPage))
      page.sent = (transfer, content)
    }
    run.progress.waiting = max(0, (dues.max() ?? 0) - run.elapsed)
  }

  /// When the pages that wait for their turn may be asked for.
  private var dues: [Double] { pages.filter { $0.sent == nil }.map(\.due) }

  private var nextDue: Double {
    dues.min().map { max(0, $0 - run.elapsed) } ?? 1
  }

  private func followLink(of page: Page) throws(EntraSyncError) {
    guard !page.isLinkFollowed, let link = page.sent?.content.nextLink else { return }
    page.isLinkFollowed = true
    try walk.follow(link)
  }

  private func finish(
    _ page: Page, _ take: (Member) throws(EntraSyncError) -> Void
  ) throws(EntraSyncError) {
    guard let (transfer, content) = page.sent else { return }
    run.report.bytes += transfer.bytes
    try transfer.check()
    switch run.decide(transfer, attempts: page.attempts) {
    case .retry(let delay):
      page.sent = nil
      page.due = run.elapsed + delay
      return
    case .giveUp(let error): throw error
    case .accept: break
    }
    guard transfer.httpStatus == 200 else {
      throw GraphRefusal.error(
        httpStatus: transfer.httpStatus, answer: transfer.reader.refusal(),
        requestID: transfer.headers["request-id"], group: request.group,
        configuration: configuration)
    }
    try transfer.reader.finish()
    try content.finish()
    try followLink(of: page)
    for member in content.members {
      if member.isUser { run.progress.people += 1 }
      try take(member)
    }
    run.progress.pages += 1
    walk.finishPage()
    pages.removeAll { $0 === page }
  }
}
