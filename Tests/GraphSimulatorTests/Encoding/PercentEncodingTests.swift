import Testing

@testable import GraphSimulator

@Suite struct PercentEncodingTests {
  @Test(arguments: [
    ("a+b", "a b"), ("a%2Bb", "a+b"), ("%c3%A4", "ä"), ("", ""), ("%00", "\0"),
    ("~!*'()", "~!*'()"),
  ])
  func `Percent-encoded text is decoded`(encoded: String, decoded: String) throws {
    #expect(try PercentEncoding.decode(encoded.utf8) == decoded)
  }

  @Test(arguments: [
    ("%", PercentEncoding.Malformed.escape), ("%4", .escape), ("%4g", .escape), ("%+4", .escape),
    ("a b", .unescapedByte), ("ä", .unescapedByte), ("a\n", .unescapedByte), ("%ff", .encoding),
    ("%c3", .encoding),
  ])
  func `Careless percent-encoding is refused`(encoded: String, reason: PercentEncoding.Malformed) {
    #expect(throws: reason) { try PercentEncoding.decode(encoded.utf8) }
  }

  @Test func `Form pairs keep their order, and values their equals signs`() throws {
    let pairs = try PercentEncoding.pairs("b=1&a=x=y&c=&d".utf8)
    #expect(pairs.map(\.name) == ["b", "a", "c", "d"])
    #expect(pairs.map(\.value) == ["1", "x=y", "", ""])
  }

  @Test(arguments: ["&", "a=1&", "=x", "a=1&&b=2"])
  func `A form pair without a name is refused`(text: String) {
    #expect(throws: PercentEncoding.Malformed.pair) { try PercentEncoding.pairs(text.utf8) }
  }
}
