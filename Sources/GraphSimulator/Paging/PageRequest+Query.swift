extension PageRequest {
  /// The number of objects on a page without `$top`.
  static let defaultTop = 100

  /// The largest number of objects on a page.
  static let maximalTop = 999

  /// Reads the query of a request.
  ///
  /// - Parameters:
  ///   - query: The query as it was received, without the `?`.
  ///   - collection: The collection that the path names.
  ///   - isEventual: Whether the request has the header `ConsistencyLevel: eventual`, without which
  ///     `$count=true` is ignored and members cannot be filtered.
  ///   - tokens: The skip tokens that were issued.
  /// - Throws: Graph's error for an unknown option, or for a skip token that does not fit.
  /// - Returns: The page that is requested.
  static func parse(
    _ query: String, collection: Collection, isEventual: Bool, tokens: SkipTokens
  ) throws(GraphError) -> PageRequest {
    var request = PageRequest(collection: collection)
    var skipToken: String?
    var filter: String?
    var seen: Set<String> = []
    for (name, value) in try pairs(query) {
      guard seen.insert(name).inserted else {
        throw .badRequest("Query option '\(name)' was specified more than once.")
      }
      switch name {
      case "$select": request.selection = try selection(value, of: collection.kind)
      case "$top": request.top = try top(value)
      case "$count":
        guard value == "true" || value == "false" else {
          throw .badRequest("Invalid value '\(value)' for $count query option.")
        }
        request.counts = value == "true" && isEventual
      case "$skiptoken": skipToken = value
      case "$filter": filter = value
      case "$search", "$orderby", "$expand": throw .unsupportedQuery
      default: throw .badRequest("The query parameter '\(name)' is not supported.")
      }
    }
    if let filter {
      guard collection.canBeFiltered(isAdvanced: request.counts) else { throw .unsupportedQuery }
      request.filter = try UserFilter(filter, isAdvanced: request.counts)
    }
    guard let skipToken else { return request }
    guard let issued = tokens.request(for: skipToken) else {
      throw .badRequest("The specified page token value is not valid.")
    }
    guard issued.matches(request) else {
      throw .badRequest("The specified page token does not belong to this request.")
    }
    return issued
  }

  /// Decodes the options of a query.
  ///
  /// - Throws: Graph's error for a malformed query.
  /// - Returns: Names and values in their order.
  static func pairs(_ query: String) throws(GraphError) -> [(name: String, value: String)] {
    do {
      return try PercentEncoding.pairs(query.utf8)
    } catch {
      throw .badRequest("The query string is malformed.")
    }
  }

  /// Reads the attributes that a `$select` names.
  ///
  /// - Parameters:
  ///   - value: The text after `$select=`, decoded.
  ///   - kind: The kind of object that the attributes belong to.
  /// - Throws: Graph's error for an unknown property.
  /// - Returns: Each attribute once.
  static func selection(
    _ value: String, of kind: ObjectKind
  ) throws(GraphError) -> [Attribute] {
    var selection: [Attribute] = []
    for name in value.split(separator: ",", omittingEmptySubsequences: false) {
      let name = name.trimmingPrefix { $0 == " " }
      guard let attribute = Attribute(rawValue: String(name)), kind.has(attribute) else {
        throw .unknownProperty(String(name), type: kind.rawValue)
      }
      if !selection.contains(attribute) { selection.append(attribute) }
    }
    return selection
  }

  /// Reads the attributes to show of a single object, whose only query option is `$select`.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - kind: The kind of the object.
  /// - Throws: Graph's error for another option, or for an unknown property.
  /// - Returns: Each attribute once; nil without `$select`.
  static func selection(
    in request: Request, of kind: ObjectKind
  ) throws(GraphError) -> [Attribute]? {
    var selection: [Attribute]?
    for (name, value) in try pairs(request.query) {
      guard name == "$select", selection == nil else {
        throw .badRequest("The query parameter '\(name)' is not supported.")
      }
      selection = try self.selection(value, of: kind)
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

extension PageRequest.Collection {
  /// Whether a request may use `$filter`.
  ///
  /// - Parameter isAdvanced: Whether the request has both `ConsistencyLevel: eventual` and
  ///   `$count=true`.
  /// - Returns: Whether it may.
  fileprivate func canBeFiltered(isAdvanced: Bool) -> Bool {
    switch self {
    case .users, .contacts: true
    case .members(_, _, let usersOnly): usersOnly && isAdvanced
    case .memberOf: false
    }
  }
}
