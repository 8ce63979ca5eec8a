import Testing

@testable import EntraSync

@Suite struct BatchQueueTests {
  /// A queue with this many questions, numbered from 1.
  static func queue(_ count: Int) -> BatchQueue {
    var queue = BatchQueue(policy: .standard)
    for number in 1...count { #expect(queue.add(GraphQuestion("/\(number)")) == number) }
    return queue
  }

  /// Sends the questions that are due and takes a reply to each, with five minutes left.
  @discardableResult
  static func step(
    _ queue: inout BatchQueue, at now: Double = 0, remaining: Double = 300,
    _ reply: (Int) -> GraphReply?
  ) -> [Int] {
    guard let batch = queue.batch(at: now) else { return [] }
    var replies: [Int: GraphReply] = [:]
    for number in batch.questions.keys { replies[number] = reply(number) }
    queue.take(replies, to: batch, at: now, remaining: remaining, jitter: 0)
    return batch.questions.keys.sorted()
  }

  static let well = GraphReply(httpStatus: 200)

  @Test("An empty queue has nothing due")
  func beginsEmpty() {
    let queue = BatchQueue(policy: .standard)
    #expect(queue.due == nil)
    #expect(queue.batch(at: 0) == nil)
  }

  @Test("A batch takes twenty questions, the oldest first")
  func splits() {
    var queue = Self.queue(45)
    #expect(Self.step(&queue) { _ in Self.well } == Array(1...20))
    #expect(Self.step(&queue) { _ in Self.well } == Array(21...40))
    #expect(Self.step(&queue) { _ in Self.well } == Array(41...45))
    #expect(queue.due == nil)
    #expect(queue.outcomes.keys.sorted() == Array(1...45))
  }

  @Test("A question keeps its number, and its outcome can be taken once")
  func keepsNumbers() {
    var queue = Self.queue(3)
    #expect(queue.batch(at: 0)?.questions[2] == GraphQuestion("/2"))
    Self.step(&queue) { GraphReply(httpStatus: 200 + $0) }
    for number in 1...3 {
      #expect(queue.takeOutcome(of: number) == .reply(GraphReply(httpStatus: 200 + number)))
      #expect(queue.takeOutcome(of: number) == nil)
    }
    #expect(queue.takeOutcome(of: 4) == nil)
  }

  @Test("A question that has to wait does not hold up other questions")
  func waitsAlone() {
    var queue = Self.queue(3)
    let throttled = GraphReply(httpStatus: 429, retryAfter: 41)
    Self.step(&queue, at: 5) { $0 == 2 ? throttled : Self.well }
    #expect(queue.outcomes.keys.sorted() == [1, 3])
    #expect(queue.due == 46)
    #expect(queue.batch(at: 45.9) == nil)
    let added = queue.add(GraphQuestion("/new"))
    #expect(queue.due == 0)
    #expect(Self.step(&queue, at: 6) { _ in Self.well } == [added])
    #expect(Self.step(&queue, at: 46) { _ in Self.well } == [2])
    #expect(queue.takeOutcome(of: 2) == .reply(Self.well))
    #expect(queue.due == nil)
  }

  @Test(
    "A temporary failure is retried after doubled waits, and then given up",
    arguments: [429, 500, 502, 503, 504])
  func asksAgain(httpStatus: Int) throws {
    var queue = Self.queue(1)
    var now = 0.0
    for delay in [3.0, 6, 12, 24, 48] {
      #expect(Self.step(&queue, at: now) { _ in GraphReply(httpStatus: httpStatus) } == [1])
      #expect(queue.outcomes.isEmpty)
      now += delay
      #expect(queue.due == now)
    }
    Self.step(&queue, at: now) { _ in GraphReply(httpStatus: httpStatus) }
    let error = try #require(Self.failure(&queue, 1))
    #expect(error.status == (httpStatus == 429 ? .throttled : .server))
    #expect(error.httpStatus == httpStatus)
    #expect(error.message.hasSuffix("gave up after 6 tries; the next run will try again"))
    #expect(queue.due == nil)
  }

  static func failure(_ queue: inout BatchQueue, _ number: Int) -> EntraSyncError? {
    if case .failure(let error) = queue.takeOutcome(of: number) { error } else { nil }
  }

  @Test("A question whose wait does not fit into the run fails at once, and no other does")
  func respectsTime() throws {
    var queue = Self.queue(2)
    Self.step(&queue, remaining: 60) {
      $0 == 1 ? GraphReply(httpStatus: 429, retryAfter: 61) : GraphReply(httpStatus: 503)
    }
    let error = try #require(Self.failure(&queue, 1))
    #expect(error.retryAfter == 61)
    #expect(error.message.contains("TIMEOUT leaves 60 s"))
    #expect(queue.due == 3)
  }

  @Test("A question without a reply is repeated, and never counts as answered")
  func noticesMissing() throws {
    var queue = Self.queue(2)
    var now = 0.0
    for _ in 1...6 {
      Self.step(&queue, at: now) { $0 == 2 ? Self.well : nil }
      now = queue.due ?? now
    }
    let error = try #require(Self.failure(&queue, 1))
    #expect(error.status == .server)
    #expect(error.message.hasPrefix("Graph left a question of a batch unanswered; gave up after 6"))
    #expect(queue.takeOutcome(of: 2) == .reply(Self.well))
    #expect(queue.due == nil)
  }

  @Test("A refused token is renewed once for each question, without costing a try")
  func renewsToken() {
    var queue = Self.queue(2)
    let refused = GraphReply(httpStatus: 401)
    Self.step(&queue) { $0 == 1 ? refused : Self.well }
    #expect(queue.needsToken)
    #expect(queue.outcomes.keys.sorted() == [2])
    #expect(queue.due == 0)
    Self.step(&queue) { _ in GraphReply(httpStatus: 503) }
    #expect(!queue.needsToken)
    #expect(queue.due == 3)
    Self.step(&queue, at: 3) { _ in refused }
    #expect(!queue.needsToken)
    #expect(queue.takeOutcome(of: 1) == .reply(refused))
    #expect(queue.due == nil)
  }

  @Test("A claims challenge to a question of a batch is answered once, with its claims")
  func answersChallenge() throws {
    let challenge = try #require(
      ClaimsChallenge([ClaimsChallengeTests.header("e30=")]) { _ in .object([:]) })
    let refused = GraphReply(httpStatus: 401, challenge: challenge)
    var queue = Self.queue(2)
    Self.step(&queue) { $0 == 1 ? GraphReply(httpStatus: 401) : refused }
    #expect(queue.needsToken)
    #expect(queue.challenge == challenge)
    Self.step(&queue) { $0 == 1 ? Self.well : refused }
    #expect(!queue.needsToken)
    #expect(queue.challenge == nil)
    #expect(queue.takeOutcome(of: 2) == .reply(refused))
    #expect(queue.takeOutcome(of: 1) == .reply(Self.well))
    // Another question is not worth another token.
    let added = queue.add(GraphQuestion("/new"))
    Self.step(&queue) { _ in refused }
    #expect(!queue.needsToken)
    #expect(queue.takeOutcome(of: added) == .reply(refused))
  }

