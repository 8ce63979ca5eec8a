import EntraSync
import Testing

@Suite("The check of surrogate pairs")
struct SurrogateCheckTests {
  /// Whether a text passes the check when it arrives in pieces of this many bytes.
  private func passes(_ text: String, piece: Int) -> Bool {
    var check = SurrogateCheck()
    let bytes = Array(text.utf8)
    return stride(from: 0, to: bytes.count, by: piece).allSatisfy { start in
      bytes[start..<min(start + piece, bytes.count)].withUnsafeBufferPointer {
        check.fault(in: $0) == nil
      }
    }
  }

  static let texts: [(text: String, passes: Bool)] = [
    (#""plain""#, true), (#""\u00e4\u20AC""#, true), (#""\ud83d\ude00""#, true),
    (#""\ud83d\ude00\ud83d\ude00""#, true), (#""\uD83D\uDE00\u0041""#, true),
    // Lone surrogates.
    (#""\ud800""#, true), (#""\ud800b""#, true), (#""\udc00\u0041""#, true),
    (#""\ud800\n\u0041""#, true), (#""\ud800","\u0041""#, true),
    // An escaped backslash begins no escape.
    (#""\\ud800\u0041""#, true), (#""\ud800\\u0041""#, true),
    // The parser refuses a malformed escape, not this check.
    (#""\ud8zz\u0041""#, true),
    (#""\ud800\u0041""#, false), (#""\ud800\ud800""#, false), (#""\uDBFF\uE000""#, false),
    (#""\ud83d\ude00\ud83d\u0041""#, false), (#""\\\ud800\u0041""#, false),
  ]

  @Test(
    "A first surrogate before another character is found, wherever the text is cut",
    arguments: texts)
  func findsFalsePairs(text: String, passes expected: Bool) {
    for piece in 1...text.utf8.count {
      #expect(passes(text, piece: piece) == expected, "in pieces of \(piece)")
    }
  }

  @Test("The check of surrogate pairs knows whether it is in the middle of an escape")
  func knowsPlace() {
    for (text, isInEscape) in [
      (#""a"#, false), (#""\"#, true), (#""\u"#, true), (#""\ud80"#, true), (#""\ud800"#, true),
      (#""\u0041"#, false), (#""\n"#, false), (#""\ud800\udc00"#, false),
    ] {
      var check = SurrogateCheck()
      #expect(Array(text.utf8).withUnsafeBufferPointer { check.fault(in: $0) == nil })
      #expect(check.isInEscape == isInEscape, "\(text)")
    }
  }
}
