import Foundation

/// One of the requests in a batch.
struct BatchedRequest: Sendable {
  /// What its answer is known by.
  let id: String
  /// The request as if it had come alone.
  let request: Request
}

extension BatchedRequest {
  /// How many requests a batch can hold.
  static let maximalCount = 20

  /// The requests in a batch.
  ///
  /// - Parameter batch: The request that brings them, whose token is theirs too.
  /// - Throws: What Graph answers to a batch that it does not accept.
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
      // Graph takes ids that differ by case alone for the same.
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
      throw .invalidBatch("Request Id \(id) has a body that is no JSON object.")
    }
    return [UInt8](json)
  }
}

extension GraphError {
  /// What Graph says to a batch as a whole.
  fileprivate static func invalidBatch(_ reason: String) -> GraphError {
    GraphError(status: 400, code: "BadRequest", message: reason)
  }
}
