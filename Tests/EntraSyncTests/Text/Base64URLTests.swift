import Foundation
import Testing

@testable import EntraSync

@Suite struct Base64URLTests {
  @Test(
    "base64url has RFC 4648's alphabet for URLs and no padding",
    arguments: [
      ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"),
      ("fooba", "Zm9vYmE"), ("foobar", "Zm9vYmFy"),
    ])
  func encodes(text: String, encoded: String) {
    #expect(Array(text.utf8).base64URL == encoded)
  }

  @Test("base64url is what another encoder writes, at every length and for every byte")
  func agreesWithFoundation() {
    let bytes = (0...255).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 251) }
    for length in 0...bytes.count {
      let part = Array(bytes.prefix(length))
      let expected = Data(part).base64EncodedString()
        .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
      #expect(part.base64URL == expected)
    }
  }

  @Test("base64url that was written is read back, at every length and for every byte")
  func readsBack() {
    let bytes = (0...255).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 251) }
    for length in 0...bytes.count {
      let part = Array(bytes.prefix(length))
      #expect([UInt8](base64URL: part.base64URL.utf8) == part)
    }
  }

  @Test(
    "A text that is not base64url is refused",
    arguments: ["A", "AAAAA", "Zg==", "Zg=", "Zm+v", "Zm/v", "Zm v", "Zm9v\n", "Zé", "Zm9v."])
  func refuses(text: String) {
    #expect([UInt8](base64URL: text.utf8) == nil)
  }

  @Test("base64 of either alphabet is read, with and without padding, at every length")
  func readsEitherAlphabet() {
    let bytes = (0...255).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 251) }
    for length in 0...bytes.count {
      let part = Array(bytes.prefix(length))
      let standard = Data(part).base64EncodedString()
      let url = standard.replacing("+", with: "-").replacing("/", with: "_")
      for text in [standard, url, part.base64URL, standard.replacing("=", with: "")] {
        #expect([UInt8](base64: text.utf8) == part)
      }
    }
  }

  @Test(
    "A text that is not base64 of either alphabet is refused",
    arguments: ["A", "AAAAA", "Zg=", "Zg===", "Zm9v=", "Zm9v==", "=", "Zg==Zg==", "Zm v", "Zé=="])
  func refusesEitherAlphabet(text: String) {
    #expect([UInt8](base64: text.utf8) == nil)
  }
}
