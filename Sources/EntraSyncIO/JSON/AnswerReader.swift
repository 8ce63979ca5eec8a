import EntraSync
import Glibc

/// Keeps an answer's body as it arrives, and reads it once it is whole: the document that was asked
/// for, the reason of a refusal, or what a page of somebody else says.
///
/// The body may hold an access token, so that it is overwritten when it is released.
final class AnswerReader {
  private let limit: Int
  /// The body of a 200; of another status, and of a 200 that cannot be JSON, its beginning.
  private var body: [UInt8] = []
  private var count = 0
  /// Whether the body begins as JSON; `nil` as long as it has not begun.
  private var mayBeJSON: Bool?

  /// A reader for one answer.
  ///
  /// - Parameter limit: The most bytes that the body of a 200 may have.
  init(limit: Int) { self.limit = limit }

  deinit { body.wipe() }

  /// Takes the next bytes of the body.
  ///
  /// - Parameters:
  ///   - bytes: Any number of them.
  ///   - httpStatus: The answer's status.
  /// - Throws: `.server` if the body of a 200 is too long.
  func consume(_ bytes: UnsafeBufferPointer<UInt8>, httpStatus: Int) throws(EntraSyncError) {
    count += bytes.count
    guard httpStatus != 200 || count <= limit else {
      throw EntraSyncError(.server, "the server's answer has more than \(limit >> 20) MB")
    }
    if mayBeJSON == nil { lookAtBeginning(bytes) }
    guard httpStatus == 200, mayBeJSON ?? true else {
      let rest = min(bytes.count, max(0, ForeignAnswer.longest - body.count))
      return keep(UnsafeBufferPointer(rebasing: bytes[..<rest]))
    }
    keep(bytes)
  }

  /// Adds to the body. Where it has to move, with the room that a parser wants, it leaves no copy.
  private func keep(_ bytes: UnsafeBufferPointer<UInt8>) {
    let wanted = body.count + bytes.count + JSONParser.padding
    if wanted > body.capacity {
      var larger: [UInt8] = []
      larger.reserveCapacity(max(wanted, 2 * body.capacity))
      larger += body
      body.wipe()
      body = larger
    }
    body += bytes
  }

  /// Looks for the first byte that is neither white space nor a part of a byte order mark. All that
  /// Entra ID and Graph answer is an object or an array.
  private func lookAtBeginning(_ bytes: UnsafeBufferPointer<UInt8>) {
    for (index, byte) in bytes.enumerated() {
      let place = body.count + index
      if byte == 0x20 || (0x09...0x0D).contains(byte) { continue }
      if place < 3, byte == ([0xEF, 0xBB, 0xBF] as [UInt8])[place] { continue }
      mayBeJSON = byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[")
      return
    }
  }

  /// Reads the body of a 200 that has arrived whole.
  ///
  /// - Parameters:
  ///   - parser: Reads it.
  ///   - read: Receives the document, which is valid until it returns.
  /// - Throws: `.server` if it is no JSON, and what `read` throws.
  func withDocument(
    _ parser: JSONParser, _ read: (JSONTape) throws(EntraSyncError) -> Void
  ) throws(EntraSyncError) {
    try parser.read(&body, read)
  }

  /// Reads the body of a 200 that has arrived whole.
  ///
  /// - Parameter parser: Reads it.
  /// - Throws: `.server` if it is no JSON, or has a repeated key.
  /// - Returns: The document.
  func value(_ parser: JSONParser) throws(EntraSyncError) -> JSONValue {
    try JSONValue(&body, by: parser)
  }

  /// The document that came with another status, if it was one.
  func refusal() -> JSONValue? {
    count <= ForeignAnswer.longest ? JSONValue(body) : nil
  }

  /// What a body that is not one of Microsoft's says of itself: one of another status, or a 200
  /// that does not begin as JSON.
  ///
  /// - Parameter httpStatus: The answer's status.
  /// - Returns: `nil` for another 200, and for an empty one.
  func foreignAnswer(httpStatus: Int) -> ForeignAnswer? {
    httpStatus != 200 || mayBeJSON == false ? ForeignAnswer(body) : nil
  }
}

extension [UInt8] {
  /// Overwrites all bytes, in a way that no compiler leaves out.
  fileprivate mutating func wipe() {
    withUnsafeMutableBytes { bytes in
      if let start = bytes.baseAddress { explicit_bzero(start, bytes.count) }
    }
  }
}
