import COpenSSL
import EntraSync
import Foundation
import Programs
import Testing

@testable import EntraSyncIO

@Suite("A certificate and its key")
struct CertificateKeyTests {
  @Test(
    "A certificate and its key are read from the files that OpenSSL and others write",
    arguments: [
      ("good.pem", "good.key"), ("both.pem", "both.pem"), ("chain.pem", "good.key"),
      ("good.pem", "traditional.key"), ("expired.pem", "good.key"), ("good.der", "good.key"),
      ("both.pem", nil), ("windows.pem", nil), ("windows.pem", "windows.pem"), ("vault.pem", nil),
      ("vault.pem", "vault.pem"), ("export.pem", nil), ("chain.pem", "vault.pem"),
    ] as [(String, String?)])
  func areRead(certificate: String, key: String?) throws {
    let pair = try TestCredentials.pair(certificate, key)
    #expect(pair.certificate.keyLength == 2048)
    #expect(pair.sign([1, 2, 3])?.count == 256)
  }

  @Test("A certificate's fields are those that the openssl command shows")
  func agreeWithOpenSSL() throws {
    let certificate = try TestCredentials.pair("good.pem", "good.key").certificate
    func openssl(_ arguments: String...) throws -> String {
      let certificate = TestCredentials.path("good.pem")
      return String(
        decoding: try Program.run(
          ["openssl", "x509", "-noout", "-in", certificate] + arguments), as: UTF8.self)
    }
    let sha256 = certificate.thumbprint.map { String(format: "%02X", $0) }.joined(separator: ":")
    #expect(try openssl("-fingerprint", "-sha256").contains("=\(sha256)"))
    let sha1 = try openssl("-fingerprint", "-sha1").replacing(":", with: "")
    #expect(sha1.contains("=\(certificate.shownThumbprint)"))

    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = .gmt
    formatter.dateFormat = "yyyy-MM-dd HH:mm:ss"
    let dates = try openssl("-dates", "-dateopt", "iso_8601")
    for (name, seconds) in [("notBefore", certificate.begins), ("notAfter", certificate.ends)] {
      let text = formatter.string(from: Date(timeIntervalSince1970: seconds))
      #expect(dates.contains("\(name)=\(text)Z"))
    }
  }

  @Test(
    "The certificate that belongs to the key is taken, wherever it stands",
    arguments: [
      ("vault.pem", nil, nil), ("export.pem", nil, nil), ("chain.pem", "good.key", nil),
      ("good.p12", nil, TestCredentials.password), ("renewed.pem", "good.key", nil),
    ] as [(String, String?, String?)])
  func areChosen(certificate: String, key: String?, password: String?) throws {
    let pair = try TestCredentials.pair(certificate, key, password: password)
    let good = try TestCredentials.pair("good.pem", "good.key")
    #expect(pair.certificate == good.certificate)
    let isOfSeveral = pair.warnings.contains {
      $0.hasPrefix("the file of CLIENTCERTIFICATE (line 4) holds 3 certificates whose private key ")
        && $0.contains(good.certificate.shownThumbprint)
    }
    #expect(isOfSeveral == (certificate == "renewed.pem"))
    #expect(pair.warnings.count == (isOfSeveral ? 1 : 0))
  }

  /// Two files, the key and line that the message names, and what the message says.
  static let unusable: [(certificate: String, key: String?, place: String, words: String)] = [
    ("good.pem", "other.key", "CLIENTKEY (line 5)", "holds the key of another certificate;"),
    (
      "chain.pem", "curve.key", "CLIENTKEY (line 5)",
      "holds the key of another certificate than the 2 in the file of CLIENTCERTIFICATE (line 4);"
    ),
    ("good.pem", "encrypted.key", "CLIENTKEY (line 5)", "is encrypted; add a line CLIENTKEYPASS"),
    ("good.pem", "encrypted-traditional.key", "CLIENTKEY (line 5)", "is encrypted; add a line"),
    ("encrypted.pem", nil, "CLIENTCERTIFICATE (line 4)", "is encrypted; add a line"),
    ("good.p12", nil, "CLIENTCERTIFICATE (line 4)", "is encrypted; add a line"),
    ("no-mac.p12", nil, "CLIENTCERTIFICATE (line 4)", "is encrypted; add a line"),
    ("good.pem", "good.pem", "CLIENTKEY (line 5)", "holds no private key; name a file in PEM"),
    ("good.pem", "good.der", "CLIENTKEY (line 5)", "holds no private key; name a file in PEM"),
    ("good.pem", "openssl.log", "CLIENTKEY (line 5)", "holds no private key; name a file in PEM"),
    ("good.pem", nil, "CLIENTCERTIFICATE (line 4)", "holds no private key; add a line CLIENTKEY"),
    ("good.pem", "nothing", "CLIENTKEY (line 5)", "cannot be used: there is no such file"),
    ("good.pem", ".", "CLIENTKEY (line 5)", "cannot be used: it is a folder"),
    ("good.key", "good.key", "CLIENTCERTIFICATE (line 4)", "holds no certificate; name a file"),
    ("good.csr", "good.key", "CLIENTCERTIFICATE (line 4)", "holds no certificate; name a file"),
    ("nothing", "good.key", "CLIENTCERTIFICATE (line 4)", "cannot be used: there is no such file"),
  ]

  @Test(
    "A certificate or key that cannot be used is refused with the key's name and line",
    arguments: unusable)
  func areRefused(certificate: String, key: String?, place: String, words: String) throws {
    let error = #expect(throws: EntraSyncError.self) {
      try TestCredentials.pair(certificate, key)
    }
    #expect(error?.status == .configuration)
    let start = "the file of \(place) \(words)"
    #expect(error?.message.hasPrefix(start) == true, "\(error?.message ?? "")")
  }

  @Test("Reading a certificate leaves OpenSSL's unread errors of the process as they were")
  func leaveErrors() throws {
    let source = try #require(OpenSSLObject(BIO_new_mem_buf("x", 1)) { BIO_free($0) })
    ERR_clear_error()
    #expect(PEM_read_bio_X509(source.pointer, nil, nil, nil) == nil)
    let theirs = ERR_peek_last_error()
    #expect(theirs != 0)
    _ = #expect(throws: EntraSyncError.self) {
      try TestCredentials.pair("good.pem", "encrypted.key")
    }
    _ = try TestCredentials.pair("good.pem", "good.key").sign([1])
    #expect(ERR_get_error() == theirs)
    #expect(ERR_get_error() == 0)
  }
}
