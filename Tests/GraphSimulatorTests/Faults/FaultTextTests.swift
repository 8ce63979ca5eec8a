import Testing

@testable import GraphSimulator

@Suite struct FaultTextTests {
  @Test(arguments: [
    ("throttle", FaultRule(.failure(.throttle))),
    ("throttle:2", FaultRule(.failure(.throttle, times: 2))),
    ("throttle:2:5", FaultRule(.failure(.throttle, times: 2, retryAfter: .text("5")))),
    (
      "throttle:2:none@token",
      FaultRule(
        .failure(.throttle, times: 2, retryAfter: .none), on: .token)
    ),
    (
      "unavailable:1:date@nested",
      FaultRule(
        .failure(.unavailable, times: 1, retryAfter: .date), on: .group(BuiltInGroup.nested.id))
    ),
    (
      "unauthorized:1@main#2",
      FaultRule(
        .failure(.unauthorized, times: 1), on: .group(BuiltInGroup.main.id), page: 2)
    ),
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
    ("slow:250", FaultRule(.delivery(.slow(milliseconds: 250)))),
    ("cut-body#3", FaultRule(.delivery(.cutBody), page: 3)),
    (
      "not-json@A0000000-0000-4000-8000-000000000009",
      FaultRule(
        .distortion(.notJSON), on: .group("a0000000-0000-4000-8000-000000000009"))
    ),
  ])
  func `A text names a fault and where it strikes`(text: String, rule: FaultRule) throws {
    #expect(try FaultRule(text) == rule)
  }

  @Test(arguments: [
    ("", "unknown fault"), ("nonsense", "unknown fault"), ("throttle:", "needs a number"),
    ("throttle:x", "needs a number"), ("throttle:-1", "needs a number"), ("slow", "needs a number"),
    ("null-attributes:nothing", "unknown attribute"), ("cut-body:5", "takes no argument"),
    ("throttle@nobody", "is no GUID"), ("throttle@", "is no GUID"),
    ("throttle#0", "page number"), ("throttle#x", "page number"),
    ("expired-secret", "@token only"), ("missing-permission@token", "groups only"),
    ("throttle@token#2", "no pages"),
  ])
  func `A text that names none is explained`(text: String, reason: String) {
    let error = #expect(throws: InvalidFault.self) { try FaultRule(text) }
    #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
    #expect(error?.description.contains("\n") == false)
  }

  @Test func `Every kind can be written`() throws {
    for kind in Fault.kinds {
      let text = ["slow", "short-token"].contains(kind) ? "\(kind):5" : kind
      #expect(throws: Never.self) { try Fault(text) }
    }
  }
}

@Suite struct FaultPlanTests {
  @Test func `A failure strikes as often as it says`() throws {
    var plan = FaultPlan([try FaultRule("throttle:2"), try FaultRule("unavailable:1")])
    let strikes = (0..<4).map { _ in plan.strike(group: "x", page: 1).failure?.kind }
    #expect(strikes == [.throttle, .throttle, .unavailable, nil])
  }

  @Test func `A failure without a number strikes for ever`() throws {
    var plan = FaultPlan([try FaultRule("forbidden")])
    #expect((0..<50).allSatisfy { _ in plan.strike(group: "x", page: 1).failure != nil })
  }

  @Test func `A rule strikes where it says alone`() throws {
    var plan = FaultPlan([try FaultRule("forbidden@main#2"), try FaultRule("throttle@token")])
    #expect(plan.strike(group: BuiltInGroup.main.id, page: 1).failure == nil)
    #expect(plan.strike(group: BuiltInGroup.empty.id, page: 2).failure == nil)
    #expect(plan.strike(group: BuiltInGroup.main.id, page: 2).failure?.kind == .forbidden)
    #expect(plan.strike(group: nil, page: 1).failure?.kind == .throttle)
  }
}
