/// A request as the endpoints see it: nothing decoded yet.
struct Request: Sendable {
  /// The method, in capital letters.
  let method: String
  /// The path as it came, percent signs and all.
  let path: String
  /// What followed the `?`, as it came.
  let query: String
  /// The headers, their names in lower case.
  let headers: [String: String]
  /// The body.
  let body: [UInt8]
  /// The client's port, by which requests on one connection are known.
  let connection: UInt16

  /// Path and query.
  var target: String { query.isEmpty ? path : "\(path)?\(query)" }
}
