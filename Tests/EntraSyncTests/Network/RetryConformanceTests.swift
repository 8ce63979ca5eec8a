import Testing

@testable import EntraSync

/// The cases of the retry handlers of Microsoft's own clients (kiota for Go, Python, TypeScript and
/// .NET), by their numbers in the list of what they have in common.
///
/// Those that need a request on its way are in the suite "Asking again", over the wire: 9, 21, 24,
/// 25, 26 and 27. Case 22, a streamed body that cannot be sent twice, cannot occur: the only body
/// is the form of a sign-in, which is in memory.
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

  @Test(
    "Retry case 1: by default there are 5 retries, where Microsoft's clients have 3, and 3 s at first"
  )
  func defaults() {
    #expect(RetryPolicy.standard.firstDelay == 3)
    #expect(RetryPolicy.standard.maximumRetries == 5)
  }

  @Test("Retry case 2: options that are set replace the defaults")
  func customOptions() throws {
    let policy = try #require(RetryPolicy(maximumRetries: 1, firstDelay: 7))
    #expect(decide(503, policy: policy) == .retry(after: 7))
    #expect(givesUp(decide(503, policy: policy, attempts: 2)))
  }

  @Test(
    "Retry case 3: a delay or a number of retries over its bound or below 0 is rejected",
    arguments: [(11, 3), (-1, 3), (3, 181), (3, -1), (11, 181), (-1, -1), (3, .nan)])
  func rejectsBadOptions(retries: Int, delay: Double) {
    #expect(RetryPolicy(maximumRetries: retries, firstDelay: delay) == nil)
  }

  @Test("Retry case 4: a 200 is not retried")
  func acceptsSuccess() { #expect(decide(200) == .accept) }

  @Test("Retry case 5: 429, 503 and 504 are retried", arguments: [429, 503, 504])
  func retriesPassingStatuses(httpStatus: Int) {
    #expect(decide(httpStatus) == .retry(after: 3))
  }

  @Test(
    "Retry case 6: 500 and 502 are retried, unlike in Microsoft's clients, since a read may be repeated"
  )
  func retriesBadGateway() {
    #expect(decide(502) == .retry(after: 3))
    #expect(decide(500) == .retry(after: 3))
  }

  @Test("Retry case 7 and 8: one set of statuses is retried, and any other status is final")
  func hasOnePredicate() {
    for httpStatus in 100...599 {
      let isRetried = decide(httpStatus) != .accept
      #expect(isRetried == RetryPolicy.passingStatuses.contains(httpStatus))
    }
  }

  @Test(
    "Retry case 10: there are no more retries than allowed, even when the count is already higher")
  func respectsMaximum() throws {
    let policy = try #require(RetryPolicy(maximumRetries: 2, firstDelay: 3))
    #expect(decide(503, policy: policy, attempts: 2) == .retry(after: 6))
    #expect(givesUp(decide(503, policy: policy, attempts: 3)))
    #expect(givesUp(decide(503, policy: policy, attempts: 9)))
  }

  @Test("Retry case 11: if no retry is allowed, the first answer is the last")
  func respectsNone() throws {
    let policy = try #require(RetryPolicy(maximumRetries: 0, firstDelay: 3))
    #expect(givesUp(decide(503, policy: policy)))
  }

  @Test("Retry case 12: Retry-After in seconds is waited for")
  func seconds() { #expect(decide(429, "120") == .retry(after: 120)) }

  @Test("Retry case 13: Retry-After as a date is waited for")
  func date() { #expect(decide(429, "Sun, 06 Nov 1994 08:50:37 GMT") == .retry(after: 60)) }

  @Test("Retry case 14: an empty Retry-After names no wait")
  func none() { #expect(RetryAfter.seconds("", now: 0) == nil) }

  @Test("Retry case 15: the first of several merged Retry-After values counts")
  func merged() { #expect(decide(429, "30,120") == .retry(after: 30)) }

  @Test("Retry case 16: a wait that is longer than the rest of the run is not begun")
  func tooLong() {
    #expect(decide(429, "200", remaining: 300) == .retry(after: 200))
    #expect(givesUp(decide(429, "200", remaining: 180)))
  }

  @Test("Retry case 17: without Retry-After each wait is twice the previous one")
  func exponential() {
    #expect(
      (1...5).map { decide(503, attempts: $0) } == [3, 6, 12, 24, 48].map { .retry(after: $0) })
  }

  @Test("Retry case 18: waits grow from the first delay, with jitter, to 180 or 181 s")
  func jitter() throws {
    #expect(decide(503, jitter: 0.5) == .retry(after: 3.5))
    #expect(decide(503, attempts: 2, jitter: 0.5) == .retry(after: 6.5))
    let policy = try #require(RetryPolicy(maximumRetries: 10, firstDelay: 180))
    for attempts in 1...10 {
      #expect(decide(503, policy: policy, attempts: attempts, jitter: 1) == .retry(after: 181))
    }
  }

  @Test("Retry case 19: with a delay of 0 there is no wait, even with jitter")
  func zero() throws {
    let policy = try #require(RetryPolicy(maximumRetries: 3, firstDelay: 0))
    #expect(decide(503, policy: policy, jitter: 1) == .retry(after: 0))
  }

  @Test("Retry case 20: an answer is final if the run has less time left than Retry-After")
  func timeLimit() { #expect(givesUp(decide(429, "20", remaining: 10))) }

  @Test("Retry case 23: options belong to one request")
  func perRequest() throws {
    let policy = try #require(RetryPolicy(maximumRetries: 0, firstDelay: 0))
    #expect(givesUp(decide(503, policy: policy)))
    #expect(decide(503) == .retry(after: 3))
  }

  @Test(
    "A Retry-After in the past or of 0 means no wait, and a malformed one is ignored",
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
