import Foundation

/// One of the requests in a batch.
struct BatchedRequest: Sendable {
  /// The id of the request, which its answer repeats.
  let id: String
  /// The request, as if it had come alone.
  let request: Request
}

extension BatchedRequest {
  /// The largest number of requests in a batch.
  static let maximalCount = 20

  /// Reads the requests in a batch.
  ///
  /// - Parameter batch: The request that contains them; they use its access token.
  /// - Throws: Graph's error for a batch that it does not accept.
  /// - Returns: The requests in their order.
  static func read(_ batch: Request) throws(GraphError) -> [BatchedRequest] {
    guard let items = try batch.jsonObject()["requests"] as? [[String: Any]], !items.isEmpty else {
      throw .invalidBatch("The batch has no list of requests ('requests').")
    }
    guard items.count <= maximalCount else {
      throw GraphError(
        status: 400, code: "MaximumValueExceeded",
        message: "Number of batch request steps exceeds the maximum value of \(maximalCount).")
    }
    var seen: Set<String> = []
    var requests: [BatchedRequest] = []
    for item in items {
      let request = try BatchedRequest(item, batch: batch)
      // Graph treats ids that differ only in case as equal.
      guard seen.insert(request.id.lowercased()).inserted else {
        throw .invalidBatch("Request Id \(request.id) has to be unique in a batch.")
      }
      requests.append(request)
    }
    return requests
  }

  private init(_ item: [String: Any], batch: Request) throws(GraphError) {
    guard let id = item["id"] as? String, !id.isEmpty else {
      throw .invalidBatch("A request has no 'id'.")
    }
    guard let method = item["method"] as? String, let url = item["url"] as? String else {
      throw .invalidBatch("Request Id \(id) has no 'method' or no 'url'.")
    }
    let known = ["id", "method", "url", "headers", "body"]
    for name in item.keys.sorted() where !known.contains(name) {
      throw .invalidBatch("Request Id \(id) has the property '\(name)', which is not simulated.")
    }
    let named = item["headers"] ?? [String: String]()
    guard let named = named as? [String: String], !url.contains("://") else {
      throw .invalidBatch("Request Id \(id) has headers or a url of the wrong form.")
    }
    var headers: [String: String] = [:]
    for (name, value) in named { headers[name.lowercased()] = value }
    let body = try Self.body(item, id: id, hasType: headers["content-type"] != nil)
    headers["authorization"] = batch.headers["authorization"]

    let parts = url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    self.id = id
    request = Request(
      method: method.uppercased(), path: "/v1.0/\(parts[0].trimmingPrefix("/"))",
      query: parts.count > 1 ? String(parts[1]) : "", headers: headers, body: body,
      connection: batch.connection)
  }

  private static func body(
    _ item: [String: Any], id: String, hasType: Bool
  ) throws(GraphError) -> [UInt8] {
    guard let body = item["body"] else { return [] }
    guard hasType else {
      throw .invalidBatch(
        "Write request id : \(id) does not contain Content-Type header or body.")
    }
    guard body is [String: Any], let json = try? JSONSerialization.data(withJSONObject: body) else {
      throw .invalidBatch("Request Id \(id) has a body that is not a JSON object.")
    }
    return [UInt8](json)
  }
}

extension GraphError {
  /// Graph's error for a whole batch.
  fileprivate static func invalidBatch(_ reason: String) -> GraphError {
    GraphError(status: 400, code: "BadRequest", message: reason)
  }
}
