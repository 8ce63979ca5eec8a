import Testing

@testable import GraphSimulator

@Suite struct PercentEncodingTests {
  @Test(arguments: [
    ("a+b", "a b"), ("a%2Bb", "a+b"), ("%c3%A4", "ä"), ("", ""), ("%00", "\0"),
    ("~!*'()", "~!*'()"),
  ])
  func `Text is decoded`(encoded: String, decoded: String) throws {
    #expect(try PercentEncoding.decode(encoded.utf8) == decoded)
  }

  @Test(arguments: [
    ("%", PercentEncoding.Malformed.escape), ("%4", .escape), ("%4g", .escape), ("%+4", .escape),
    ("a b", .unescapedByte), ("ä", .unescapedByte), ("a\n", .unescapedByte), ("%ff", .encoding),
    ("%c3", .encoding),
  ])
  func `Careless encoding is refused`(encoded: String, reason: PercentEncoding.Malformed) {
    #expect(throws: reason) { try PercentEncoding.decode(encoded.utf8) }
  }

  @Test func `Pairs keep their order, and a value its equals signs`() throws {
    let pairs = try PercentEncoding.pairs("b=1&a=x=y&c=&d".utf8)
    #expect(pairs.map(\.name) == ["b", "a", "c", "d"])
    #expect(pairs.map(\.value) == ["1", "x=y", "", ""])
  }

  @Test(arguments: ["&", "a=1&", "=x", "a=1&&b=2"])
  func `A pair without a name is refused`(text: String) {
    #expect(throws: PercentEncoding.Malformed.pair) { try PercentEncoding.pairs(text.utf8) }
  }
}
