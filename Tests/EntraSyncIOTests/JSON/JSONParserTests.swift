import Testing

@testable import EntraSync
@testable import EntraSyncIO

@Suite("The JSON parser")
struct JSONParserTests {
  static func parse(_ bytes: [UInt8]) throws -> JSONValue {
    var bytes = bytes
    return try JSONValue(&bytes, by: JSONParser())
  }

  static func parse(_ text: String) throws -> JSONValue { try parse(Array(text.utf8)) }

  @Test("The JSON parser overwrites the strings of the last document when it is told to")
  func wipes() throws {
    let parser = JSONParser()
    parser.wipe()
    for count in [1, 100, 100_000] {
      let secret = String(repeating: "s3", count: count)
      var bytes = Array("[\"\(secret)\",\"\(secret)\"]".utf8)
      try parser.read(&bytes) { (document) throws(EntraSyncError) in
        let strings = [2, 3].map { document.string(at: $0) }
        #expect(strings.allSatisfy { $0.elementsEqual(secret.utf8) })
        let memory = strings.map { UnsafeBufferPointer(start: $0.baseAddress, count: $0.count) }
        parser.wipe()
        #expect(memory.allSatisfy { $0.allSatisfy { $0 == 0 } })
      }
    }
  }

  @Test("The JSON parser reads every kind of value")
  func readsAll() throws {
    let text =
      #"{"a":[1,-2.5e3,true,false,null,18446744073709551615,-9223372036854775808,0],"#
      + #""b":{"c":"é\n\u00e4\ud83d\ude00\u0000","":[]},"d":{}}"#
    let expected = JSONValue.object([
      "a": .array([
        .number("1"), .number("-2500.0"), .bool(true), .bool(false), .null,
        .number("18446744073709551615"), .number("-9223372036854775808"), .number("0"),
      ]),
      "b": .object(["c": .string("é\nä😀\u{0}"), "": .array([])]), "d": .object([:]),
    ])
    #expect(try Self.parse(text) == expected)
    #expect(try Self.parse([0xEF, 0xBB, 0xBF] + Array(text.utf8)) == expected)
    #expect(try Self.parse(" \t\r\n" + text + "\n\t ") == expected)
    for (text, value) in [
      ("1", JSONValue.number("1")), ("\"a\"", .string("a")), ("true", .bool(true)), ("null", .null),
    ] {
      #expect(try Self.parse(text) == value)
    }
  }

  @Test("The JSON parser reads one document after the other, however long each is")
  func readsMany() throws {
    let parser = JSONParser()
    for count in [1, 100_000, 3, 300_000, 0, 2] {
      let text = "[\"" + String(repeating: "ä", count: count) + "\"]"
      var bytes = Array(text.utf8)
      #expect(
        try JSONValue(&bytes, by: parser)
          == .array([.string(String(text.dropFirst(2).dropLast(2)))])
      )
      #expect(bytes == Array(text.utf8), "the text is as it was")
      var broken = Array(text.utf8.dropLast())
      #expect(throws: EntraSyncError.self) { try JSONValue(&broken, by: parser) }
    }
  }

  @Test("The JSON parser refuses nesting at its limit and not before")
  func boundsDepth() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    _ = try Self.parse(nested(JSONParser.deepest))
    let objects = JSONParser.deepest - 1
    _ = try Self.parse(
      String(repeating: "{\"a\":", count: objects) + "{}" + String(repeating: "}", count: objects))
    // An empty container inside of the others does not count.
    #expect(throws: EntraSyncError.self) {
      try Self.parse(
        String(repeating: "[", count: JSONParser.deepest) + "1"
          + String(repeating: "]", count: JSONParser.deepest))
    }
    for depth in [JSONParser.deepest + 1, 10_000] {
      #expect(throws: EntraSyncError(.server, "the server's answer is nested too deeply")) {
        try Self.parse(nested(depth))
      }
    }
  }

  @Test("The JSON parser refuses a text of more than a megabyte, as a value and as a name")
  func boundsLength() throws {
    let longest = String(repeating: "a", count: JSONTape.longest)
    _ = try Self.parse("[\"\(longest)\"]")
    for text in ["[\"\(longest)b\"]", "{\"\(longest)b\":1}", "\"\(longest)b\""] {
      #expect(
        throws: EntraSyncError(.server, "the server's answer holds a value of more than a megabyte")
      ) { try Self.parse(text) }
    }
  }

  @Test("The JSON parser refuses halves of characters, alone and in false pairs")
  func refusesHalves() {
    for text in [
      #"["\ud800"]"#, #"["\udc00"]"#, #"["\ud800b"]"#, #"["\ud800\n"]"#, #"["\ud800\u0041"]"#,
      #"["\ud800\ud800"]"#, #"["\udc00\ud800"]"#, #"["a\uDFFFb"]"#, #"{"\ud83d":1}"#,
    ] {
      let error = #expect(throws: EntraSyncError.self, "\(text)") { try Self.parse(text) }
      #expect(error?.message.contains("half a character") == true, "\(text)")
    }
  }

  @Test("The JSON parser stops at its receiver's error and throws it on")
  func passesRefusalOn() throws {
    final class Refusing: JSONReceiver {
      func receive(_ event: JSONEvent) throws(EntraSyncError) {
        if case .bool = event { throw EntraSyncError(.server, "no bool") }
      }
    }
    var text = Array("[1,true,2]".utf8)
    #expect(throws: EntraSyncError(.server, "no bool")) {
      try JSONParser().read(&text) { (document) throws(EntraSyncError) in
        try document.send(to: Refusing())
      }
    }
  }
}
