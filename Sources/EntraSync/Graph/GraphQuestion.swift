/// One question to Graph: a read-only request whose answer is a small JSON document.
public struct GraphQuestion: Equatable, Sendable {
  /// The part of the URL after Graph's endpoint and version, beginning with a slash.
  public var path: String
  /// The JSON document to post; without one, it is a GET.
  public var body: String?
  /// Whether Graph may answer from its index: it is sent with `ConsistencyLevel: eventual`.
  public var needsIndex: Bool

  /// Describes a question.
  ///
  /// - Parameters:
  ///   - path: Such as `/users?$select=id`, percent-encoded.
  ///   - body: A JSON document, if it has to be posted.
  ///   - needsIndex: Whether Graph may answer from its index. Only a question in a batch can say
  ///     so.
  public init(_ path: String, body: String? = nil, needsIndex: Bool = false) {
    self.path = path
    self.body = body
    self.needsIndex = needsIndex
  }

  /// The version of Graph that is asked.
  public static let version = "/v1.0"

  /// Creates the question for a page link (`@odata.nextLink`).
  ///
  /// - Parameters:
  ///   - link: The page link, used unchanged.
  ///   - graph: The only place that it may lead to.
  /// - Throws: `.server` for another place.
  public init(nextLink link: String, graph: Endpoint) throws(EntraSyncError) {
    try graph.admit(link, named: "Graph's nextLink")
    // The admitted link begins with the origin, perhaps with the scheme's own port.
    let path = link.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).last ?? ""
    let base = (graph.path + GraphQuestion.version + "/").dropFirst()
    guard path.hasPrefix(base) else {
      throw EntraSyncError(
        .server, "Graph's nextLink leads away from \(graph.path)\(GraphQuestion.version)")
    }
    self.init(String(path.dropFirst(base.utf8.count - 1)))
  }
}
