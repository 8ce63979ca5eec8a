@testable import EntraSync

/// Whatever the token endpoint answers, it is a token whose life is bounded, or an error in one line
/// that shows neither the token nor the secret; how its bytes were cut makes no difference.
///
/// - Parameter input: The HTTP status in a line of its own, and the body.
func check(_ input: [UInt8]) {
  let answer = Answer(input)
  let reading = AnswerReading(answer, in: .whole)
  for pieces in [Pieces.bytes, .uneven] {
    require(AnswerReading(answer, in: pieces) == reading, "cuts change nothing", reading)
  }
  if let error = reading.error {
    requirePresentable(error)
    require(error.status == .server, "it is the server's fault", error)
  } else if answer.httpStatus == 200 {
    requireToken(in: reading.document)
  } else {
    requireRefusal(answer.httpStatus, document: reading.document)
  }
}
