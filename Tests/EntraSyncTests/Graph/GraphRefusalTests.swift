import Testing

@testable import EntraSync

@Suite struct GraphRefusalTests {
  static func error(
    _ httpStatus: Int, _ body: String?, requestID: String? = nil
  ) throws -> EntraSyncError {
    let configuration = try Sample.configuration()
    let group = try #require(configuration.groups.first)
    return GraphRefusal.error(
      httpStatus: httpStatus, answer: try body.flatMap { try JSONValueTests.read($0) },
      requestID: requestID, about: .members(of: group), configuration: configuration)
  }

  static func body(_ code: String, _ message: String = "m") -> String {
    "{\"error\":{\"code\":\"\(code)\",\"message\":\"\(message)\"}}"
  }

  @Test(
    "A refusal by Graph is explained with what to change",
    arguments: [
      (
        404, body("Request_ResourceNotFound"), .notFound,
        "the tenant has no group \(Sample.group); put the group's Object ID into GROUPID (line 4)"
      ),
      (
        401, body("InvalidAuthenticationToken"), .authentication,
        "Graph does not accept the token (InvalidAuthenticationToken); check CLOUD and GRAPHURL"
      ),
      (
        401, body("Authorization_IdentityNotFound"), .permission,
        "the application was never given consent in this tenant, so Graph does not know it "
          + "(Authorization_IdentityNotFound); check TENANTID (line 1) and CLIENTID (line 2), and "
          + "have an administrator consent"
      ),
      (
        401, body("Authorization_IdentityDisabled"), .permission,
        "the application is disabled in the tenant (Authorization_IdentityDisabled); enable it in "
          + "Entra ID"
      ),
      (
        403, body("Authorization_RequestDenied"), .permission,
        "Graph refuses to list the members of group \(Sample.group); give the application the "
          + "permissions GroupMember.Read.All and User.Read.All (type Application), and "
          + "Member.Read.Hidden where the group hides its members, with admin consent"
      ),
      (
        304, nil, .server,
        "Graph answered HTTP 304, which is no list of members; check GRAPHURL"
      ),
      (
        400, body("Request_BadRequest", "Invalid page size"), .server,
        "Graph answered HTTP 400 \"Request_BadRequest\": \"Invalid page size\"; the next run will try again"
      ),
      (
        404, body("UnknownError"), .server,
        "Graph answered HTTP 404 \"UnknownError\": \"m\"; the next run will try again"
      ),
      (
        500, nil, .server,
        "Graph answered HTTP 500 without a Graph error; check GRAPHURL and the proxy"
      ),
    ] as [(Int, String?, Status, String)])
  func explains(httpStatus: Int, body: String?, status: Status, message: String) throws {
    let error = try Self.error(httpStatus, body)
    #expect(error.message == message)
    #expect(error.status == status)
    #expect(error.httpStatus == httpStatus)
    #expect(error.requestID == nil)
  }

