import Testing

@testable import EntraSync

@Suite struct JSONValueTests {
  static func read(_ text: String) throws -> JSONValue? {
    let reader = JSONValueReader()
    try reader.receive(json: text)
    return reader.value
  }

  @Test(
    "A JSON value holds the document as it was written",
    arguments: [
      ("null", .null), ("true", .bool(true)), ("12", .number("12")), ("\"x\"", .string("x")),
      ("[]", .array([])), ("{}", .object([:])),
      (
        "[1,\"a\",null,[false]]",
        .array([.number("1"), .string("a"), .null, .array([.bool(false)])])
      ),
      ("{\"a\":{\"b\":[{}]}}", .object(["a": .object(["b": .array([.object([:])])])])),
      ("{\"\":\"\\u00e9\\n\\ud83d\\ude42\"}", .object(["": .string("é\n🙂")])),
    ] as [(String, JSONValue)])
  func builds(text: String, value: JSONValue) throws {
    #expect(try Self.read(text) == value)
  }

  @Test(
    "A document with a repeated key is refused, at every depth",
    arguments: [
      ("{\"a\":1,\"a\":2}", "a"), ("{\"a\":1,\"\\u0061\":1}", "a"), ("{\"\":1,\"\":1}", ""),
      ("[{\"b\":{\"a\":1,\"a\":2}}]", "a"), ("{\"a\":{\"a\":1},\"b\":[],\"a\":2}", "a"),
      ("{\"\\u00e9\":1,\"e\\u0301\":2}", "e\u{301}"), ("{\"a\\n\":1,\"a\\n\":2}", "a\n"),
    ])
  func refusesRepeatedKeys(text: String, key: String) throws {
    #expect(
      throws: EntraSyncError(.server, "the server's answer has two values of \(key.quoted())")
    ) { try Self.read(text) }
  }

  @Test("Objects beside or inside each other may have the same keys")
  func admitsKeysOfOtherObjects() throws {
    let text = "[{\"a\":{\"a\":1}},{\"a\":[{\"a\":2}]}]"
    #expect(
      try Self.read(text)
        == .array([
          .object(["a": .object(["a": .number("1")])]),
          .object(["a": .array([.object(["a": .number("2")])])]),
        ]))
  }

  @Test("A JSON value's members, texts, numbers and first elements are read without a trap")
  func reaches() throws {
    let value = try #require(
      try Self.read("{\"a\":[7,8],\"t\":\"x\",\"n\":\"42\",\"e\":[],\"f\":1.5}"))
    #expect(value["a"]?.first?.integer == 7)
    #expect(value["t"]?.text == "x")
    #expect(value["n"]?.integer == 42)
    #expect(value["e"]?.first == nil)
    #expect(value["f"]?.integer == nil)
    #expect(value["missing"] == nil)
    #expect(value["t"]?["x"] == nil)
    #expect(value["t"]?.first == nil)
    #expect(value.text == nil)
    #expect(value.integer == nil)
    #expect(JSONValue.number("99999999999999999999").integer == nil)
  }

  @Test("An unfinished JSON document has no value", arguments: [1, 2, 3, 4, 5])
  func waitsForEnd(count: Int) throws {
    let steps = JSONText.steps(of: "{\"a\":[1]}")
    let reader = JSONValueReader()
    try reader.receive(Array(steps.prefix(count)))
    #expect((reader.value == nil) == (count < steps.count))
  }

  @Test("A JSON array of 100000 elements is read in linear time")
  func readsLongArray() throws {
    let reader = JSONValueReader()
    try reader.receive([.beginArray])
    for _ in 0..<100_000 { try reader.receive(.null) }
    try reader.receive([.endArray])
    guard case .array(let elements) = reader.value else {
      Issue.record("no array")
      return
    }
    #expect(elements.count == 100_000)
  }

  @Test("A JSON value reader survives events in any order", arguments: [1, 2, 3, 4] as [UInt64])
  func survivesAnyOrder(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    for _ in 0..<500 {
      let reader = JSONValueReader()
      do {
        for _ in 0..<Int.random(in: 0...30, using: &random) {
          try reader.receive([PageReaderOrderTests.step(&random)])
        }
      } catch {
        #expect(error.message.hasPrefix("the server's answer has two values of"))
      }
    }
  }
}
