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
    var content: PageReader
    var transfer: Transfer?
    var isLinkFollowed = false

    init(number: Int, url: String, attributes: [Attribute]) {
      self.number = number
      self.url = url
      content = PageReader(attributes: attributes)
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
      for page in pages where page.transfer?.isFinished ?? false {
        try finish(page, take)
      }
    }
  }

  /// Sends the requests that are known and due.
  private func begin() throws(EntraSyncError) {
    while pages.count < GroupReader.lookAhead, begun < walk.urls.count {
      pages.append(Page(number: begun + 1, url: walk.urls[begun], attributes: request.attributes))
      begun += 1
    }
    for page in pages where page.transfer == nil && page.due <= run.elapsed {
      page.attempts += 1
      page.content = PageReader(attributes: request.attributes)
      run.log(.info, "group \(request.group.text), page \(page.number), try \(page.attempts)")
      page.transfer = try run.send(
        HTTPRequest(url: page.url, token: token()),
        reader: AnswerReader(page.content, limit: GroupReader.largestPage))
    }
    let due = pages.filter { $0.transfer == nil }.map(\.due).max() ?? 0
    run.progress.waiting = max(0, due - run.elapsed)
  }

  private var nextDue: Double {
    let due = pages.filter { $0.transfer == nil }.map(\.due).min()
    return due.map { max(0, $0 - run.elapsed) } ?? 1
  }

  private func followLink(of page: Page) throws(EntraSyncError) {
    guard !page.isLinkFollowed, let link = page.content.nextLink else { return }
    page.isLinkFollowed = true
    try walk.follow(link)
  }

  private func finish(
    _ page: Page, _ take: (Member) throws(EntraSyncError) -> Void
  ) throws(EntraSyncError) {
    guard let transfer = page.transfer else { return }
    run.report.bytes += transfer.bytes
    run.progress.bytes += transfer.bytes
    try transfer.check()
    switch run.decide(transfer, attempts: page.attempts) {
    case .retry(let delay):
      page.transfer = nil
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
    try page.content.finish()
    try followLink(of: page)
    for member in page.content.members {
      if member.isUser { run.progress.people += 1 }
      try take(member)
    }
    run.progress.pages += 1
    walk.finishPage()
    pages.removeAll { $0 === page }
  }
}
