import Testing

@testable import EntraSync

@Suite struct GraphReplyTests {
  @Test("A 200 is a reply")
  func takes() throws {
    let reply = GraphReply(httpStatus: 200, body: .array([]))
    #expect(try GraphReply.of(.reply(reply), about: .people, Sample.configuration()) == reply)
  }

  @Test("A failed request gives its own error")
  func tellsFailure() throws {
    let error = EntraSyncError(.throttled, "gave up")
    #expect(throws: error) {
      try GraphReply.of(.failure(error), about: .people, Sample.configuration())
    }
  }

  @Test(
    "A status other than 200 is a refusal with Graph's code and request id",
    arguments: [199, 201, 204, 302, 403])
  func refuses(httpStatus: Int) throws {
    let body = try JSONValueTests.read(GraphRefusalTests.body("Some_Code"))
    let reply = GraphReply(httpStatus: httpStatus, requestID: "r-1", body: body)
    let error = #expect(throws: EntraSyncError.self) {
      try GraphReply.of(.reply(reply), about: .memberships, Sample.configuration())
    }
    #expect(error?.httpStatus == httpStatus)
    #expect(error?.serverCode == "Some_Code")
    #expect(error?.requestID == "r-1")
  }
}
