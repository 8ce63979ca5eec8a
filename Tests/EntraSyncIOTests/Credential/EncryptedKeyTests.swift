import COpenSSL
import EntraSync
import Foundation
import Testing

@testable import EntraSyncIO

@Suite("An encrypted key")
struct EncryptedKeyTests {
  /// Files that a password opens: the certificate's, the key's and the password.
  static let encrypted: [(certificate: String, key: String?, password: String)] = [
    ("good.pem", "encrypted.key", TestCredentials.password),
    ("good.pem", "encrypted-traditional.key", TestCredentials.password),
    ("good.pem", "old.key", TestCredentials.password),
    ("encrypted.pem", nil, TestCredentials.password),
    ("encrypted.pem", "encrypted.pem", TestCredentials.password),
    ("good.p12", nil, TestCredentials.password),
    ("good.p12", "good.p12", TestCredentials.password),
    ("good.pem", "good.p12", TestCredentials.password),
    ("good.p12", "good.key", TestCredentials.password),
    ("certificate.p12", "encrypted.key", TestCredentials.password),
    ("des.p12", nil, TestCredentials.password),
    ("old.p12", nil, TestCredentials.password),
    ("no-mac.p12", nil, TestCredentials.password),
    ("words.p12", nil, "gehéim Wört €"),
  ]

  @Test("A key that is encrypted is opened with its password", arguments: encrypted)
  func isOpened(certificate: String, key: String?, password: String) throws {
    let pair = try TestCredentials.pair(certificate, key, password: password)
    let good = try TestCredentials.pair("good.pem", "good.key")
    #expect(pair.certificate == good.certificate)
    #expect(pair.warnings.isEmpty)
    #expect(pair.sign([1, 2, 3])?.count == 256)
  }

  @Test("A wrong password is told apart from a missing one, and not shown", arguments: encrypted)
  func refusesPassword(certificate: String, key: String?, password: String) throws {
    for wrong in ["Xyz8Qgeheim", password + "x", password.uppercased()] {
      let error = #expect(throws: EntraSyncError.self) {
        try TestCredentials.pair(certificate, key, password: wrong)
      }
      let message = error?.message ?? ""
      #expect(error?.status == .configuration)
      #expect(
        message.contains(
          " cannot be opened with the password of CLIENTKEYPASSWORD (line 6); correct the password"),
        "\(message)")
      #expect(!message.contains(wrong))
    }
    let error = #expect(throws: EntraSyncError.self) {
      try TestCredentials.pair(certificate, key)
    }
    #expect(
      error?.message.contains(" is encrypted; add a line CLIENTKEYPASSWORDFILE = ") == true,
      "\(error?.message ?? "")")
  }

  @Test("A PKCS#12 file without a password needs none", arguments: ["open.p12", "plain.p12"])
  func needsNone(name: String) throws {
    let pair = try TestCredentials.pair(name, nil)
    let good = try TestCredentials.pair("good.pem", "good.key")
    #expect(pair.certificate == good.certificate)
    // A password that is not needed is not in the way.
    let other = try TestCredentials.pair(name, nil, password: "word")
    #expect(other.certificate == good.certificate)
  }

  @Test(
    "Where OpenSSL's legacy provider is missing, the command that converts the file is named",
    arguments: [
      ("old.p12", nil, "openssl pkcs12 -legacy -in OLD.pfx -out NEW.pem"),
      (
        "good.pem", "old.key", "openssl pkey -provider legacy -provider default -aes256 -in OLD.pem"
      ),
      (
        "good.pem", "old-traditional.key",
        "openssl pkey -provider legacy -provider default -aes256 -in OLD.pem"
      ),
    ] as [(String, String?, String)])
  func namesCommand(certificate: String, key: String?, command: String) throws {
    let error = #expect(throws: EntraSyncError.self) {
      try TestCredentials.pair(
        certificate, key, password: TestCredentials.password,
        decryption: Decryption(modules: "/nonexistent"))
    }
    #expect(error?.message.contains(command) == true, "\(error?.message ?? "")")
  }

  @Test("What needs no legacy provider is opened without it", arguments: ["good.p12", "des.p12"])
  func needsNoLegacy(name: String) throws {
    _ = try TestCredentials.pair(
      name, nil, password: TestCredentials.password,
      decryption: Decryption(modules: "/nonexistent"))
  }

  @Test(
    "A file that hashes its password very often is refused, and takes no time",
    arguments: [("good.p12", nil), ("good.pem", "encrypted.key"), ("no-mac.p12", nil)]
      as [(String, String?)])
  func refusesSlow(certificate: String, key: String?) throws {
    let error = #expect(throws: EntraSyncError.self) {
      try TestCredentials.pair(
        certificate, key, password: TestCredentials.password, decryption: Decryption(rounds: 2047))
    }
    #expect(error?.message.contains(" hashes its password so often ") == true)
  }

  @Test("The legacy provider is not loaded for others in the process")
  func leavesProcess() throws {
    _ = try TestCredentials.pair("old.p12", nil, password: TestCredentials.password)
    #expect(OSSL_PROVIDER_available(nil, "legacy") == 0)
    #expect(!OpenSSL.knows(cipher: "RC2-40-CBC"))
  }

  @Test(
    "A file that is cut off is refused as one", arguments: ["good.p12", "both.pem", "good.der"])
  func refusesCut(name: String) throws {
    let whole = try Data(contentsOf: URL(filePath: TestCredentials.path(name)))
    for count in [whole.count / 2, whole.count - 10, whole.count - 30] {
      let material = OpenSSL.apart {
        KeyMaterial(
          Secret(whole.prefix(count)), password: Secret(TestCredentials.password.utf8),
          Decryption())
      }
      #expect(material.certificates.isEmpty)
      #expect(material.isDamaged == (name != "good.der"))
    }
  }

  @Test("Reading encrypted files leaves OpenSSL's unread errors of the process as they were")
  func leavesErrors() throws {
    ERR_clear_error()
    for password in [TestCredentials.password, "wrong"] {
      for (certificate, key, _) in Self.encrypted {
        _ = try? TestCredentials.pair(certificate, key, password: password)
      }
    }
    #expect(ERR_get_error() == 0)
  }
}
