import EntraSync
import Testing

@testable import EntraSyncIO

@Suite("The JSON parser")
struct JSONParserTests {
  /// Parses a text that arrives in pieces.
  private func parse(_ bytes: [UInt8], piece: Int = .max) throws -> JSONValue? {
    let receiver = JSONValueReader()
    let parser = JSONParser(receiver)
    var rest = bytes[...]
    while !rest.isEmpty {
      let next = Array(rest.prefix(piece))
      rest = rest.dropFirst(next.count)
      try next.withUnsafeBufferPointer { try parser.consume($0) }
    }
    try parser.finish()
    return receiver.value
  }

  @Test(
    "The JSON parser reads every kind of value, wherever its text is cut",
    arguments: [1, 2, 3, 7, 1000])
  func readsAll(piece: Int) throws {
    let text = #"{"a":[1,-2.5e3,true,false,null],"b":{"c":"é\n\u00e4\ud83d\ude00"}}"#
    let expected = JSONValue.object([
      "a": .array([.number("1"), .number("-2.5e3"), .bool(true), .bool(false), .null]),
      "b": .object(["c": .string("é\nä😀")]),
    ])
    #expect(try parse(Array(text.utf8), piece: piece) == expected)
    #expect(try parse([0xEF, 0xBB, 0xBF] + Array(text.utf8), piece: piece) == expected)
  }

  @Test(
    "The JSON parser refuses a text that is not one whole document",
    arguments: [
      "", " ", "{", "{\"a\":", "[1,]", "{\"a\":1}x", "{} {}", "<html>", "nul", "\"\u{0}\"",
      "\u{FEFF}",
    ])
  func refusesBroken(text: String) {
    for piece in [1, 1000] {
      let error = #expect(throws: EntraSyncError.self) { try parse(Array(text.utf8), piece: piece) }
      #expect(error?.status == .server)
    }
  }

  @Test("The JSON parser refuses bytes that are not UTF-8")
  func refusesInvalidText() {
    #expect(throws: EntraSyncError.self) { try parse([0x22, 0xC3, 0x28, 0x22]) }
  }

  @Test(
    "The JSON parser refuses an escaped half of a character that would join another",
    arguments: [1, 3, 1000])
  func refusesFalsePair(piece: Int) throws {
    let error = EntraSyncError(.server, "the server's answer holds half a character")
    #expect(throws: error) { try parse(Array(#"["\ud800\u0041"]"#.utf8), piece: piece) }
    #expect(
      try parse(Array(#"["\ud800b","\udc00"]"#.utf8), piece: piece)
        == .array([.string("?b"), .string("\u{FFFD}\u{FFFD}\u{FFFD}")]))
  }

  @Test(
    "The JSON parser reads the text before half a character, wherever it is cut",
    arguments: [1, 3, 1000])
  func readsUpToFalsePair(piece: Int) throws {
    final class Counting: JSONReceiver {
      var events = 0
      func receive(_ event: JSONEvent) throws(EntraSyncError) { events += 1 }
    }
    let receiver = Counting()
    let parser = JSONParser(receiver)
    var rest = Array(#"["a","b","\ud800\u0041"]"#.utf8)[...]
    #expect(throws: EntraSyncError.self) {
      while !rest.isEmpty {
        let next = Array(rest.prefix(piece))
        rest = rest.dropFirst(next.count)
        try next.withUnsafeBufferPointer { try parser.consume($0) }
      }
    }
    #expect(receiver.events == 3)
  }

  @Test("The JSON parser refuses nesting at its limit and not before")
  func boundsDepth() throws {
    func nested(_ depth: Int) -> [UInt8] {
      Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
    }
    #expect(try parse(nested(JSONParser.deepest)) != nil)
    for depth in [JSONParser.deepest + 1, 10_000] {
      #expect(throws: EntraSyncError(.server, "the server's answer is nested too deeply")) {
        try parse(nested(depth))
      }
    }
  }

  @Test("The JSON parser refuses a string without an end before it fills the memory")
  func boundsLength() {
    let parser = JSONParser(JSONValueReader())
    let piece = [UInt8](repeating: 0x61, count: 65_536)
    var taken = 0
    let error = #expect(throws: EntraSyncError.self) {
      try [UInt8]("\"".utf8).withUnsafeBufferPointer { try parser.consume($0) }
      while taken < 64 << 20 {
        try piece.withUnsafeBufferPointer { try parser.consume($0) }
        taken += piece.count
      }
    }
    #expect(error?.message.contains("more than a megabyte") == true)
    #expect(taken <= JSONParser.longest + piece.count)
  }

  @Test("The JSON parser stops at its receiver's error and throws it on")
  func passesRefusalOn() {
    final class Refusing: JSONReceiver {
      func receive(_ event: JSONEvent) throws(EntraSyncError) {
        if case .bool = event { throw EntraSyncError(.server, "no bool") }
      }
    }
    let parser = JSONParser(Refusing())
    #expect(throws: EntraSyncError(.server, "no bool")) {
      try Array("[1,true,2]".utf8).withUnsafeBufferPointer { try parser.consume($0) }
    }
  }
}
