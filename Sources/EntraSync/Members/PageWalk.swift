/// The way through a group's pages: which URL comes next, and where the way must end.
///
/// It decides only. A page's nextLink is usually read long before its last member, so the next page
/// may be asked for while this one is still arriving.
public struct PageWalk: Sendable {
  /// The most pages that one group may have: ten million members.
  public static let longestWalk = 10_010

  private let graph: Endpoint
  private var seen: Set<String>

  /// The URLs that are to be asked for, in their order.
  public private(set) var urls: [String]
  /// How many pages have been read to their end.
  public private(set) var finished = 0

  /// Begins at a group's first page.
  ///
  /// - Parameters:
  ///   - first: The first page's URL.
  ///   - graph: The only host that pages may be on.
  public init(first: String, graph: Endpoint) {
    self.graph = graph
    urls = [first]
    seen = [first]
  }

  /// Adds the page that a nextLink names.
  ///
  /// - Parameter link: The nextLink, used whole.
  /// - Throws: `.server` for a link to another host, which must never see the token, and for a link
  ///   that was followed before.
  public mutating func follow(_ link: String) throws(EntraSyncError) {
    guard graph.covers(link) else {
      throw EntraSyncError(
        .server,
        "Graph's nextLink leads away from \(graph.origin) to \(PageWalk.destination(of: link)); "
          + "it was not followed")
    }
    guard seen.insert(link).inserted else {
      throw EntraSyncError(.server, "Graph's pages repeat: a nextLink came twice")
    }
    guard urls.count < PageWalk.longestWalk else {
      throw EntraSyncError(
        .server, "Graph's pages do not end: \(PageWalk.longestWalk) pages of one group were read")
    }
    urls.append(link)
  }

  /// Notes that a page has been read to its end.
  public mutating func finishPage() { finished += 1 }

  /// Whether every page that is known of has been read.
  public var isComplete: Bool { finished == urls.count }

  /// The scheme and host of a foreign link; the rest of it may hold a page token.
  private static func destination(of link: String) -> String {
    let parts = link.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].hasSuffix(":"), parts[1].isEmpty else {
      return "something that is no absolute URL"
    }
    let authority = parts[2].prefix { !"/?#\\".contains($0) }
    return "\(parts[0])//\(authority.split(separator: "@").last ?? "")".quoted()
  }
}
