import Foundation
import Testing

@testable import EntraSync

@Suite struct Base64URLTests {
  @Test(
    "It is RFC 4648's, in the alphabet for URLs and without padding",
    arguments: [
      ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"),
      ("fooba", "Zm9vYmE"), ("foobar", "Zm9vYmFy"),
    ])
  func encodes(text: String, encoded: String) {
    #expect(Array(text.utf8).base64URL == encoded)
  }

  @Test("It is what another encoder writes, at every length and for every byte")
  func agreesWithFoundation() {
    let bytes = (0...255).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 251) }
    for length in 0...bytes.count {
      let part = Array(bytes.prefix(length))
      let expected = Data(part).base64EncodedString()
        .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
      #expect(part.base64URL == expected)
    }
  }
}
