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

  /// The values of the headers that are needed alone, by their names in lower case.
  public private(set) var values: [String: String] = [:]
  /// The values of the `WWW-Authenticate` headers, in their order.
  public private(set) var challenges: [String] = []
  /// How many bytes have arrived.
  public private(set) var bytes = 0
  private var isOpen = false

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
      (values, challenges, isOpen) = ([:], [], true)
    } else if line.first == UInt8(ascii: "\r") || line.first == UInt8(ascii: "\n") {
      isOpen = false
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
      let kept = challenges.reduce(0) { $0 + $1.utf8.count }
      guard kept + bytes.count <= AnswerHead.largestChallenges else { return }
      challenges.append(String(decoding: bytes, as: UTF8.self).trimmed)
    default: break
    }
  }
}
