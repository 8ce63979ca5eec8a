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

  @Test(
    "A refusal in a batch that is not Graph's says nothing about permissions",
    arguments: [
      (.string("PHRpdGxlPkJsb2NrZWQgYnkgcG9saWN5PC90aXRsZT4="), "the page \"Blocked by policy\""),
      (.string("Blocked!"), "without a Graph error: a proxy"), (.object([:]), "a proxy, firewall"),
      (.null, "a proxy, firewall"), (nil, "a proxy, firewall"),
    ] as [(JSONValue?, String)])
  func tellsForeign(body: JSONValue?, said: String) throws {
    for httpStatus in [400, 401, 403, 404] {
      let reply = GraphReply(httpStatus: httpStatus, body: body)
      let error = #expect(throws: EntraSyncError.self) {
        try GraphReply.of(.reply(reply), about: .people, Sample.configuration())
      }
      #expect(error?.status == .server)
      #expect(error?.isForeign == true)
      #expect(error?.message.contains(said) == true, "\(error?.message ?? "")")
      #expect(error?.message.contains("ermission") == false)
    }
  }
}
