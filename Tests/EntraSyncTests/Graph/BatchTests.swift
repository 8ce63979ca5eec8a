import Testing

@testable import EntraSync

@Suite struct BatchTests {
  static let batch = Batch([
    2: GraphQuestion("/a"), 10: GraphQuestion("/b"), 7: GraphQuestion("/c"),
  ])

  static func replies(_ text: String, now: Double = 0) throws -> [Int: GraphReply] {
    try batch.replies(in: try JSONValueTests.read(text), now: now)
  }

  /// A batch answer made of these parts.
  static func responses(_ parts: String...) -> String {
    "{\"responses\":[\(parts.joined(separator: ","))]}"
  }

  @Test("A batch is one document with the questions by their numbers")
  func writes() {
    let batch = Batch([
      10: GraphQuestion("/users/x/checkMemberGroups", body: "{\"groupIds\":[\"g\"]}"),
      9: GraphQuestion("/users?$filter=a%27"),
    ])
    #expect(batch.question.path == "/$batch")
    #expect(
      batch.question.body == """
        {"requests":[{"id":"9","method":"GET","url":"/users?$filter=a%27"},\
        {"id":"10","method":"POST","url":"/users/x/checkMemberGroups",\
        "headers":{"Content-Type":"application/json"},"body":{"groupIds":["g"]}}]}
        """)
  }

  @Test("A path cannot end its string in a batch")
  func quotesPaths() throws {
    let path = "/x\",\"method\":\"DELETE\\"
    let body = try #require(Batch([1: GraphQuestion(path)]).question.body)
    let request = try #require(try JSONValueTests.read(body)?["requests"]?.first)
    #expect(
      request == .object(["id": .string("1"), "method": .string("GET"), "url": .string(path)]))
  }

  @Test("The parts of a batch answer come in any order, and some may be missing")
  func reads() throws {
    let replies = try Self.replies(
      Self.responses(
        "{\"id\":\"10\",\"status\":200,\"headers\":{},\"body\":{\"value\":[]}}",
        "{\"status\":404,\"id\":\"2\"}"))
    #expect(
      replies == [
        10: GraphReply(httpStatus: 200, body: .object(["value": .array([])])),
        2: GraphReply(httpStatus: 404),
      ])
    #expect(try Self.replies("{\"responses\":[]}").isEmpty)
  }

  @Test("A batch answer is refused if a key could be a link, since a batch has no pages")
  func refusesLinks() throws {
    for key in MemberReaderTests.links {
      #expect(throws: EntraSyncError.self, "\(key)") {
        try Self.replies("{\"responses\":[],\"\(key)\":\"https://g/n\"}")
      }
    }
    #expect(throws: EntraSyncError.self) {
      try Self.replies("{\"responses\":[],\"@odata.nextLink\":\"https://g/n\"}")
    }
    #expect(try Self.replies("{\"responses\":[],\"@odata.context\":\"https://g/\"}").isEmpty)
  }

  @Test(
    "The header names of a batch part are found in any case",
    arguments: [
      ("\"Retry-After\":\"12\"", 12.0, nil), ("\"retry-after\":12", 12, nil),
      ("\"RETRY-AFTER\":\"Sun, 06 Nov 1994 08:49:37 GMT\"", 37, nil),
      ("\"Retry-After\":-1", nil, nil), ("\"Retry-After\":\"soon\"", nil, nil),
      ("\"Retry-After\":null", nil, nil), ("\"Retry-After\":1.5", nil, nil),
      ("\"Retry-After\":[1]", nil, nil), ("\"Request-ID\":\"r-1\"", nil, "r-1"),
      ("\"request-id\":\"r-2\",\"x\":{}", nil, "r-2"), ("", nil, nil),
    ] as [(String, Double?, String?)])
  func readsHeaders(headers: String, retryAfter: Double?, requestID: String?) throws {
    let replies = try Self.replies(
      Self.responses("{\"id\":\"7\",\"status\":429,\"headers\":{\(headers)}}"), now: 784_111_740)
    #expect(
      replies[7] == GraphReply(httpStatus: 429, retryAfter: retryAfter, requestID: requestID))
  }

  @Test(
    "Headers of a batch part with the wrong type are ignored",
    arguments: ["null", "[]", "\"Retry-After: 1\"", "1"])
  func survivesHeaders(headers: String) throws {
    let replies = try Self.replies(
      Self.responses("{\"id\":\"7\",\"status\":429,\"headers\":\(headers)}"))
    #expect(replies[7] == GraphReply(httpStatus: 429))
  }

  @Test(
    "A malformed batch answer, or one to another question, is refused as a whole",
    arguments: [
      ("null", "no array in \"responses\""), ("[]", "no array in \"responses\""),
      ("{\"value\":[]}", "no array in \"responses\""),
      ("{\"responses\":{}}", "no array in \"responses\""),
      (responses("null"), "a part that belongs to no question"),
      (responses("{}"), "a part that belongs to no question"),
      (responses("{\"status\":200}"), "a part that belongs to no question"),
      (responses("{\"id\":\"1\",\"status\":200}"), "a part that belongs to no question"),
      (responses("{\"id\":\"-7\",\"status\":200}"), "a part that belongs to no question"),
      (responses("{\"id\":\"x\",\"status\":200}"), "a part that belongs to no question"),
      (
        responses("{\"id\":\"99999999999999999999\",\"status\":200}"),
        "a part that belongs to no question"
      ),
      (responses("{\"id\":7,\"status\":200}"), "a part that belongs to no question"),
      (responses("{\"id\":\"7\"}"), "a part that belongs to no question"),
      (responses("{\"id\":\"7\",\"status\":99}"), "a part that belongs to no question"),
      (responses("{\"id\":\"7\",\"status\":600}"), "a part that belongs to no question"),
      (responses("{\"id\":\"7\",\"status\":2e2}"), "a part that belongs to no question"),
      (
        responses("{\"id\":\"7\",\"status\":404}", "{\"id\":\"7\",\"status\":200}"),
        "two answers to one question"
      ),
      (
        responses("{\"id\":\"7\",\"status\":404}", "{\"id\":\"07\",\"status\":200}"),
        "two answers to one question"
      ),
    ])
  func refuses(answer: String, what: String) throws {
    #expect(
      throws: EntraSyncError(.server, "Graph's answer is not that to a batch: it has \(what)")
    ) { try Self.replies(answer) }
  }

  @Test("A missing batch answer is refused")
  func refusesNothing() {
    #expect(throws: EntraSyncError.self) { try Self.batch.replies(in: nil, now: 0) }
  }
}