  @Test("Questions of one batch are all asked again after a claims challenge to each of them")
  func answersChallenges() throws {
    let challenge = try #require(
      ClaimsChallenge([ClaimsChallengeTests.header("e30=")]) { _ in .object([:]) })
    var queue = Self.queue(3)
    Self.step(&queue) { _ in GraphReply(httpStatus: 401, challenge: challenge) }
    #expect(queue.outcomes.isEmpty)
    Self.step(&queue) { _ in Self.well }
    #expect(queue.outcomes.count == 3)
  }

  @Test("A refusal in a batch that is not Graph's asks for no new token")
  func keepsToken() {
    var queue = Self.queue(1)
    let reply = GraphReply(httpStatus: 401, body: .string("PHRpdGxlPkJsb2NrZWQ8L3RpdGxlPg=="))
    Self.step(&queue) { _ in reply }
    #expect(!queue.needsToken)
    #expect(queue.takeOutcome(of: 1) == .reply(reply))
  }

  @Test(
    "A status that is not temporary is final", arguments: [200, 204, 302, 400, 403, 404, 410, 501])
  func accepts(httpStatus: Int) {
    var queue = Self.queue(1)
    let reply = GraphReply(httpStatus: httpStatus, retryAfter: 9)
    Self.step(&queue) { _ in reply }
    #expect(queue.takeOutcome(of: 1) == .reply(reply))
    #expect(queue.due == nil)
  }

  @Test("A reply to no question, or to an answered one, changes nothing")
  func ignoresStrangers() throws {
    var queue = Self.queue(2)
    let batch = try #require(queue.batch(at: 0))
    queue.take([1: Self.well, 9: Self.well], to: batch, at: 0, remaining: 300, jitter: 0)
    #expect(queue.takeOutcome(of: 9) == nil)
    let late = GraphReply(httpStatus: 404)
    queue.take([1: late, 2: Self.well], to: batch, at: 3, remaining: 300, jitter: 0)
    #expect(queue.takeOutcome(of: 1) == .reply(Self.well))
  }

  @Test(
    "A queue ends, and each question ends once, whatever the replies",
    arguments: 1...20 as ClosedRange<UInt64>)
  func ends(seed: UInt64) {
    var random = SplitMix(seed: seed)
    let count = Int.random(in: 1...60, using: &random)
    var queue = Self.queue(count)
    var ended: [Int] = []
    var now = 0.0
    var batches = 0
    while let due = queue.due, batches < 1000 {
      now = max(now, due)
      batches += 1
      let asked = Self.step(&queue, at: now, remaining: 3000 - now) { _ in
        [nil, 200, 401, 404, 429, 503].randomElement(using: &random)?.map {
          GraphReply(httpStatus: $0, retryAfter: Bool.random(using: &random) ? 0 : nil)
        }
      }
      #expect(!asked.isEmpty && asked.count <= Batch.largest)
      for number in asked where queue.takeOutcome(of: number) != nil { ended.append(number) }
    }
    #expect(ended.sorted() == Array(1...count))
  }
}
