import Testing

@testable import EntraSync

@Suite struct AuthorityFileTests {
  static let begin = "-----BEGIN CERTIFICATE-----\n"
  static let end = "-----END CERTIFICATE-----\n"
  static let encrypted = "Proc-Type: 4,ENCRYPTED\nDEK-Info: DES-EDE3-CBC,00\n\nTUlJQg==\n"
  static let whole = begin + "TUlJQg==\n" + end

  @Test(
    "CAFILE is accepted with one whole certificate, whatever stands around it",
    arguments: [
      whole, whole + whole, "# ours\n" + whole, whole.replacing("\n", with: "\r\n"),
      String(whole.dropLast()), whole.replacing("-----\n", with: "----- \n"),
      whole.replacing("CERTIFICATE", with: "TRUSTED CERTIFICATE"),
      whole.replacing("CERTIFICATE", with: "X509 CERTIFICATE"),
      "-----BEGIN PRIVATE KEY-----\nTUlJQg==\n-----END PRIVATE KEY-----\n" + whole,
      "-----BEGIN RSA PRIVATE KEY-----\n\(encrypted)-----END RSA PRIVATE KEY-----\n" + whole,
    ])
  func accepts(text: String) {
    #expect(AuthorityFile.problem(Array(text.utf8)) == nil)
  }

  @Test(
    "CAFILE without a whole certificate is refused with the reason",
    arguments: [
      ("", "is empty"), ("no certificate\n", "holds no certificate"),
      ("-----BEGIN PRIVATE KEY-----\nTUlJQg==\n-----END PRIVATE KEY-----\n", "no certificate"),
      ("see -----BEGIN CERTIFICATE-----", "holds no certificate"),
      (begin, "ends in the middle of a certificate"),
      ("\(begin)TUlJQg==\n", "ends in the middle of a certificate"),
      ("\(whole)\(begin)", "ends in the middle of a certificate"),
      (end, "ends in the middle of a certificate"),
      ("\(begin)\(encrypted)\(end)", "encrypted"),
      ("\(whole)\(begin) \t\r\n\(encrypted)\(end)", "encrypted"),
      ("\(begin)\(String(repeating: " ", count: 228))\(encrypted)\(end)", "encrypted"),
    ] as [(String, String)])
  func refuses(text: String, problem: String) throws {
    let found = try #require(AuthorityFile.problem(Array(text.utf8)))
    #expect(found.contains(problem))
    #expect(found.contains("PEM"))
  }

  @Test("CAFILE in DER is recognized, and the message says how to convert it")
  func knowsDER() {
    let found = AuthorityFile.problem([0x30, 0x82, 0x01, 0x0A, 0xFF])
    #expect(found == "is in DER; convert it to PEM with: openssl x509 -inform DER")
    #expect(AuthorityFile.problem([0x30, 0x03]) != found)
  }
}
