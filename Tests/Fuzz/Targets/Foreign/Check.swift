@testable import EntraSync

/// Checks that a page of any kind gives an error of one short line, without a word that may be a
/// secret, and in a time that grows with its length alone.
///
/// - Parameter input: The body of an answer that is not Microsoft's.
func check(_ input: [UInt8]) {
  let answer = ForeignAnswer(input)
  require(answer.said.unicodeScalars.count < 1000, "what a page says is bounded", answer.said)
  for place in [ForeignAnswer.Place.graph, .signIn] {
    for httpStatus in [200, 401, 403, 502] {
      let error = answer.error(httpStatus: httpStatus, inPlaceOf: place, Sample.configuration)
      requirePresentable(error)
      require(error.isForeign && error.status == .server, "it is foreign", error)
      require(error.httpStatus == httpStatus, "it has its status", error)
    }
  }
  // A secret is a word of more than 36 characters, in a page as in anything else.
  let words = answer.said.split { $0 == " " || $0 == "\"" }
  require(
    words.allSatisfy { $0.unicodeScalars.count <= 36 || $0.contains("\\u{") },
    "a page shows no word that may be a token", answer.said)
  Canary.requireAbsent(from: answer.said.contains(Canary.text) ? answer.said : "-")

  let again = ForeignAnswer(Array(input.prefix(ForeignAnswer.longest)))
  require(again == answer, "only the beginning counts", answer)
}
