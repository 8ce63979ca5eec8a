import Foundation
import Testing

@testable import EntraSync

@Suite struct PercentEncodingTests {
  @Test(
    "Percent-encoding leaves nothing that is syntax in a URL",
    arguments: [
      ("anna@example.com", "anna%40example.com"), ("a'b", "a%27b"),
      ("a&b#c%d+e", "a%26b%23c%25d%2Be"),
      ("a/b?c=d;e,f", "a%2Fb%3Fc%3Dd%3Be%2Cf"), ("*", "%2A"), (" \n\u{0}", "%20%0A%00"),
      ("ä", "%C3%A4"), ("🙂", "%F0%9F%99%82"), ("AZaz09-._~", "AZaz09-._~"), ("", ""),
      ("$(){}[]<>|\\^`\"!:", "%24%28%29%7B%7D%5B%5D%3C%3E%7C%5C%5E%60%22%21%3A"),
    ])
  func encodes(text: String, encoded: String) {
    #expect(PercentEncoding.encode(text) == encoded)
  }

  @Test("Percent-encoded text is read back by Foundation, for every character")
  func agreesWithFoundation() {
    for value in Array(0...0x17F) + Array(0x1F600...0x1F610) as [UInt32] {
      let text = Unicode.Scalar(value).map { "x" + String($0) + "y" } ?? ""
      #expect(PercentEncoding.encode(text).removingPercentEncoding == text)
    }
  }
}
