import EntraSync

/// The result of reading an answer of the token endpoint.
struct AnswerReading: Equatable {
  /// The document of a 200 or of a refusal.
  let document: JSONValue?
  /// The reason why a 200 is not a whole document.
  let error: EntraSyncError?

  /// Reads an answer.
  ///
  /// - Parameters:
  ///   - answer: The status and the body.
  ///   - pieces: The way in which the body is cut.
  init(_ answer: Answer, in pieces: Pieces) {
    let reader = JSONValueReader()
    var refusal: JSONValue?
    var failure: EntraSyncError?
    do throws(EntraSyncError) {
      refusal = try answer.read(in: pieces) { (document) throws(EntraSyncError) in
        try document.send(to: reader)
      }
    } catch {
      failure = error
    }
    document = answer.httpStatus == 200 ? reader.value : refusal
    error = failure
  }
}
