import FlyingFox
import Foundation

extension GraphService: HTTPHandler {
  func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    let request = try await Request(request)
    let answer = answer(request)
    if answer.delay > 0 { try await Task.sleep(for: .milliseconds(answer.delay)) }
    return HTTPResponse(
      answer, on: AcceptedConnection(port: withState { $0.port }, client: request.connection))
  }
}

extension Request {
  /// Creates a request from what the HTTP server received.
  init(_ request: HTTPRequest) async throws {
    var headers: [String: String] = [:]
    for header in request.headers.keys {
      headers[header.rawValue.lowercased()] = request.headers[header]
    }
    let connection: UInt16 =
      if case .ip4(_, let port) = request.remoteAddress { port } else { 0 }
    self.init(
      method: request.method.rawValue, path: request.target.path(),
      query: request.target.query(), headers: headers,
      body: [UInt8](try await request.bodyData), connection: connection)
  }
}

extension HTTPResponse {
  /// Creates the response that the HTTP server sends.
  init(_ answer: Answer, on connection: AcceptedConnection) {
    var headers = HTTPHeaders(
      Dictionary(uniqueKeysWithValues: answer.headers.map { (HTTPHeader($0.key), $0.value) }))
    headers[.contentType] = answer.contentType
    let body: HTTPBodySequence =
      switch answer.delivery {
      // In one piece, since many small writes make large bodies slow.
      case .whole:
        HTTPBodySequence(data: Data(answer.body), suggestedBufferSize: max(1, answer.body.count))
      case .part(let count, let ending):
        HTTPBodySequence(
          from: PartialBody(
            bytes: answer.body.prefix(count), ending: ending, connection: connection),
          count: answer.body.count)
      }
    self.init(
      statusCode: HTTPStatusCode(answer.status, phrase: Self.phrase(answer.status)),
      headers: headers, body: body)
  }

  private static func phrase(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 300: "Multiple Choices"
    case 301: "Moved Permanently"
    case 302: "Found"
    case 303: "See Other"
    case 304: "Not Modified"
    case 307: "Temporary Redirect"
    case 308: "Permanent Redirect"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 429: "Too Many Requests"
    case 500: "Internal Server Error"
    case 502: "Bad Gateway"
    case 503: "Service Unavailable"
    case 504: "Gateway Timeout"
    default: "Status \(status)"
    }
  }
}
