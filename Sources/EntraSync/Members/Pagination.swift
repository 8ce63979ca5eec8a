/// The way through a group's pages: which URL comes next, and when to stop.
///
/// It decides only. A page link (`@odata.nextLink`) is usually read long before the page's
/// last member, so the next page may be asked for while this one is still arriving.
public struct Pagination: Sendable {
  /// The most pages that one group may have: ten million members.
  public static let mostPages = 10_010
  /// How many pages in a row may bring nobody new.
  public static let mostBarrenPages = 100
  /// How often the pages may be read again from the first.
  public static let mostRestarts = 5

  private let graph: Endpoint
  private var seen: Set<String>
  private var barren = 0
  private var restarts = 0

  /// Which members are asked for, a page of them at a time.
  public private(set) var request: MembersRequest
  /// The pages' URLs in their order.
  public private(set) var urls: [String]
  /// How many pages have been read to their end.
  public private(set) var finished = 0

  /// Begins at a group's first page.
  ///
  /// - Parameters:
  ///   - request: Which members to ask for.
  ///   - graph: The only host that pages may be on.
  public init(_ request: MembersRequest, graph: Endpoint) {
    self.request = request
    self.graph = graph
    let first = graph.url(request.pathAndQuery)
    urls = [first]
    seen = [first]
  }

  /// Adds the page that a page link names.
  ///
  /// - Parameter link: The page link, used unchanged.
  /// - Throws: `.server` for a link to another host, which must never see the token, and for a link
  ///   that was followed before.
  public mutating func follow(_ link: String) throws(EntraSyncError) {
    try graph.admit(link, named: "Graph's nextLink")
    guard seen.insert(link).inserted else {
      throw EntraSyncError(.server, "Graph's pages repeat: a nextLink came twice")
    }
    guard urls.count < Pagination.mostPages else {
      throw EntraSyncError(
        .server, "Graph's pages do not end: \(Pagination.mostPages) pages of one group were read")
    }
    urls.append(link)
  }

  /// Notes that a page has been read to its end.
  ///
  /// - Parameter newMembers: How many of its members were on no page before.
  /// - Throws: `.server` when too many pages in a row bring nobody new, each under a new link. A
  ///   few such pages are legal: Graph may give an empty page with a page link.
  public mutating func finishPage(newMembers: Int) throws(EntraSyncError) {
    finished += 1
    barren = newMembers == 0 ? barren + 1 : 0
    guard barren < Pagination.mostBarrenPages || isComplete else {
      throw EntraSyncError(
        .server,
        "Graph's pages do not end: \(Pagination.mostBarrenPages) pages in a row brought nobody new")
    }
  }

  /// Begins again at the first page, and discards everything that was read.
  ///
  /// - Parameters:
  ///   - reason: Why.
  ///   - refusal: Graph's error, which is thrown if beginning again cannot help.
  /// - Throws: `refusal`, after ``mostRestarts``.
  public mutating func restart(
    for reason: RestartReason, refusal: EntraSyncError
  ) throws(EntraSyncError) {
    guard restarts < Pagination.mostRestarts else { throw refusal }
    var request = request
    if reason == .pageTooLarge { request.pageSize /= 2 }
    let restarts = restarts + 1
    self = Pagination(request, graph: graph)
    self.restarts = restarts
  }

  /// Why the pages are read again from the first.
  public enum RestartReason: Equatable, Sendable {
    /// The page link has expired, and nothing else leads to that page.
    case expiredPageToken
    /// Graph refuses pages of this size.
    case pageTooLarge
    /// A page that was asked for again leads to another page than it did before.
    case otherLink
  }

  /// Whether every known page has been read.
  public var isComplete: Bool { finished == urls.count }
}
