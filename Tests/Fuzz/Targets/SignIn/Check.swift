@testable import EntraSync

/// Checks that any answer to a sign-in gives a token that expires, or an error in one line.
///
/// The error shows neither the token nor the secret. The pieces in which the answer arrives make no
/// difference.
///
/// - Parameter input: The HTTP status in the first line, then the body.
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
