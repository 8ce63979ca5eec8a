import EntraSync

@testable import EntraSyncIO

/// A server's answer as an input writes it: the HTTP status in the first line, then the body.
///
/// A first line that is no status is a part of the body of a 200.
struct Answer {
  /// The HTTP status, of three digits.
  let httpStatus: Int
  /// What follows.
  let body: [UInt8]

  /// Takes an input apart.
  ///
  /// - Parameter input: Any bytes.
  init(_ input: [UInt8]) {
    let line = input.prefix(4)
    if line.last == UInt8(ascii: "\n"),
      let text = String(validating: line.dropLast(), as: UTF8.self),
      let status = Int(text), (100...999).contains(status)
    {
      (httpStatus, body) = (status, Array(input.dropFirst(4)))
    } else {
      (httpStatus, body) = (200, input)
    }
  }

  /// Reads the body as it would arrive.
  ///
  /// - Parameters:
  ///   - receiver: What makes sense of the body of a 200.
  ///   - pieces: How it is cut.
  /// - Throws: What is wrong with the body of a 200.
  /// - Returns: The document that came with another status.
  func read(into receiver: any JSONReceiver, in pieces: Pieces) throws(EntraSyncError) -> JSONValue?
  {
    let reader = AnswerReader(receiver, limit: 64 << 20)
    for piece in pieces.cut(body) {
      var failure: EntraSyncError?
      piece.withUnsafeBufferPointer { bytes in
        do throws(EntraSyncError) { try reader.consume(bytes, httpStatus: httpStatus) } catch {
          failure = error
        }
      }
      if let failure { throw failure }
    }
    guard httpStatus == 200 else { return reader.refusal() }
    try reader.finish()
    return nil
  }
}
