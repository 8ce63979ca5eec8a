@testable import EntraSync

/// Whatever Graph answers to the batches of a lookup, the lookup ends; somebody is a member only
/// where the answer names the address and the group, and what is no answer is never a no.
///
/// - Parameter input: The HTTP status in a line of its own, and the body of each batch's answer.
func check(_ input: [UInt8]) {
  let answer = Answer(input)
  let reader = JSONValueReader()
  do throws(EntraSyncError) {
    _ = try answer.read(into: reader, in: .whole)
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
