import EntraSync

/// The pages of one group: which are on their way, which were read, and what has failed.
///
/// ``GraphRequest`` and ``Pagination`` decide what an answer leads to. ``GroupsReader`` says when
/// requests are sent, and takes the members.
final class GroupReader {
  /// How many pages may be asked for at once.
  private static let lookAhead = 2

  /// One page on its way.
  private final class Page {
    let request: GraphRequest
    /// The page link that was followed.
    var followed: String?

    init(_ request: GraphRequest) { self.request = request }
  }

  private let service: GraphService
  private var pagination: Pagination
  private var pages: [Page] = []
  private var begun = 0
  private var arrived: [Members] = []

  /// Why the group cannot be read.
  private(set) var failure: EntraSyncError?
  /// How often the group was begun again. What was taken before that does not count.
  private(set) var restarts = 0

  /// Prepares to read a group.
  ///
  /// - Parameters:
  ///   - request: Which members, and what of them.
  ///   - service: Whom to ask.
  init(_ request: MembersRequest, from service: GraphService) {
    self.service = service
    pagination = Pagination(request, graph: service.configuration.graph)
  }

  /// The group.
  var group: ObjectID { pagination.request.group }

  /// Whether all members were taken.
  var isComplete: Bool { pagination.isComplete }

  /// Whether all pages were read, though perhaps not taken. Nothing can make the group begin again.
  var isRead: Bool { failure == nil && pages.isEmpty && begun == pagination.urls.count }

  /// How many pages are on their way, or were read and not taken.
  var ahead: Int { pages.count + arrived.count }

  /// The requests for its pages that are on their way, or can be sent.
  var requests: [GraphRequest] { pages.map(\.request) }

  /// Prepares the request for the next page.
  ///
  /// - Returns: `false` if there is none to be asked for now.
  func openPage() -> Bool {
    guard failure == nil, pages.count < GroupReader.lookAhead, begun < pagination.urls.count else {
      return false
    }
    let url = pagination.urls[begun]
    begun += 1
    pages.append(Page(GraphRequest(page: begun, of: group, at: url, from: service)))
    return true
  }

  /// Reads the pages that have come.
  ///
  /// What is wrong with the group is kept as its ``failure``, until its members are wanted.
  ///
  /// - Parameters:
  ///   - parser: Reads them. The run's own parser may read a token's answer meanwhile.
  ///   - sendNext: Is called as soon as a page's link is known, before its members are read.
  /// - Throws: What ends the whole run.
  func readPages(
    _ parser: JSONParser, sendNext: () -> Void
  ) throws(EntraSyncError) {
    do {
      for page in pages {
        guard let answer = page.request.answer else { continue }
        let before = restarts
        try read(answer, to: page, parser, sendNext)
        // Nothing is left of the pages then.
        if restarts != before { return }
      }
    } catch {
      drop()
      if error.endsRun { throw error }
      failure = error
    }
  }

  /// The members of a page that was read, each page once.
  ///
  /// - Returns: `nil` if none is there.
  func takePage() -> Members? {
    arrived.isEmpty ? nil : arrived.removeFirst()
  }

  /// Notes that the members of a page were taken.
  ///
  /// - Parameter newMembers: How many of them were on no page before.
  /// - Throws: `.server` when the pages bring nobody new and do not end.
  func finishPage(newMembers: Int) throws(EntraSyncError) {
    try pagination.finishPage(newMembers: newMembers)
  }

  private func read(
    _ answer: Transfer, to page: Page, _ parser: JSONParser, _ sendNext: () -> Void
  ) throws(EntraSyncError) {
    let content = PageReader(
      attributes: pagination.request.attributes, pageSize: pagination.request.pageSize)
    // Another try would bring the same link, so that its error ends the reading.
    var fault: EntraSyncError?
    let outcome = page.request.outcome(of: answer) { (reader) throws(EntraSyncError) in
      try reader.withDocument(parser) { (document) throws(EntraSyncError) in
        do throws(EntraSyncError) {
          try follow(PageReader.link(of: document), of: page, sendNext)
        } catch {
          fault = error
          throw error
        }
        try content.read(document)
      }
    }
    if let fault { throw fault }
    switch try page.request.decide(on: outcome) {
    case .taken where page.followed != content.nextLink:
      // Whoever is between two pages would be lost without a word.
      try beginAgain(for: .otherLink, refusal: GroupReader.otherLink)
    case .taken:
      arrived.append(content.members)
      pages.removeAll { $0 === page }
    case .again: break
    case .restart(let reason, let refusal): try beginAgain(for: reason, refusal: refusal)
    }
  }

  /// Asks for the page that a page link (`@odata.nextLink`) names, before anything else is done
  /// with the page that has it.
  private func follow(
    _ link: String?, of page: Page, _ sendNext: () -> Void
  ) throws(EntraSyncError) {
    guard page.followed == nil, let link else { return }
    page.followed = link
    try pagination.follow(link)
    sendNext()
  }

  /// Goes back to the first page.
  private func beginAgain(
    for reason: Pagination.RestartReason, refusal: EntraSyncError
  ) throws(EntraSyncError) {
    try pagination.restart(for: reason, refusal: refusal)
    drop()
    restarts += 1
    let run = service.run
    run.log(.info, "group \(group.text): \(refusal.message); begin again at page 1")
  }

  private static var otherLink: EntraSyncError {
    EntraSyncError(
      .server, "Graph's pages change: a page that was asked for again has another nextLink")
  }

  /// Discards all pages, also those that are still arriving.
  private func drop() {
    for page in pages { page.request.cancel() }
    (pages, arrived, begun) = ([], [], 0)
  }
}
