import Foundation

/// A request as the endpoints receive it, with nothing decoded.
struct Request: Sendable {
  /// The method, in capital letters.
  let method: String
  /// The path as it was received, still percent-encoded.
  let path: String
  /// The text after the `?`, as it was received.
  let query: String
  /// The headers, with names in lower case.
  let headers: [String: String]
  /// The body.
  let body: [UInt8]
  /// The client's port, which tells connections apart.
  let connection: UInt16

  /// The path and query.
  var target: String { query.isEmpty ? path : "\(path)?\(query)" }
}

extension Request {
  /// Reads the body as a JSON object.
  ///
  /// - Throws: Graph's error if the body is anything else.
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
