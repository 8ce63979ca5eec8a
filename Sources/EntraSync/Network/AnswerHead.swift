/// What the heads of one request's answers say, gathered line by line as they arrive.
///
/// There may be several: a proxy's, interim ones (100, 103) and that of the answer. The last one
/// counts. Trailers, which may follow the body, say nothing. All of them together are bounded.
public struct AnswerHead: Sendable {
  /// The most bytes that all heads and trailers of a request may have.
  public static let largest = 262_144
  /// The most bytes of ``challenges`` that are kept.
  static let largestChallenges = 16_384
  /// The most bytes of any other header that is kept.
  static let longestLine = 1024

  /// The error of a 200 that is not ``isReadable``.
  public static let unreadable = EntraSyncError(
    .server, "the server's answer is packed in a way that was not asked for")
  /// The error of a proxy's answer to CONNECT, which goes on and on.
  public static let endlessProxy = EntraSyncError(
    .network, "the proxy's answer to CONNECT does not end; check PROXY")

  /// The values of the headers that are needed alone, by their names in lower case.
  public private(set) var values: [String: String] = [:]
  /// The values of the `WWW-Authenticate` headers, in their order.
  public private(set) var challenges: [String] = []
  /// The names of the methods in which a proxy takes users, such as `Negotiate`, in their order.
  public private(set) var proxyMethods: [String] = []
  /// Whether the head has arrived as a whole.
  public private(set) var isComplete = false
  /// How many bytes have arrived.
  public private(set) var bytes = 0
  private var isOpen = false
  private var contentCodings: [String] = []
  private var transferCodings: [String] = []

  /// Whether the body is packed as was asked for: once, by gzip, or not at all.
  ///
  /// Each further coding could make a thousand bytes of one.
  public var isReadable: Bool {
    [[], ["gzip"], ["x-gzip"], ["identity"]].contains(contentCodings)
      && [[], ["chunked"], ["identity"]].contains(transferCodings)
  }

  /// Creates what is known before anything has arrived.
  public init() {}

  /// Takes the next line of a head, or of a trailer.
  ///
  /// - Parameter line: Its bytes, whatever they are, with the line's end.
  /// - Throws: `.server` once there are more than ``largest`` bytes.
  public mutating func receive(_ line: UnsafeBufferPointer<UInt8>) throws(EntraSyncError) {
    bytes += line.count
    guard bytes <= AnswerHead.largest else {
      throw EntraSyncError(
        .server, "the head of the server's answer has more than \(AnswerHead.largest >> 10) KB")
    }
    if line.starts(with: "HTTP/".utf8) {
      let bytes = bytes
      self = AnswerHead()
      (self.bytes, isOpen) = (bytes, true)
    } else if line.first == UInt8(ascii: "\r") || line.first == UInt8(ascii: "\n") {
      (isOpen, isComplete) = (false, isComplete || isOpen)
    } else if isOpen, let colon = line.firstIndex(of: UInt8(ascii: ":")), colon <= 32 {
      let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
      keep(name, line[line.index(after: colon)...])
    }
  }

  private mutating func keep(_ name: String, _ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
    switch name {
    case "retry-after", "request-id", "date":
      guard bytes.count <= AnswerHead.longestLine else { return }
      values[name] = String(decoding: bytes, as: UTF8.self).trimmed
    case "www-authenticate":
      guard bytes.count <= AnswerHead.largestChallenges else { return }
      let value = String(decoding: bytes, as: UTF8.self).trimmed
      let kept = challenges.reduce(0) { $0 + $1.utf8.count }
      if kept + value.utf8.count <= AnswerHead.largestChallenges { challenges.append(value) }
    case "proxy-authenticate": addMethods(in: bytes)
    case "content-encoding": contentCodings += AnswerHead.codings(bytes)
    case "transfer-encoding": transferCodings += AnswerHead.codings(bytes)
    default: break
    }
  }

  /// Adds the methods of a `Proxy-Authenticate` header (RFC 9110, section 11.6.1).
  private mutating func addMethods(in bytes: Slice<UnsafeBufferPointer<UInt8>>) {
    guard bytes.count <= AnswerHead.longestLine else { return }
    let header = AuthenticateHeader(String(decoding: bytes, as: UTF8.self).trimmed)
    for name in header.schemes where name.isPlainWord && !proxyMethods.contains(name) {
      guard proxyMethods.count < 8 else { return }
      proxyMethods.append(name)
    }
  }

  private static func codings(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> [String] {
    String(decoding: bytes.prefix(longestLine), as: UTF8.self).split(separator: ",")
      .map { String($0).trimmed.lowercased() }.filter { !$0.isEmpty }
  }
}
