import EntraSync

/// Reads an answer's body as it arrives: what was asked for, or the reason of a refusal.
///
/// A body that does not even begin as JSON, such as a web page, is kept to see what it says.
final class AnswerReader {
  private let receiver: any JSONReceiver
  private let limit: Int
  private var parser: JSONParser?
  /// The first bytes of a refusal, or of a 200 that has not begun as JSON yet.
  private var head: [UInt8] = []
  /// Why a 200 is no JSON from its first byte on.
  private var failure: EntraSyncError?
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
      try take(bytes)
    } else {
      keep(bytes)
    }
  }

  /// Takes bytes of a 200.
  private func take(_ bytes: UnsafeBufferPointer<UInt8>) throws(EntraSyncError) {
    guard failure == nil else { return keep(bytes) }
    let parser = parser ?? JSONParser(receiver)
    self.parser = parser
    do {
      try parser.consume(bytes)
      if parser.hasBegun { head = [] } else { keep(bytes) }
    } catch {
      guard !parser.hasBegun else { throw error }
      failure = error
      keep(bytes)
    }
  }

  private func keep(_ bytes: UnsafeBufferPointer<UInt8>) {
    head += bytes.prefix(max(0, ForeignAnswer.longest - head.count))
  }

  /// Ends the body of a 200.
  ///
  /// - Throws: What is wrong with it.
  func finish() throws(EntraSyncError) {
    if let failure { throw failure }
    let parser = parser ?? JSONParser(receiver)
    do {
      try parser.finish()
    } catch {
      if !parser.hasBegun { failure = error }
      throw error
    }
  }

  /// The document that came with another status, if it was one.
  func refusal() -> JSONValue? {
    count <= ForeignAnswer.longest ? JSONValue(head) : nil
  }

  /// What a body that is not one of Microsoft's says of itself: one of another status, or a 200
  /// that was found not to begin as JSON.
  ///
  /// - Parameter httpStatus: The answer's status.
  /// - Returns: `nil` for another 200, and for an empty one.
  func foreignAnswer(httpStatus: Int) -> ForeignAnswer? {
    guard httpStatus == 200 else { return ForeignAnswer(head) }
    let isBlank = head.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
    return failure == nil || isBlank ? nil : ForeignAnswer(head)
  }
}

extension JSONValue {
  /// Reads a whole document; `nil` for bytes that are not one.
  ///
  /// - Parameter bytes: The document.
  init?(_ bytes: [UInt8]) {
    let reader = JSONValueReader()
    let parser = JSONParser(reader)
    let isWhole = bytes.withUnsafeBufferPointer { bytes in
      do throws(EntraSyncError) {
        try parser.consume(bytes)
        try parser.finish()
        return true
      } catch {
        return false
      }
    }
    guard isWhole, let value = reader.value else { return nil }
    self = value
  }
}
