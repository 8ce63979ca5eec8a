import EntraSync

/// Reads an answer's body as it arrives: what was asked for, or the reason of a refusal.
final class AnswerReader {
  /// The most bytes of a refusal that are read; the rest is skipped.
  private static let longestRefusal = 65_536
  private let receiver: any JSONReceiver
  private let limit: Int
  private var parser: JSONParser?
  private let refusalReader = JSONValueReader()
  private var refusalParser: JSONParser?
  private var isReadable = true
  private var count = 0

  /// A reader for one answer.
  ///
  /// - Parameters:
  ///   - receiver: What makes sense of the body of a 200.
  ///   - limit: The most bytes that this body may have.
  init(_ receiver: any JSONReceiver, limit: Int) {
    self.receiver = receiver
    self.limit = limit
  }

  /// Takes the next bytes of the body.
  ///
  /// - Parameters:
  ///   - bytes: Any number of them.
  ///   - httpStatus: The answer's status.
  /// - Throws: What is wrong with the body of a 200.
  func consume(_ bytes: UnsafeBufferPointer<UInt8>, httpStatus: Int) throws(EntraSyncError) {
    count += bytes.count
    if httpStatus == 200 {
      guard count <= limit else {
        throw EntraSyncError(.server, "the server's answer has more than \(limit >> 20) MB")
      }
      let parser = parser ?? JSONParser(receiver)
      self.parser = parser
      try parser.consume(bytes)
    } else if isReadable, count <= AnswerReader.longestRefusal {
      let parser = refusalParser ?? JSONParser(refusalReader)
      refusalParser = parser
      // A refusal may be a web page. Then only its status is known.
      do { try parser.consume(bytes) } catch { isReadable = false }
    }
  }

  /// Ends the body of a 200.
  ///
  /// - Throws: What is wrong with it.
  func finish() throws(EntraSyncError) {
    try (parser ?? JSONParser(receiver)).finish()
  }

  /// The document that came with another status, if it was one.
  func refusal() -> JSONValue? {
    guard isReadable, let refusalParser else { return nil }
    do { try refusalParser.finish() } catch { return nil }
    return refusalReader.value
  }
}
