/// An endpoint whose answers are the pages of a collection.
protocol PagedEndpoint: GraphEndpoint where Question == PageRequest {
  /// The scheme and host of Graph, which nextLinks contain.
  var origin: String { get }
  /// The collection that is listed.
  var collection: PageRequest.Collection { get }
  /// The target that fault rules know the endpoint by.
  var target: FaultRule.Target { get }

  /// All objects that the pages of a request show.
  ///
  /// - Parameters:
  ///   - request: The request, with its collection and filter.
  ///   - distortions: The distortions to apply.
  ///   - directory: The groups and their members.
  /// - Throws: Graph's error if there is no such collection.
  /// - Returns: The objects in a stable order.
  func entries(
    _ request: PageRequest, distortions: [Fault.Distortion], directory: inout Directory
  ) throws(GraphError) -> [Directory.Entry]
}

extension PagedEndpoint {
  var method: String { "GET" }

  func question(
    _ request: Request, state: borrowing SimulatorState
  ) throws(GraphError) -> PageRequest {
    try PageRequest.parse(
      request.query, collection: collection,
      isEventual: request.headers["consistencylevel"]?.lowercased() == "eventual",
      tokens: state.skipTokens)
  }

  func occasion(of request: PageRequest) -> Occasion {
    Occasion(
      target: target, page: request.page, top: request.top, isFiltered: request.filter != nil)
  }

  func draft(
    _ request: PageRequest, target: String, distortions: [Fault.Distortion],
    state: inout SimulatorState
  ) throws(GraphError) -> Draft {
    let all = try entries(request, distortions: distortions, directory: &state.directory)
    let page = Page.make(
      request, of: all, distortions: distortions, own: origin + target,
      link: { link(to: $0, token: state.skipTokens.issue(for: $0)) })
    return { [directory = state.directory, origin] in
      .graph(page.json(directory: directory, origin: origin, distortions: distortions))
        .distorted(distortions)
    }
  }

  /// The link to a page, with only the options that the request named.
  private func link(to request: PageRequest, token: String) -> String {
    var query: [String] = []
    if let selection = request.selection {
      query.append("$select=\(selection.map(\.rawValue).joined(separator: "%2c"))")
    }
    if let filter = request.filter {
      if request.counts { query.append("$count=true") }
      query.append("$filter=\(PercentEncoding.encode(filter.text))")
    }
    if let top = request.top { query.append("$top=\(top)") }
    query.append("$skiptoken=\(token)")
    return "\(origin)/v1.0/\(request.collection.path)?\(query.joined(separator: "&"))"
  }
}
