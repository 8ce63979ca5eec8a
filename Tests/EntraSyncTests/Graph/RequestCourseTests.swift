import Testing

@testable import EntraSync

@Suite struct RequestCourseTests {
  static func course(page: Int = 2) throws -> RequestCourse {
    RequestCourse(
      page: page, graph: try Endpoint("https://graph.microsoft.com"), policy: .standard)
  }

  static func refused(
    _ httpStatus: Int, _ code: String? = nil, retryAfter: Double? = nil, location: String? = nil,
    isTokenBorrowed: Bool = false
  ) -> RequestCourse.Outcome {
    var error = EntraSyncError(.server, "Graph answered HTTP \(httpStatus)")
    error.httpStatus = httpStatus
    error.serverCode = code
    error.requestID = "r-1"
    return .refused(
      RequestCourse.Refusal(
        error: error, httpStatus: httpStatus, retryAfter: retryAfter, location: location,
        isTokenBorrowed: isTokenBorrowed))
  }

  /// One step of a course with five minutes left.
  static func step(_ course: inout RequestCourse, _ outcome: RequestCourse.Outcome)
    -> RequestCourse.Step
  {
    course.decide(outcome, remaining: 300, jitter: 0)
  }

  static func failure(_ step: RequestCourse.Step) -> EntraSyncError? {
    if case .fail(let error) = step { error } else { nil }
  }

  @Test("A whole page is accepted")
  func takesPage() throws {
    var course = try Self.course()
    #expect(Self.step(&course, .complete) == .take)
  }

  @Test(
    "A request that is no page of members is never begun again",
    arguments: ["BadRequest", "Directory_ExpiredPageToken"])
  func restartsPagesOnly(code: String) throws {
    var course = RequestCourse(graph: try Endpoint("https://graph.test"), policy: .standard)
    var refused = EntraSyncError(.server, "refused")
    refused.serverCode = code
    let outcome = RequestCourse.Outcome.refused(
      RequestCourse.Refusal(error: refused, httpStatus: 400))
    #expect(Self.step(&course, outcome) == .fail(refused))
  }

  @Test("A lasting failure ends the run at once")
  func endsAtOnce() throws {
    var course = try Self.course()
    let error = EntraSyncError(.network, "the certificate is not trusted")
    #expect(Self.step(&course, .failed(error)) == .fail(error))
  }

  @Test("A temporary failure of a page is retried after doubled waits, and then given up")
  func asksAgain() throws {
    for outcome in [Self.refused(503), .broken(EntraSyncError(.server, "cut"))] {
      var course = try Self.course()
      for delay in [3.0, 6, 12, 24, 48] {
        #expect(Self.step(&course, outcome) == .askAgain(after: delay))
      }
      #expect(course.attempts == 5)
      let error = try #require(Self.failure(Self.step(&course, outcome)))
      #expect(error.message.contains("gave up after 6 tries; the next run will try again"))
    }
  }

