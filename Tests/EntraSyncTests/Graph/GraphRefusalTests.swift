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
        401, nil, .authentication,
        "Graph does not accept the token (HTTP 401); check CLOUD and GRAPHURL"
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
        404, "{\"message\":\"no route\"}", .server,
        "Graph answered HTTP 404 without a Graph error; check GRAPHURL and the proxy"
      ),
      (
        404, body("UnknownError"), .server,
        "Graph answered HTTP 404 \"UnknownError\": \"m\"; the next run will try again"
      ),
      (
        500, nil, .server,
        "Graph answered HTTP 500 without a Graph error; check GRAPHURL and the proxy"
      ),
      (
        502, "[]", .server,
        "Graph answered HTTP 502 without a Graph error; check GRAPHURL and the proxy"
      ),
      (
        500, "{\"error\":\"x\"}", .server,
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
