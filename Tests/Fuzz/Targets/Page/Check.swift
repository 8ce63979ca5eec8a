import EntraSync

/// Whatever a server answers to a request for members, it is a whole page, or an error in one line;
/// how its bytes were cut on their way makes no difference, and no text of it becomes syntax.
///
/// - Parameter input: The HTTP status in a line of its own, and the body.
func check(_ input: [UInt8]) {
  let answer = Answer(input)
  let reading = PageReading(answer, in: .whole)
  for pieces in [Pieces.bytes, .uneven] {
    require(PageReading(answer, in: pieces) == reading, "cuts change nothing", reading)
  }
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
