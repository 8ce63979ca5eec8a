import EntraSync
import Foundation
import Programs

@testable import EntraSyncIO

/// The certificates and keys that `Tests/credentials` makes.
enum TestCredentials {
  /// The folder's path.
  static let folder: String = {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    do {
      let said = try Program.run([tests.appending(path: "credentials").path])
      return String(decoding: said, as: UTF8.self).trimmed
    } catch {
      return "Tests/credentials: \(error)"
    }
  }()

  /// A file's path.
  static func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// What a file holds.
  static func text(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }

  /// A certificate with a key, read as a configuration reads them.
  static func pair(
    _ certificate: String, _ key: String
  ) throws(EntraSyncError) -> CertificateKey {
    let configuration = try configuration(certificate, key)
    return try CertificateKey(
      certificate: CredentialFile(
        .clientCertificate, at: path(certificate), of: configuration, besides: Path("/")),
      key: CredentialFile(.clientKey, at: path(key), of: configuration, besides: Path("/")))
  }

  /// A configuration that names them in its lines 4 and 5.
  static func configuration(
    _ certificate: String, _ key: String
  ) throws(EntraSyncError) -> Configuration {
    let id = "4290173a-9421-4eb6-acb4-03f2add15a5f"
    let text = """
      TENANTID = \(id)
      CLIENTID = \(id)
      GROUPID = \(id)
      CLIENTCERTIFICATE = \(path(certificate))
      CLIENTKEY = \(path(key))
      """
    return try Configuration(Array(text.utf8), path: "test.entraidconf")
  }
}
