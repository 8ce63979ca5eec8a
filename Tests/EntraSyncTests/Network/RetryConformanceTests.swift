import Testing

@testable import EntraSync

/// The cases of the retry handlers of Microsoft's own clients (kiota for Go, Python, TypeScript and
/// .NET), by their numbers in the list of what they have in common.
///
/// Those that need a request on its way are in the suite "Asking again", over the wire: 9, 21, 24,
/// 25, 26 and 27. Case 22, a streamed body that cannot be sent twice, cannot occur: the only body is
/// the form of a sign-in, which is in memory.
@Suite("The retry cases of Microsoft's clients") struct RetryConformanceTests {
  private func decide(
    _ httpStatus: Int, _ retryAfter: String? = nil, policy: RetryPolicy = .standard,
    attempts: Int = 1, remaining: Double = 1000, jitter: Double = 0
  ) -> RetryPolicy.Decision {
    // 1994-11-06 08:49:37
    let seconds = retryAfter.flatMap { RetryAfter.seconds($0, now: 784_111_777) }
    return policy.decide(
      RetryPolicy.Situation(
        outcome: .answer(httpStatus: httpStatus, retryAfter: seconds), attempts: attempts,
        remaining: remaining, jitter: jitter))
  }

  private func givesUp(_ decision: RetryPolicy.Decision) -> Bool {
    if case .giveUp = decision { true } else { false }
  }

  @Test("1: without options there are defaults: 3 s at first, and 5 retries where theirs are 3")
  func defaults() {
    #expect(RetryPolicy.standard.firstDelay == 3)
    #expect(RetryPolicy.standard.maximumRetries == 5)
  }

  @Test("2: options of one's own win")
  func customOptions() throws {
    let policy = try #require(RetryPolicy(maximumRetries: 1, firstDelay: 7))
    #expect(decide(503, policy: policy) == .retry(after: 7))
    #expect(givesUp(decide(503, policy: policy, attempts: 2)))
  }

  @Test(
    "3: a delay or a number of retries over its cap or below 0 is rejected, and both too",
    arguments: [(11, 3), (-1, 3), (3, 181), (3, -1), (11, 181), (-1, -1), (3, .nan)])
  func rejectsBadOptions(retries: Int, delay: Double) {
    #expect(RetryPolicy(maximumRetries: retries, firstDelay: delay) == nil)
  }

  @Test("4: a 200 is not retried")
  func acceptsSuccess() { #expect(decide(200) == .accept) }

  @Test("5: 429, 503 and 504 each are", arguments: [429, 503, 504])
  func retriesPassingStatuses(httpStatus: Int) {
    #expect(decide(httpStatus) == .retry(after: 3))
  }

  @Test("6: 502 is retried here, unlike there, since a read may be repeated; and so is 500")
  func retriesBadGateway() {
    #expect(decide(502) == .retry(after: 3))
    #expect(decide(500) == .retry(after: 3))
  }

  @Test("7 and 8: what may pass is one set of statuses; anything outside of it is final")
  func hasOnePredicate() {
    for httpStatus in 100...599 {
      let isRetried = decide(httpStatus) != .accept
      #expect(isRetried == RetryPolicy.passingStatuses.contains(httpStatus))
    }
  }

  @Test("10: there are no more retries than allowed, also when the counter is beyond that already")
  func respectsMaximum() throws {
    let policy = try #require(RetryPolicy(maximumRetries: 2, firstDelay: 3))
    #expect(decide(503, policy: policy, attempts: 2) == .retry(after: 6))
    #expect(givesUp(decide(503, policy: policy, attempts: 3)))
    #expect(givesUp(decide(503, policy: policy, attempts: 9)))
  }

  @Test("11: without a retry allowed, the first answer is the last")
  func respectsNone() throws {
    let policy = try #require(RetryPolicy(maximumRetries: 0, firstDelay: 3))
    #expect(givesUp(decide(503, policy: policy)))
  }

  @Test("12: Retry-After in seconds")
  func seconds() { #expect(decide(429, "120") == .retry(after: 120)) }

  @Test("13: Retry-After as a date")
  func date() { #expect(decide(429, "Sun, 06 Nov 1994 08:50:37 GMT") == .retry(after: 60)) }

  @Test("14: without Retry-After there is none")
  func none() { #expect(RetryAfter.seconds("", now: 0) == nil) }

  @Test("15: of merged values the first counts")
  func merged() { #expect(decide(429, "30,120") == .retry(after: 30)) }

  @Test("16: a wait that is too long is not begun")
  func tooLong() {
    #expect(decide(429, "200", remaining: 300) == .retry(after: 200))
    #expect(givesUp(decide(429, "200", remaining: 180)))
  }

  @Test("17: without the header each wait is twice the one before")
  func exponential() {
    #expect(
      (1...5).map { decide(503, attempts: $0) } == [3, 6, 12, 24, 48].map { .retry(after: $0) })
  }

  @Test("18: the first wait is the delay and jitter, the second more, a huge one 180 to 181 s")
  func jitter() throws {
    #expect(decide(503, jitter: 0.5) == .retry(after: 3.5))
    #expect(decide(503, attempts: 2, jitter: 0.5) == .retry(after: 6.5))
    let policy = try #require(RetryPolicy(maximumRetries: 10, firstDelay: 180))
    for attempts in 1...10 {
      #expect(decide(503, policy: policy, attempts: attempts, jitter: 1) == .retry(after: 181))
    }
  }

  @Test("19: a delay of 0 is no wait at all, with jitter too")
  func zero() throws {
    let policy = try #require(RetryPolicy(maximumRetries: 3, firstDelay: 0))
    #expect(decide(503, policy: policy, jitter: 1) == .retry(after: 0))
  }

  @Test("20: where the time limit is shorter than Retry-After, the answer is final")
  func timeLimit() { #expect(givesUp(decide(429, "20", remaining: 10))) }

  @Test("23: options are those of one request")
  func perRequest() throws {
    let policy = try #require(RetryPolicy(maximumRetries: 0, firstDelay: 0))
    #expect(givesUp(decide(503, policy: policy)))
    #expect(decide(503) == .retry(after: 3))
  }

  @Test(
    "A past date and 0 are no wait; a fraction, a negative number and garbage name none",
    arguments: [
      ("Sun, 06 Nov 1994 08:40:00 GMT", 0), ("0", 0), ("1.5", 3), ("-5", 3), ("soon", 3),
      ("99999999999999999999", nil),
    ] as [(String, Double?)])
  func oddValues(text: String, delay: Double?) {
    if let delay {
      #expect(decide(429, text) == .retry(after: delay))
    } else {
      #expect(givesUp(decide(429, text)))
    }
  }
}
