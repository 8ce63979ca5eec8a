import Foundation

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
