@testable import EntraSync

/// Checks that a lookup ends with a result that Graph's answers support, whatever they are.
///
/// An address belongs to a member only if the answer names the address and the group. A reply that
/// is missing or broken never means "not a member".
///
/// - Parameter input: The HTTP status in the first line, then the body of the answer to each batch.
func check(_ input: [UInt8]) {
  let answer = Answer(input)
  let reader = JSONValueReader()
  do throws(EntraSyncError) {
    _ = try answer.read(in: .whole) { (document) throws(EntraSyncError) in
      try document.send(to: reader)
    }
  } catch {
    return requirePresentable(error)
  }
  let document = answer.httpStatus == 200 ? reader.value : nil
  for guesses in [false, true] {
    var talk = Talk(guesses: guesses)
    talk.run(answering: document)
    talk.requireTruth(of: document)
  }
}
