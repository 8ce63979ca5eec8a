import Foundation

/// A client's TCP connection, which shows the bytes and the end of each answer.
final class Connection: @unchecked Sendable {
  /// The error if there is no connection or no answer.
  struct Failed: Error {}

  /// An answer as it was received.
  struct Received: Sendable {
    var status = 0
    /// The headers, with names in lower case.
    var headers: [String: String] = [:]
    var body: [UInt8] = []
    /// Whether the body has the promised length.
    var isWhole = false
    /// Whether the connection was reset before the promised length.
    var isReset = false
  }

  private let descriptor: Int32

  /// Connects to a port.
  init(port: UInt16, host: String = "127.0.0.1") throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr(host)
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else { throw Failed() }
  }

  deinit { close(descriptor) }

  /// Sends a request and waits for its answer, on a thread of its own, which blocks.
  ///
  /// - Parameters:
  ///   - head: The request line and the headers, each on a line.
  ///   - body: The body.
  ///   - patience: The seconds without a byte after which the body counts as ended.
  /// - Throws: ``Failed`` if there is no answer.
  /// - Returns: The answer; its body may be shorter than promised.
  func exchange(_ head: String, body: String = "", patience: Int = 20) async throws -> Received {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { [self] in
        continuation.resume(with: Result { try exchangeBlocking(head, body, patience) })
      }
    }
  }

  private func exchangeBlocking(_ head: String, _ body: String, _ patience: Int) throws -> Received
  {
    setPatience(seconds: 60)
    let lines =
      head.split(separator: "\n").map(String.init) + [
        "Host: test", "Content-Length: \(body.utf8.count)",
      ]
    let text = Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8)
    guard send(descriptor, text, text.count, Int32(MSG_NOSIGNAL)) == text.count else {
      throw Failed()
    }

    var bytes: [UInt8] = []
    while bytes.firstRange(of: Array("\r\n\r\n".utf8)) == nil {
      guard receive(into: &bytes) else { throw Failed() }
    }
    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { throw Failed() }
    var received = Received()
    let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
      .components(separatedBy: "\r\n")
    received.status = Int(head[0].split(separator: " ")[1]) ?? 0
    for line in head.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      received.headers[parts[0].lowercased()] =
        parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
    }
    guard let length = received.headers["content-length"].flatMap(Int.init) else { throw Failed() }
    received.body = Array(bytes[end.upperBound...])
    setPatience(seconds: patience)
    errno = 0
    while received.body.count < length, receive(into: &received.body) {}
    received.isReset = received.body.count < length && errno == ECONNRESET
    received.isWhole = received.body.count == length
    return received
  }

  private func setPatience(seconds: Int) {
    var limit = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
  }

  private func receive(into bytes: inout [UInt8]) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else { return false }
    bytes.append(contentsOf: buffer[..<count])
    return true
  }
}
