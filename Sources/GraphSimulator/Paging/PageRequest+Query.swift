extension PageRequest {
  /// How many members a page has without `$top`.
  static let defaultTop = 100

  /// How many members a page can have.
  static let maximalTop = 999

  /// What a request's query asks for.
  ///
  /// - Parameters:
  ///   - query: The query as it came, without the `?`.
  ///   - group: The group's id, in lower case.
  ///   - collection: Which of its collections.
  ///   - isEventual: Whether the request has the header `ConsistencyLevel: eventual`, without which
  ///     `$count=true` is ignored.
  ///   - tokens: The skip tokens given out.
  /// - Throws: What Graph answers to a query that it does not know or that does not fit its token.
  /// - Returns: The page asked for.
  static func parse(
    _ query: String, group: String, collection: Collection, isEventual: Bool, tokens: SkipTokens
  ) throws(GraphError) -> PageRequest {
    var request = PageRequest(group: group, collection: collection)
    var skipToken: String?
    var seen: Set<String> = []
    for (name, value) in try pairs(query) {
      guard seen.insert(name).inserted else {
        throw .badRequest("Query option '\(name)' was specified more than once.")
      }
      switch name {
      case "$select": request.selection = try selection(value, collection: collection)
      case "$top": request.top = try top(value)
      case "$count":
        guard value == "true" || value == "false" else {
          throw .badRequest("Invalid value '\(value)' for $count query option.")
        }
        request.counts = value == "true" && isEventual
      case "$skiptoken": skipToken = value
      case "$filter", "$search", "$orderby", "$expand": throw .unsupportedQuery
      default: throw .badRequest("The query parameter '\(name)' is not supported.")
      }
    }
    guard let skipToken else { return request }
    guard let issued = tokens.request(for: skipToken) else {
      throw .badRequest("The specified page token value is not valid.")
    }
    guard issued.isSameRun(as: request) else {
      throw .badRequest("The specified page token does not belong to this request.")
    }
    return issued
  }

  private static func pairs(_ query: String) throws(GraphError) -> [(name: String, value: String)] {
    do {
      return try PercentEncoding.pairs(query.utf8)
    } catch {
      throw .badRequest("The query string is malformed.")
    }
  }

  private static func selection(
    _ value: String, collection: Collection
  ) throws(GraphError) -> [Attribute] {
    var selection: [Attribute] = []
    for name in value.split(separator: ",", omittingEmptySubsequences: false) {
      let name = name.trimmingPrefix { $0 == " " }
      guard let attribute = Attribute(rawValue: String(name)) else {
        throw .unknownProperty(
          String(name),
          type: collection.usersOnly ? "microsoft.graph.user" : "microsoft.graph.directoryObject")
      }
      if !selection.contains(attribute) { selection.append(attribute) }
    }
    return selection
  }

  private static func top(_ value: String) throws(GraphError) -> Int {
    guard let top = Int(value), top >= 0, !value.hasPrefix("+") else {
      throw .badRequest(
        "Invalid value '\(value)' for $top query option found. The $top query option requires a "
          + "non-negative integer value.")
    }
    guard (1...maximalTop).contains(top) else {
      throw .badRequest(
        "Invalid page size specified: '\(value)'. Must be between 1 and \(maximalTop) inclusive.")
    }
    return top
  }
}
