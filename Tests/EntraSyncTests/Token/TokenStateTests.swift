import Testing

@testable import EntraSync

@Suite struct TokenStateTests {
  static func token(lifetime: Int = 3600, renewal: Int? = nil, now: Double = 0) throws -> Token {
    let refresh = renewal.map { "\"refresh_in\":\($0)," } ?? ""
    return try TokenTests.token(
      TokenTests.answer(expires: refresh + "\"expires_in\":\(lifetime),"), now: now)
  }

  /// A step in one word.
  static func word(_ step: TokenState.Step) -> String {
    switch step {
    case .use: "use"
    case .signIn(fallback: nil): "sign in"
    case .signIn: "renew"
    case .refuse: "refuse"
    }
  }

  static func error(_ httpStatus: Int?, retryAfter: Int? = nil) -> EntraSyncError {
    var error = EntraSyncError(.authentication, "refused")
    error.httpStatus = httpStatus
    error.retryAfter = retryAfter
    return error
  }

  @Test("While a token is good, no other one is asked for; near its end one is")
  func usesGoodToken() throws {
    var state = TokenState()
    #expect(Self.word(state.next(at: 0)) == "sign in")
    state.keep(try Self.token())
    #expect(Self.word(state.next(at: 0)) == "use")
    #expect(Self.word(state.next(at: 3299)) == "use")
    #expect(Self.word(state.next(at: 3300)) == "sign in")
  }

  @Test(
    "A borrowed token is used where it ends later than the client's own one, and is still good",
    arguments: [
      (nil, 3600, 0, true), (nil, 3600, 3300, false), (3600, 3600, 0, false),
      (3600, 3601, 0, true), (3601, 3600, 0, false), (600, 601, 500, false),
      (600, 3600, 500, true), (7200, 3600, 0, false),
    ] as [(Int?, Int, Double, Bool)])
  func adopts(own: Int?, other: Int, now: Double, isTaken: Bool) throws {
    var state = TokenState()
    if let own { state.keep(try Self.token(lifetime: own)) }
    let token = try Self.token(lifetime: other)
    #expect(state.adopt(token, at: now) == isTaken)
    if case .use(let value) = state.next(at: now) { #expect((value === token.value) == isTaken) }
    #expect(
      Self.word(state.next(at: now)) == (isTaken || now == 0 && own != nil ? "use" : "sign in"))
  }

  @Test(
    "A token with `refresh_in` is renewed then, and can be used until its end",
    arguments: [
      (0, "use"), (43_199, "use"), (43_200, "renew"), (86_000, "renew"), (86_200, "sign in"),
    ]
      as [(Double, String)])
  func renewsEarly(now: Double, step: String) throws {
    var state = TokenState()
    state.keep(try Self.token(lifetime: 86_400, renewal: 43_200))
    #expect(Self.word(state.next(at: now)) == step)
  }

  @Test("No `refresh_in` can make every request sign in", arguments: [0, -5])
  func boundsRenewal(renewal: Int) throws {
    var state = TokenState()
    state.keep(try Self.token(renewal: renewal))
    #expect(Self.word(state.next(at: 1799)) == "use")
    #expect(Self.word(state.next(at: 1800)) == "renew")
  }

  @Test(
    "A refused sign-in is not repeated for a while: a minute, or as long as the server names",
    arguments: [
      (400, nil, 60), (401, nil, 60), (429, 41, 41), (429, nil, 5), (503, 7, 7), (503, nil, 5),
      (500, 100_000, 3600), (429, -3, 0),
    ] as [(Int, Int?, Double)])
  func holdsBack(httpStatus: Int, retryAfter: Int?, lifetime: Double) {
    var state = TokenState()
    state.noteFailure(Self.error(httpStatus, retryAfter: retryAfter), at: 100)
    if lifetime > 0 { #expect(Self.word(state.next(at: 100 + lifetime - 0.5)) == "refuse") }
    #expect(Self.word(state.next(at: 100 + lifetime)) == "sign in")
  }

  @Test(
    "A failure that no server answered does not stop the next sign-in", arguments: [nil, 200, 302])
  func forgivesNetwork(httpStatus: Int?) {
    var state = TokenState()
    state.noteFailure(Self.error(httpStatus), at: 0)
    #expect(Self.word(state.next(at: 0)) == "sign in")
  }

  @Test("A token that is still good is used while its renewal is refused")
  func fallsBack() throws {
    var state = TokenState()
    state.keep(try Self.token(lifetime: 86_400, renewal: 43_200))
    state.noteFailure(Self.error(503), at: 50_000)
    #expect(Self.word(state.next(at: 50_001)) == "use")
    #expect(Self.word(state.next(at: 50_005)) == "renew")
  }

  @Test("A token that Graph does not accept is forgotten, but not one that came since")
  func forgets() throws {
    let (old, new) = (try Self.token(), try Self.token())
    var state = TokenState()
    state.keep(old)
    state.keep(new)
    state.forget(old.value)
    #expect(Self.word(state.next(at: 0)) == "use")
    state.forget(new.value)
    #expect(Self.word(state.next(at: 0)) == "sign in")
    state.keep(new)
    state.forget()
    #expect(Self.word(state.next(at: 0)) == "sign in")
  }

  @Test("A new token ends the time in which no sign-in is tried")
  func recovers() throws {
    var state = TokenState()
    state.noteFailure(Self.error(401), at: 0)
    state.keep(try Self.token())
    state.forget()
    #expect(Self.word(state.next(at: 1)) == "sign in")
  }
}
