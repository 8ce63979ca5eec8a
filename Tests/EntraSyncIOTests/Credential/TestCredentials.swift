import EntraSync
import Foundation

@testable import EntraSyncIO

/// The certificates and keys that `Tests/credentials` makes.
enum TestCredentials {
  /// The folder's path.
  static let folder: String = {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let process = Process()
    let output = Pipe()
    process.executableURL = tests.appending(path: "credentials")
    process.standardOutput = output
    do { try process.run() } catch { return "Tests/credentials: \(error)" }
    let said = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: said, as: UTF8.self).trimmed
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