  @Test("A server's Retry-After is respected, and its last answer goes into the error")
  func keepsRetryAfter() throws {
    var course = try Self.course()
    let throttled = Self.refused(429, "TooManyRequests", retryAfter: 41)
    #expect(Self.step(&course, throttled) == .askAgain(after: 41))
    let error = try #require(
      Self.failure(course.decide(throttled, remaining: 40, jitter: 0)))
    #expect(error.status == .throttled)
    #expect(error.retryAfter == 41)
    #expect(error.serverCode == "TooManyRequests")
    #expect(error.message.hasSuffix("[request id r-1]"))
  }

  @Test("A refused token is renewed once for a page; a new one that is refused too ends the run")
  func renewsToken() throws {
    var course = try Self.course()
    #expect(Self.step(&course, Self.refused(401)) == .renewToken())
    #expect(course.attempts == 0)
    #expect(Self.failure(Self.step(&course, Self.refused(401)))?.httpStatus == 401)
  }

  @Test("A refused token of another process does not count as the run's own token")
  func renewsBorrowedToken() throws {
    var course = try Self.course()
    let own = Self.refused(401)
    let borrowed = Self.refused(401, isTokenBorrowed: true)
    #expect(Self.step(&course, borrowed) == .renewToken())
    #expect(Self.step(&course, borrowed) == .renewToken())
    #expect(Self.step(&course, own) == .renewToken())
    #expect(Self.failure(Self.step(&course, own))?.httpStatus == 401)
    #expect(Self.failure(Self.step(&course, borrowed))?.httpStatus == 401)
  }

  @Test("A claims challenge is answered once for a page, whosever token it was")
  func answersChallenge() throws {
    let challenge = try #require(
      ClaimsChallenge([ClaimsChallengeTests.header("e30=")]) { _ in .object([:]) })
    for isTokenBorrowed in [false, true] {
      var course = try Self.course()
      var error = EntraSyncError(.authentication, "refused")
      error.httpStatus = 401
      let outcome = RequestCourse.Outcome.refused(
        RequestCourse.Refusal(
          error: error, httpStatus: 401, isTokenBorrowed: isTokenBorrowed, challenge: challenge))
      #expect(Self.step(&course, outcome) == .renewToken(challenge))
      #expect(course.attempts == 0)
      #expect(Self.step(&course, outcome) == .fail(error))
    }
  }

  @Test("A refusal that is not Graph's asks for no new token")
  func keepsToken() throws {
    var course = try Self.course()
    let error = ForeignAnswer(Array("<title>Sign in</title>".utf8)).error(
      httpStatus: 401, inPlaceOf: .graph, try Sample.configuration())
    let outcome = RequestCourse.Outcome.refused(
      RequestCourse.Refusal(error: error, httpStatus: 401))
    #expect(Self.step(&course, outcome) == .fail(error))
  }

  @Test(
    "Something else than Microsoft cannot say that Microsoft is unavailable", arguments: [429, 503])
  func namesWhoIsUnavailable(httpStatus: Int) throws {
    let cause = ForeignAnswer(Array("<title>Squid</title>".utf8)).error(
      httpStatus: httpStatus, inPlaceOf: .graph, try Sample.configuration())
    var course = try Self.course()
    let outcome = RequestCourse.Outcome.refused(
      RequestCourse.Refusal(error: cause, httpStatus: httpStatus, retryAfter: 60))
    #expect(Self.step(&course, outcome) == .askAgain(after: 60))
    let error = try #require(Self.failure(course.decide(outcome, remaining: 9, jitter: 0)))
    #expect(
      error.message == cause.message + "; TIMEOUT leaves 9 s; the next run will try again")
    #expect(error.isForeign)
    #expect(error.status == .server)
    #expect(error.httpStatus == httpStatus)
    #expect(error.retryAfter == 60)
  }

  @Test("A redirect to the same server is followed at most five times")
  func follows() throws {
    var course = try Self.course()
    let home = Self.refused(307, location: "https://graph.microsoft.com/x")
    for _ in 1...5 {
      #expect(Self.step(&course, home) == .follow("https://graph.microsoft.com/x"))
    }
    #expect(Self.failure(Self.step(&course, home))?.message.contains("more than 5") == true)
    var other = try Self.course()
    let away = Self.refused(302, location: "https://evil.example/x")
    let error = try #require(Self.failure(Self.step(&other, away)))
    #expect(error.message.contains("evil.example"))
    #expect(error.httpStatus == 302)
  }

  @Test(
    "An expired page link begins the group again, but not on its first page",
    arguments: ["Directory_ExpiredPageToken", "directory_expiredpagetoken"])
  func restarts(code: String) throws {
    var second = try Self.course()
    guard case .restart(.expiredPageToken, _) = Self.step(&second, Self.refused(400, code)) else {
      Issue.record("page 2 does not begin again")
      return
    }
    var first = try Self.course(page: 1)
    #expect(Self.failure(Self.step(&first, Self.refused(400, code)))?.httpStatus == 400)
  }

  @Test(
    "A bad request may mean that the page size is too large",
    arguments: ["Request_BadRequest", "BadRequest"])
  func suspectsSize(code: String) throws {
    for page in [1, 2] {
      var course = try Self.course(page: page)
      guard case .restart(.pageTooLarge, _) = Self.step(&course, Self.refused(400, code)) else {
        Issue.record("page \(page) is not made smaller")
        return
      }
    }
  }

  @Test(
    "A refusal that is not temporary is final",
    arguments: [
      (400, "Request_UnsupportedQuery"), (400, nil), (403, "Authorization_RequestDenied"),
      (403, "Directory_ExpiredPageToken"), (403, "BadRequest"), (404, "BadRequest"),
      (404, "Request_ResourceNotFound"), (410, "SyncStateNotFound"), (304, nil), (501, nil),
    ] as [(Int, String?)])
  func acceptsRefusals(httpStatus: Int, code: String?) throws {
    var course = try Self.course()
    #expect(
      Self.failure(Self.step(&course, Self.refused(httpStatus, code)))?.httpStatus == httpStatus)
  }
}
