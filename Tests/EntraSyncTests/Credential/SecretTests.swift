import Testing

@testable import EntraSync

@Suite struct SecretTests {
  static let word = "QOY8Q~made-up~value"

  @Test("A secret lends the bytes that it was given")
  func lendsBytes() {
    let secret = Secret(Self.word.utf8)
    #expect(secret.count == Self.word.utf8.count)
    #expect(secret.withBytes { Array($0) } == Array(Self.word.utf8))
    #expect(Secret([UInt8](0...255)).withBytes { Array($0) } == Array(0...255))
  }

  @Test(
    "Two secrets are equal when all their bytes are",
    arguments: [("abc", true), ("abd", false), ("ab", false), ("abcd", false), ("", false)])
  func compares(other: String, isEqual: Bool) {
    #expect(Secret("abc".utf8).isEqual(to: Secret(other.utf8)) == isEqual)
  }

  @Test("An empty secret is a secret")
  func acceptsEmpty() {
    let secret = Secret([])
    #expect(secret.count == 0)
    #expect(secret.withBytes { $0.isEmpty })
  }

  struct Holder {
    let secret: Secret
    let credential: Credential
  }

  @Test("No way of printing a secret shows its bytes")
  func isNeverPrinted() {
    let secret = Secret(Self.word.utf8)
    let holder = Holder(secret: secret, credential: .secret(secret))
    var dumped = ""
    dump(secret, to: &dumped)
    dump(holder, to: &dumped)
    dump([secret, secret], to: &dumped)
    let texts = [
      "\(secret)", String(describing: secret), String(reflecting: secret), "\([secret])",
      "\(holder)", String(reflecting: holder), "\(Optional(secret) as Any)", dumped,
    ]
    for text in texts {
      #expect(!text.contains(Self.word))
      #expect(!text.contains("UnsafeMutableBufferPointer"))
    }
    #expect("\(secret)" == "<secret>")
    #expect(Mirror(reflecting: secret).children.isEmpty)
    #expect(Mirror(reflecting: secret).superclassMirror == nil)
  }
}
