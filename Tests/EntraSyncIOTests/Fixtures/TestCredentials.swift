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

  /// The password of most encrypted files.
  static let password = "geheimgeheim"

  /// A certificate with a key, read as a configuration reads them.
  ///
  /// - Parameters:
  ///   - certificate: The file of CLIENTCERTIFICATE.
  ///   - key: The file of CLIENTKEY; `nil` without that line.
  ///   - password: CLIENTKEYPASSWORD; `nil` without that line.
  ///   - decryption: Opens what is encrypted.
  /// - Throws: `.configuration`.
  /// - Returns: The pair.
  static func pair(
    _ certificate: String, _ key: String?, password: String? = nil,
    decryption: Decryption = Decryption()
  ) throws(EntraSyncError) -> CertificateKey {
    let configuration = try configuration(certificate, key, password: password)
    func read(_ name: ConfigurationKey, _ file: String) throws(EntraSyncError) -> KeyFile {
      guard case .certificate(_, _, let password) = configuration.credential else {
        throw EntraSyncError(.configuration, "no certificate")
      }
      return KeyFile(
        try CredentialFile(name, at: path(file), of: configuration, besides: Path("/")),
        isKeyFile: name == .clientKey,
        password: try password.map { (password) throws(EntraSyncError) in
          try KeyPassword(password, of: configuration, besides: Path("/"))
        }, decryption)
    }
    let certificates = try read(.clientCertificate, certificate)
    let keys = try key.map { (key) throws(EntraSyncError) in try read(.clientKey, key) }
    return try CertificateKey(certificates, keys ?? certificates, at: Clock.wall)
  }

  /// A configuration that names them in its lines 4 to 6.
  static func configuration(
    _ certificate: String, _ key: String?, password: String? = nil
  ) throws(EntraSyncError) -> Configuration {
    let id = "4290173a-9421-4eb6-acb4-03f2add15a5f"
    let text = """
      TENANTID = \(id)
      CLIENTID = \(id)
      GROUPID = \(id)
      CLIENTCERTIFICATE = \(path(certificate))
      \(key.map { "CLIENTKEY = \(path($0))" } ?? "# no key")
      \(password.map { "CLIENTKEYPASSWORD = \($0)" } ?? "# no password")
      """
    return try Configuration(Array(text.utf8), path: "test.entraidconf")
  }
}
