import Testing

@testable import GraphSimulator

@Suite struct FaultTextTests {
  @Test(arguments: [
    ("throttle", FaultRule(.failure(.throttle))),
    ("throttle:2", FaultRule(.failure(.throttle), times: 2)),
    ("throttle*2", FaultRule(.failure(.throttle), times: 2)),
    ("throttle:2:5", FaultRule(.failure(.throttle, retryAfter: .text("5")), times: 2)),
    (
      "throttle:2:none@token",
      FaultRule(.failure(.throttle, retryAfter: .none), on: .token, times: 2)
    ),
    (
      "unavailable:1:date@nested",
      FaultRule(
        .failure(.unavailable, retryAfter: .date), on: .group(BuiltInGroup.nested.id), times: 1)
    ),
    (
      "unauthorized:1@main#2",
      FaultRule(.failure(.unauthorized), on: .group(BuiltInGroup.main.id), page: 2, times: 1)
    ),
    ("page-too-large:120", FaultRule(.pageLimit(120))),
    ("expired-secret@token", FaultRule(.failure(.expiredSecret), on: .token)),
    ("null-attributes", FaultRule(.distortion(.nullAttributes([.mail])))),
    (
      "null-attributes:mail,mobilePhone",
      FaultRule(
        .distortion(.nullAttributes([.mail, .mobilePhone])))
    ),
    (
      "foreign-next-link",
      FaultRule(
        .distortion(.foreignNextLink(origin: "https://evil.example")))
    ),
    (
      "foreign-next-link:http://127.0.0.1:9@main",
      FaultRule(
        .distortion(.foreignNextLink(origin: "http://127.0.0.1:9")),
        on: .group(BuiltInGroup.main.id))
    ),
    (
      "throttle:1:3@check",
      FaultRule(.failure(.throttle, retryAfter: .text("3")), on: .check, times: 1)
    ),
    ("cut-json@users#2", FaultRule(.distortion(.cutJSON(at: .middle)), on: .users, page: 2)),
    ("slow:5@groups", FaultRule(.delivery(.slow(milliseconds: 5)), on: .groups)),
    ("unavailable*2@batch", FaultRule(.failure(.unavailable), on: .batch, times: 2)),
    ("stale-index", FaultRule(.distortion(.staleIndex))),
    ("short-page", FaultRule(.distortion(.shortPage(percent: 40)))),
    (
      "short-page:10*1@main",
      FaultRule(
        .distortion(.shortPage(percent: 10)), on: .group(BuiltInGroup.main.id), times: 1)
    ),
    ("opaque-token@token", FaultRule(.distortion(.opaqueToken), on: .token)),
    ("unavailable@user", FaultRule(.failure(.unavailable), on: .user)),
    ("stale-index@main", FaultRule(.distortion(.staleIndex), on: .group(BuiltInGroup.main.id))),
    ("slow:250", FaultRule(.delivery(.slow(milliseconds: 250)))),
    ("cut-body#3", FaultRule(.delivery(.cutBody(at: .middle)), page: 3)),
    (
      "cut-body:-1*2@token",
      FaultRule(.delivery(.cutBody(at: .byte(-1))), on: .token, times: 2)
    ),
    ("reset:0*1", FaultRule(.delivery(.reset(at: .byte(0))), times: 1)),
    ("cut-json:7", FaultRule(.distortion(.cutJSON(at: .byte(7))))),
    ("huge-string", FaultRule(.distortion(.hugeString(megabytes: 64)))),
    ("huge-string:2", FaultRule(.distortion(.hugeString(megabytes: 2)))),
    (
      "redirect",
      FaultRule(.delivery(.redirect(status: 302, to: .origin("https://evil.example"))))
    ),
    ("redirect-loop", FaultRule(.delivery(.redirect(status: 307, to: .path)))),
    (
      "redirect-308:relative*5@main#2",
      FaultRule(
        .delivery(.redirect(status: 308, to: .relative)), on: .group(BuiltInGroup.main.id),
        page: 2, times: 5)
    ),
    (
      "not-json@A0000000-0000-4000-8000-000000000009",
      FaultRule(
        .distortion(.notJSON), on: .group("a0000000-0000-4000-8000-000000000009"))
    ),
  ])
  func `A fault rule is read from its text`(text: String, rule: FaultRule) throws {
    #expect(try FaultRule(text) == rule)
  }

  @Test(arguments: [
    ("", "unknown fault"), ("nonsense", "unknown fault"), ("throttle:", "needs a number"),
    ("throttle:x", "needs a number"), ("throttle:-1", "needs a number"), ("slow", "needs a number"),
    ("null-attributes:nothing", "unknown attribute"), ("stall:5", "takes no argument"),
    ("cut-body:x", "number of bytes"), ("redirect:elsewhere", "scheme and host"),
    ("redirect-305", "unknown fault"), ("page-too-large", "needs a number"),
    ("throttle@nobody", "neither a GUID"), ("throttle@", "neither a GUID"),
    ("throttle#0", "page number"), ("throttle#x", "page number"),
    ("expired-secret", "@token only"), ("missing-permission@token", "not apply to @token"),
    ("throttle@token#2", "no pages"), ("page-too-large:5@token", "not apply to @token"),
    ("text-expiry@users", "@token only"), ("opaque-token", "@token only"),
    ("no-value@user", "not apply to @user"), ("empty-page@user", "not apply to @user"),
    ("stale-index@users", "not apply to @users"),
    ("throttle@batch#2", "no pages"), ("throttle@groups#1", "no pages"),
    ("empty-page@batch", "not apply to @batch"), ("no-value@groups", "not apply to @groups"),
    ("throttle@nowhere", "batch, check, groups, identity, token, user, users"),
    ("throttle*", "number of times"), ("throttle*x", "number of times"),
    ("throttle:2*3", "twice"), ("expired-page-token#1", "no page token"),
  ])
  func `A text that is not a fault rule is refused with a reason`(text: String, reason: String) {
    let error = #expect(throws: InvalidFault.self) { try FaultRule(text) }
    #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
    #expect(error?.description.contains("\n") == false)
  }

  @Test func `Every kind of fault can be read from its name`() throws {
    for kind in Fault.kinds {
      let needsNumber = ["slow", "short-token", "page-too-large"].contains(kind)
      #expect(throws: Never.self) { try Fault.read(needsNumber ? "\(kind):5" : kind) }
    }
  }
}