  @Test(
    "A refusal without a Graph error is not Graph's, whatever its status",
    arguments: [400, 401, 403, 404, 405, 410, 451, 501, 511],
    [
      nil, "[]", "{}", "{\"message\":\"no route\"}", "{\"error\":\"x\"}",
      "{\"error\":{\"code\":5}}",
    ])
  func tellsForeign(httpStatus: Int, body: String?) throws {
    let error = try Self.error(httpStatus, body)
    #expect(
      error.message
        == "https://graph.microsoft.com answered HTTP \(httpStatus) without a Graph error: a proxy, "
        + "firewall, gateway or login portal in between answers in its place; have it let this server "
        + "through, and check GRAPHURL and the proxy")
    #expect(error.status == .server)
    #expect(error.httpStatus == httpStatus)
    #expect(error.isForeign)
  }

  @Test(
    "A passing fault is not Graph's if it has a page, and may be Graph's if it has nothing",
    arguments: [429, 500, 502, 503, 504])
  func tellsForeignFaults(httpStatus: Int) throws {
    let configuration = try Sample.configuration()
    for (page, isForeign) in [("<h1>Bad gateway</h1>", true), ("", false)] {
      let error = GraphRefusal.error(
        httpStatus: httpStatus, answer: nil, requestID: nil, page: ForeignAnswer(page.utf8),
        about: .people, configuration: configuration)
      #expect(error.isForeign == isForeign)
      #expect(error.message.contains("the words \"Bad gateway\"") == isForeign)
    }
  }

  @Test("An error whose code is blank is not Graph's", arguments: ["", "  "])
  func takesBlankCodeForForeign(code: String) throws {
    for httpStatus in [401, 403] {
      let error = GraphRefusal.error(
        httpStatus: httpStatus,
        answer: try JSONValueTests.read(
          "{\"error\":{\"code\":\"\(code)\",\"message\":\"blocked\"}}"),
        requestID: nil, about: .people, configuration: try Sample.configuration())
      #expect(error.isForeign, "\(error.message)")
    }
  }

  @Test("A claims challenge that comes again names Conditional Access, with code, id and time")
  func tellsChallenge() throws {
    let body =
      "{\"error\":{\"code\":\"InvalidAuthenticationToken\",\"message\":\"result: X, code: Y\","
      + "\"innerError\":{\"date\":\"2026-09-29T12:00:00\",\"request-id\":\"r-1\"}}}"
    let error = GraphRefusal.error(
      httpStatus: 401, answer: try JSONValueTests.read(body), requestID: nil, isChallenge: true,
      date: "Tue, 29 Sep 2026 12:00:01 GMT", about: .people,
      configuration: try Sample.configuration())
    #expect(
      error.message
        == "Graph does not accept the token (InvalidAuthenticationToken: \"result: X, code: Y\"), "
        + "nor one with the claims that it demanded; Conditional Access for workload identities "
        + "turns this server away; allow its address in that policy, or exclude the application of "
        + "CLIENTID (line 2) [request id r-1 at 2026-09-29T12:00:00]")
    #expect(error.status == .authentication)
    #expect(error.serverCode == "InvalidAuthenticationToken")
    let bare = GraphRefusal.error(
      httpStatus: 401, answer: nil, requestID: nil, isChallenge: true, date: "Tue, 29 Sep 2026",
      about: .people, configuration: try Sample.configuration())
    #expect(bare.message.hasPrefix("Graph does not accept the token (HTTP 401), nor one"))
    #expect(bare.message.hasSuffix("[at Tue, 29 Sep 2026]"))
    #expect(!bare.isForeign)
  }

  @Test(
    "A refusal names what was requested",
    arguments: [
      (
        .group(try group()), 404,
        "the tenant has no group \(Sample.group); put the group's Object ID into GROUPID (line 4)"
      ),
      (
        .group(try group(Sample.otherGroup)), 404,
        "the tenant has no group \(Sample.otherGroup); put the group's Object ID into "
          + "EXCLUDEGROUPID (line 5)"
      ),
      (.people, 404, "the tenant has nobody of that name"),
      (.memberships, 404, "the tenant has nobody of that name"),
      (.group(try group()), 403, "Graph refuses to show group \(Sample.group); give"),
      (.people, 403, "Graph refuses to look people up; give"),
      (.memberships, 403, "Graph refuses to tell a person's groups; give"),
      (
        .people, 302,
        "Graph answered HTTP 302, which is no answer to what was asked; check GRAPHURL"
      ),
    ] as [(GraphRefusal.Subject, Int, String)])
  func namesSubject(subject: GraphRefusal.Subject, httpStatus: Int, start: String) throws {
    let error = GraphRefusal.error(
      httpStatus: httpStatus,
      answer: try JSONValueTests.read(Self.body("Request_ResourceNotFound")),
      requestID: nil, about: subject,
      configuration: try Sample.configuration(adding: "EXCLUDEGROUPID = \(Sample.otherGroup)"))
    #expect(error.message.hasPrefix(start))
  }

  static func group(_ text: String = Sample.group) throws -> ObjectID {
    try #require(ObjectID(text))
  }

  @Test("A refusal keeps Graph's code and the request id, from the header or the body")
  func keepsIDs() throws {
    let body =
      "{\"error\":{\"code\":\"X\\n\",\"message\":\"a\\nb\",\"INNER\":{\"request-id\":\"in\\nner\"}}}"
    for name in ["innerError", "innererror"] {
      let error = try Self.error(400, body.renamingMember("INNER", to: name))
      #expect(error.serverCode == "X\\u{a}")
      #expect(error.requestID == "in\\u{a}ner")
      #expect(
        error.message.hasSuffix(
          "\"a\\u{a}b\"; the next run will try again [request id in\\u{a}ner]"))
    }
    let error = try Self.error(400, body, requestID: "header")
    #expect(error.requestID == "header")
    #expect(error.message.hasSuffix("[request id header]"))
    #expect(try Self.error(400, body, requestID: "").requestID == nil)
  }

  @Test("A refusal's message is cut if it is too long")
  func cutsMessage() throws {
    let error = try Self.error(400, Self.body("X", String(repeating: "m", count: 10_000)))
    #expect(error.message.count < 300)
  }
}

extension String {
  fileprivate func renamingMember(_ name: String, to new: String) -> String {
    split(separator: name, maxSplits: 1).joined(separator: new)
  }
}
