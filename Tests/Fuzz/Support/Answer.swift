import EntraSync

@testable import EntraSyncIO

/// A server's answer in an input: the HTTP status in the first line, then the body.
///
/// If the first line is not a status, the whole input is the body of a 200.
struct Answer {
  /// The HTTP status, of three digits.
  let httpStatus: Int
  /// The body.
  let body: [UInt8]

  /// Splits an input into status and body.
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

  /// Reads the body, which arrives in pieces.
  ///
  /// - Parameters:
  ///   - pieces: The way in which the body is cut.
  ///   - read: Reads the document of a 200.
  /// - Throws: The error in the body of a 200.
  /// - Returns: The document that came with another status.
  func read(
    in pieces: Pieces, _ read: (JSONTape) throws(EntraSyncError) -> Void
  ) throws(EntraSyncError) -> JSONValue? {
    let reader = AnswerReader(limit: 64 << 20)
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
    try reader.withDocument(JSONParser(), read)
    return nil
  }
}
