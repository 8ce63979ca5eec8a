import Testing

@testable import EntraSync

@Suite struct RetryPolicyTests {
  static func decide(
    _ httpStatus: Int, retryAfter: Double? = nil, attempts: Int = 1, remaining: Double = 300,
    jitter: Double = 0
  ) -> RetryPolicy.Decision {
    RetryPolicy.standard.decide(
      RetryPolicy.Situation(
        outcome: .answer(httpStatus: httpStatus, retryAfter: retryAfter), attempts: attempts,
        remaining: remaining, jitter: jitter))
  }

  @Test(
    "Only a request whose status may pass is sent again",
    arguments: [
      (429, true), (503, true), (504, true), (200, false), (204, false), (302, false), (400, false),
      (401, false), (403, false), (404, false), (408, false), (500, true), (501, false),
      (502, true), (505, false), (0, false),
    ])
  func choosesStatus(httpStatus: Int, isRepeated: Bool) {
    #expect(Self.decide(httpStatus) == (isRepeated ? .retry(after: 3) : .accept))
    #expect(Self.decide(httpStatus, retryAfter: 7) == (isRepeated ? .retry(after: 7) : .accept))
  }

  @Test("Retry-After is honoured to the second, without jitter", arguments: [1, 41, 200, 299])
  func honoursRetryAfter(seconds: Double) {
    #expect(
      Self.decide(429, retryAfter: seconds, attempts: 3, jitter: 0.9) == .retry(after: seconds))
  }

  @Test(
    "Without Retry-After each wait is twice the previous one, plus jitter",
    arguments: [(1, 0, 3), (1, 0.5, 3.5), (2, 0, 6), (3, 1, 13), (4, 0, 24), (5, 0.25, 48.25)])
  func backsOff(attempts: Int, jitter: Double, wait: Double) {
    #expect(Self.decide(503, attempts: attempts, jitter: jitter) == .retry(after: wait))
  }

  @Test("A server that repeats Retry-After: 0 is asked after the policy's own waits")
  func distrustsZero() {
    #expect(Self.decide(429, retryAfter: 0) == .retry(after: 0))
    #expect(Self.decide(429, retryAfter: 0, attempts: 2) == .retry(after: 6))
    #expect(Self.decide(429, retryAfter: 1, attempts: 2) == .retry(after: 1))
  }

  @Test("A request that broke off is sent again, and its reason is kept")
  func repeatsBrokenTries() throws {
    let cause = EntraSyncError(.network, "the connection broke off")
    func decide(attempts: Int, remaining: Double = 300) -> RetryPolicy.Decision {
      RetryPolicy.standard.decide(
        RetryPolicy.Situation(
          outcome: .broken(cause), attempts: attempts, remaining: remaining, jitter: 0.5))
    }
    #expect(decide(attempts: 1) == .retry(after: 3.5))
    #expect(decide(attempts: 2) == .retry(after: 6.5))
    let error = try #require(Self.giveUp(decide(attempts: 6)))
    #expect(error.status == .network)
    #expect(
      error.message
        == "the connection broke off; gave up after 6 tries; the next run will try again")
    let short = try #require(Self.giveUp(decide(attempts: 1, remaining: 2.9)))
    #expect(
      short.message
        == "the connection broke off; TIMEOUT leaves 2 s; the next run will try again")
  }

  @Test(
    "A wait that the policy chooses is never longer than three minutes",
    arguments: [7, 8, 9, 10])
  func boundsBackoff(attempts: Int) throws {
    let policy = try #require(RetryPolicy(maximumRetries: 10, firstDelay: 3))
    let situation = RetryPolicy.Situation(
      outcome: .answer(httpStatus: 503, retryAfter: nil), attempts: attempts, remaining: 1000,
      jitter: 1)
    #expect(policy.decide(situation) == .retry(after: 181))
  }

  static func giveUp(_ decision: RetryPolicy.Decision) -> EntraSyncError? {
    if case .giveUp(let error) = decision { error } else { nil }
  }

  @Test("A request that failed after five repetitions is given up with a message")
  func exhausts() throws {
    #expect(Self.decide(429, attempts: 5) == .retry(after: 48))
    let error = try #require(Self.giveUp(Self.decide(429, retryAfter: 1.2, attempts: 6)))
    #expect(error.status == .throttled)
    #expect(error.httpStatus == 429)
    #expect(error.retryAfter == 2)
    #expect(
      error.message
        == "Microsoft throttles these requests (HTTP 429) and asked to wait 2 s; gave up after 6 tries; "
        + "the next run will try again")
    let other = try #require(Self.giveUp(Self.decide(504, attempts: 6)))
    #expect(other.status == .server)
    #expect(other.retryAfter == nil)
    #expect(
      other.message
        == "Microsoft is unavailable (HTTP 504); gave up after 6 tries; the next run will try again"
    )
  }

  @Test("A wait that TIMEOUT leaves no room for ends the run at once")
  func respectsTimeout() throws {
    #expect(Self.decide(429, retryAfter: 30, remaining: 31) == .retry(after: 30))
    // After a wait of all that is left, there is no time for the request.
    #expect(Self.giveUp(Self.decide(429, retryAfter: 30, remaining: 30)) != nil)
    let error = try #require(Self.giveUp(Self.decide(429, retryAfter: 315, remaining: 30.9)))
    #expect(error.retryAfter == 315)
    #expect(
      error.message
        == "Microsoft throttles these requests (HTTP 429) and asked to wait 315 s; TIMEOUT leaves 30 s; "
        + "the next run will try again")
    let unasked = try #require(Self.giveUp(Self.decide(503, remaining: -1)))
    #expect(
      unasked.message
        == "Microsoft is unavailable (HTTP 503); TIMEOUT leaves 0 s; the next run will try again")
  }

  @Test(
    "The retry policy survives impossible times",
    arguments: [Double.infinity, .nan, -.infinity, 1e300, .greatestFiniteMagnitude])
  func survivesOddFigures(figure: Double) {
    #expect(
      Self.giveUp(Self.decide(429, retryAfter: figure, attempts: 9, remaining: figure)) != nil)
    #expect(Self.giveUp(Self.decide(503, attempts: 9, remaining: figure, jitter: figure)) != nil)
    _ = Self.decide(429, retryAfter: figure, remaining: figure)
  }
}
