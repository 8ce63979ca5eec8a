import Testing

@testable import EntraSync

extension PageReader {
  /// Reads a page twice: event by event, which is what the rules are written for, and as a run does
  /// it. Both must come to the same.
  static func read(
    _ text: String, _ attributes: [Attribute], pageSize: Int = MembersRequest.largestPage
  ) throws -> PageReader {
    let steps = JSONText.steps(of: text)
    let plain = PageReader(attributes: attributes, pageSize: pageSize)
    let plainError = failure { () throws(EntraSyncError) in
      try plain.receive(steps)
      try plain.finish()
    }
    let reader = PageReader(attributes: attributes, pageSize: pageSize)
    let error = TapeWriter.withTape(of: steps) { tape in
      failure { () throws(EntraSyncError) in try reader.read(tape) }
    }
    #expect(error == plainError)
    #expect(reader.members.elementsEqual(plain.members))
    #expect(reader.nextLink == plain.nextLink)
    if let error { throw error }
    return reader
  }

  private static func failure(
    _ body: () throws(EntraSyncError) -> Void
  ) -> EntraSyncError? {
    do throws(EntraSyncError) {
      try body()
      return nil
    } catch {
      return error
    }
  }
}
