import Testing

@testable import GraphSimulator

@Suite struct JSONTextTests {
  @Test(arguments: [
    (false, "\"a\\\"b\\\\c\\n\\r\\t\\u0000\\u001fä𠮷\""),
    (true, "\"a\\\"b\\\\c\\n\\r\\t\\u0000\\u001f\\u00e4\\ud842\\udfb7\""),
  ])
  func `JSON text escapes what it must, and all but ASCII if asked`(
    isASCII: Bool, written: String
  ) {
    var json = JSONText(isASCII: isASCII)
    json.string("a\"b\\c\n\r\t\u{0}\u{1F}ä𠮷")
    #expect(String(decoding: json.bytes, as: UTF8.self) == written)
  }

  @Test func `JSON text writes every kind of property value`() {
    var json = JSONText()
    for value in [AttributeValue.null, .flag(true), .text("a"), .texts([]), .texts(["a", "b"])] {
      json.value(value)
    }
    #expect(String(decoding: json.bytes, as: UTF8.self) == #"nulltrue"a"[]["a","b"]"#)
  }
}
