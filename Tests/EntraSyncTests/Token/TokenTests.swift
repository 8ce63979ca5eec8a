import Testing

@testable import EntraSync

@Suite struct TokenTests {
  static func token(_ text: String, now: Double = 1000) throws -> Token {
    try Token(try JSONValueTests.read(text), now: now)
  }

  static func answer(expires: String) -> String {
    "{\"token_type\":\"Bearer\",\(expires)\"access_token\":\"eyJ.made-up\"}"
  }

  @Test(
    "A token lives as long as the answer says, however the number is written",
    arguments: [
      ("\"expires_in\":3599,", 3599), ("\"expires_in\":\"3599\",", 3599), ("", 3600),
      ("\"expires_in\":null,", 3600), ("\"expires_in\":\"soon\",", 3600), ("\"expires_in\":0,", 0),
      ("\"expires_in\":-5,", 0), ("\"expires_in\":9999999999,", 90_000),
    ])
  func reads(expires: String, lifetime: Double) throws {
    let token = try Self.token(Self.answer(expires: expires))
    #expect(token.expires == 1000 + lifetime)
    #expect(token.value.withBytes { Array($0) } == Array("eyJ.made-up".utf8))
  }

  @Test(
    "A token is renewed five minutes before its end, or after half its life",
    arguments: [
      (3600, 0, true), (3600, 3299, true), (3600, 3300, false), (3600, 4000, false),
      (400, 199, true), (400, 200, false), (0, 0, false),
    ] as [(Int, Double, Bool)])
  func hasMargin(lifetime: Int, age: Double, isGood: Bool) throws {
    let token = try Self.token(Self.answer(expires: "\"expires_in\":\(lifetime),"))
    #expect(token.isGood(at: 1000 + age) == isGood)
  }

  @Test("The token's type may be written in any case", arguments: ["Bearer", "bearer", "BEARER"])
  func acceptsBearer(type: String) throws {
    _ = try Self.token("{\"token_type\":\"\(type)\",\"access_token\":\"x\"}")
  }

  @Test(
    "An answer that holds no usable token is refused without showing it",
    arguments: [
      "null", "[]", "{}", "{\"token_type\":\"Bearer\"}",
      "{\"token_type\":\"Bearer\",\"access_token\":\"\"}",
      "{\"token_type\":\"Bearer\",\"access_token\":5}",
      "{\"token_type\":\"Bearer\",\"access_token\":\"T0KEN\\r\\nHost: evil\"}",
      "{\"token_type\":\"Bearer\",\"access_token\":\"T0KEN x\"}",
      "{\"token_type\":\"Bearer\",\"access_token\":\"T0KEN\\u00e9\"}",
    ])
  func refusesOthers(text: String) {
    #expect(
      throws: EntraSyncError(
        .server, "the sign-in's answer holds no access token; is LOGINURL right?")
    ) { try Self.token(text) }
  }

  @Test(
    "A token of another type is refused",
    arguments: ["{\"access_token\":\"x\"}", "{\"token_type\":\"mac\",\"access_token\":\"x\"}"])
  func refusesOtherType(text: String) {
    #expect(
      throws: EntraSyncError(
        .server, "the sign-in's answer holds a token that is not a Bearer token")
    ) { try Self.token(text) }
  }

  @Test("A missing answer is refused as a token")
  func refusesNothing() {
    #expect(throws: EntraSyncError.self) { try Token(nil, now: 0) }
  }
}
