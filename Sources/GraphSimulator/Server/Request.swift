import Foundation

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

extension Request {
  /// The JSON object that is the body.
  ///
  /// - Throws: What Graph answers to a body of another kind.
  /// - Returns: The object.
  func jsonObject() throws(GraphError) -> [String: Any] {
    let type = (headers["content-type"] ?? "").prefix { $0 != ";" }.lowercased()
    guard type.filter({ !$0.isWhitespace }) == "application/json" else {
      throw GraphError(
        status: 400, code: "BadRequest",
        message: "Write requests (excluding DELETE) must contain the Content-Type header "
          + "declaration of application/json.")
    }
    guard let object = try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any] else {
      throw GraphError(
        status: 400, code: "BadRequest", message: "Unable to read JSON request payload.")
    }
    return object
  }
}
