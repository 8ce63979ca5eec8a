import EntraSync

/// Checks that any answer to a request for members gives a whole page, or an error in one line.
///
/// The pieces in which the answer arrives make no difference, and no text in it becomes syntax of a
/// list.
///
/// - Parameter input: The HTTP status in the first line, then the body.
func check(_ input: [UInt8]) {
  let answer = Answer(input)
  let reading = PageReading(answer, in: .whole)
  for pieces in [Pieces.bytes, .uneven] {
    require(PageReading(answer, in: pieces) == reading, "cuts change nothing", reading)
  }
  // A page that is refused is refused by the first thing that is wrong with it, in either way.
  require(PageReading(answer, in: .whole, .plain) == reading, "both ways are one", reading)
  if let link = reading.nextLink { requireGuarded(link) }
  if answer.httpStatus != 200 {
    requireRefusal(answer, document: reading.refusal)
  } else if let error = reading.error {
    requirePresentable(error)
    require(error.status == .server, "it is the server's fault", error)
  } else {
    requireSame(reading, as: answer)
    requireLines(of: reading.members)
  }
}
