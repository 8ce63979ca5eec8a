import Testing

@testable import EntraSync

@Suite struct CertificateTests {
  static let day = 86_400.0
  static let begins = 1_767_225_600.0  // 2026-01-01
  static let ends = 1_798_761_600.0  // 2027-01-01

  static func certificate(keyLength: Int? = 2048) -> Certificate {
    Certificate(
      thumbprint: [UInt8](repeating: 0xAB, count: 32), shownThumbprint: "0011", begins: begins,
      ends: ends, keyLength: keyLength)
  }

  static func configuration() throws -> Configuration {
    try Sample.configuration(
      without: ["CLIENTSECRET"], adding: "CLIENTCERTIFICATE = c.pem", "CLIENTKEY = k.pem")
  }

  @Test(
    "A certificate can be used from its first second until just before its end",
    arguments: [(begins, true), (ends - 1, true), (begins - 1, false), (ends, false)])
  func checksTime(now: Double, isGood: Bool) throws {
    let configuration = try Self.configuration()
    let check = { try Self.certificate().check(at: now, of: configuration) }
    if isGood { try check() } else { #expect(throws: EntraSyncError.self) { try check() } }
  }

  @Test(
    "A certificate that Entra ID would refuse is refused with key, line and what to do",
    arguments: [
      (ends + 1, 2048, "expired on 2027-01-01 00:00 UTC; make a new one"),
      (begins - 1, 2048, "is not valid before 2026-01-01 00:00 UTC; set this server's clock"),
      (
        begins, 2047,
        "has a key of 2047 bits, which is too short for Entra ID; make one with an RSA key of 2048"
      ),
      (begins, nil, "has no RSA key, which Entra ID requires; make one"),
    ])
  func refuses(now: Double, keyLength: Int?, words: String) throws {
    let configuration = try Self.configuration()
    let error = #expect(throws: EntraSyncError.self) {
      try Self.certificate(keyLength: keyLength).check(at: now, of: configuration)
    }
    #expect(error?.status == .configuration)
    let start = "the certificate of CLIENTCERTIFICATE (line 4) \(words)"
    #expect(error?.message.hasPrefix(start) == true, "\(error?.message ?? "")")
  }
}
