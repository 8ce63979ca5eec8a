import Testing

@testable import EntraSync

@Suite struct TokenRenewalTests {
  @Test(
    "One token of its own may be refused, and two borrowed ones before it",
    arguments: [
      ([false, false], [true, false]),
      ([true, true, false, false], [true, true, true, false]),
      ([true, false, true, false], [true, true, true, false]),
      ([true, true, true, true, false], [true, true, true, false, false]),
    ] as [([Bool], [Bool])])
  func decides(borrowed: [Bool], due: [Bool]) {
    var renewal = TokenRenewal()
    #expect(borrowed.map { renewal.isDue(isTokenBorrowed: $0) } == due)
  }

  @Test("A question of a batch is asked again after as many refused tokens")
  func countsForBatches() throws {
    var course = BatchQueue(policy: .standard)
    let number = course.add(GraphQuestion("/users"))
    for (isBorrowed, isAgain) in [(true, true), (true, true), (false, true), (false, false)] {
      let batch = try #require(course.batch(at: 0))
      course.take(
        [number: GraphReply(httpStatus: 401)], to: batch, isTokenBorrowed: isBorrowed, at: 0,
        remaining: 300, jitter: 0)
      #expect(course.needsToken == isAgain)
    }
    #expect(course.takeOutcome(of: number) == .reply(GraphReply(httpStatus: 401)))
  }
}
