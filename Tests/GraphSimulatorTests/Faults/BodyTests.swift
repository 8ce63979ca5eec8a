import Foundation
import Testing

@testable import GraphSimulator

/// The distortions that apply to any JSON, tried on a page of members and a token answer.
@Suite struct BodyTests {
  /// The bodies of a page and a token answer, each with and without the fault.
  private func bodies(_ fault: String) throws -> [(struck: [UInt8], usual: [UInt8])] {
    let answering = try Answering()
    let target = "/v1.0/groups/\(BuiltInGroup.single.id)/members"
    let usual = [try answering.get(target), answering.post(answering.signIn)]
    let authorization = "Bearer \(try answering.token())"
    let rules = [try FaultRule(fault), try FaultRule("\(fault)@token")]
    answering.service.withState { $0.faults = FaultPlan(rules) }
    let struck = [
      try answering.get(target, authorization: authorization), answering.post(answering.signIn),
    ]
    #expect(struck.allSatisfy { $0.status == 200 })
    return zip(struck, usual).map { ($0.body, $1.body) }
  }

  private func object(_ body: [UInt8]) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any])
  }

  @Test func `bad-utf8 makes a page and a token answer invalid UTF-8`() throws {
    for body in try bodies("bad-utf8") {
      #expect(String(validating: body.struck, as: UTF8.self) == nil)
      #expect(String(validating: body.usual, as: UTF8.self) != nil)
    }
  }

  @Test(arguments: [("lone-surrogate", "\\ud800"), ("false-surrogate-pair", "\\ud800\\u0041")])
  func `A page and a token answer can have a broken surrogate pair`(fault: String, half: String)
    throws
  {
    for body in try bodies(fault) {
      #expect(String(decoding: body.struck, as: UTF8.self).contains("\"\(half)"))
    }
  }

  @Test func `unknown-members adds a property and changes nothing else`() throws {
    for body in try bodies("unknown-members") {
      let struck = try object(body.struck)
      let unknown = try #require(struck["@example.unknown"] as? [String: Any])
      #expect(unknown["value"] is [Any])
      #expect(Set(struck.keys) == Set(try object(body.usual).keys).union(["@example.unknown"]))
    }
  }

  @Test func `deep-nesting adds 10,000 nested arrays`() throws {
    for body in try bodies("deep-nesting") {
      #expect(body.struck.count { $0 == UInt8(ascii: "[") } >= 10_000)
      #expect(body.struck.count - body.usual.count >= 20_000)
      #expect(body.struck.first == UInt8(ascii: "{") && body.struck.last == UInt8(ascii: "}"))
    }
  }

  @Test func `huge-string adds a string of the given length`() throws {
    for body in try bodies("huge-string:1") {
      #expect((try object(body.struck)["@example.unknown"] as? String)?.utf8.count == 1 << 20)
    }
    #expect(try bodies("huge-string").allSatisfy { $0.struck.count > 64 << 20 })
  }

  @Test func `byte-order-mark begins the body with a byte order mark`() throws {
    for body in try bodies("byte-order-mark") {
      #expect(body.struck.starts(with: [0xEF, 0xBB, 0xBF, 0x7B]))
    }
  }

  @Test(arguments: [("cut-json:0", 0), ("cut-json:10", 10), ("cut-json:100000", .max)])
  func `cut-json ends the body after the given number of bytes`(fault: String, length: Int) throws {
    for body in try bodies(fault) {
      #expect(body.struck.count == min(length, body.usual.count))
    }
  }

  @Test func `cut-json can count from the end or cut in the middle`() throws {
    for body in try bodies("cut-json:-1") { #expect(body.struck.count == body.usual.count - 1) }
    for body in try bodies("cut-json") { #expect(body.struck.count == body.usual.count / 2) }
  }

  @Test func `not-json makes the body HTML and empty-body removes it`() throws {
    for body in try bodies("not-json") {
      #expect(body.struck.starts(with: Array("<!DOCTYPE".utf8)))
    }
    #expect(try bodies("empty-body").allSatisfy { $0.struck.isEmpty })
  }
}
