import Foundation
import Programs
import Testing

@testable import GraphSimulator

/// A client assertion that the program `openssl` signs with a key that `Tests/credentials` makes.
struct SignedAssertion {
  /// The header.
  var header: [String: Any]
  /// The claims.
  var claims: [String: Any]
  /// The file of the key that signs the assertion.
  var key = "good.key"
  /// The signature options of `openssl`, which choose the padding.
  var padding = ["rsa_padding_mode:pss", "rsa_pss_saltlen:digest"]

  /// Creates an assertion that ``Answering`` accepts.
  init() throws {
    let registration = Registration()
    header = ["alg": "PS256", "typ": "JWT", "x5t#S256": try Self.thumbprint(of: "good.pem")]
    let now = Int(Date.now.timeIntervalSince1970)
    claims = [
      "aud": "https://login.microsoftonline.com/\(registration.tenant)/oauth2/v2.0/token",
      "iss": registration.clientID, "sub": registration.clientID,
      "jti": "11111111-2222-4333-8444-555555555555", "nbf": now, "iat": now, "exp": now + 600,
    ]
  }

  /// Signs the assertion, and returns its three parts with dots between them.
  func text() throws -> String {
    let input = try [header, claims].map {
      try Self.encode(JSONSerialization.data(withJSONObject: $0))
    }
    .joined(separator: ".")
    let signature = try Program.run(
      ["openssl", "dgst", "-sha256", "-sign", Self.path(key)]
        + padding.flatMap { ["-sigopt", $0] }, input: Array(input.utf8))
    return "\(input).\(Self.encode(signature))"
  }

  /// The thumbprint of a certificate, encoded as in the header.
  static func thumbprint(of name: String, hash: String = "sha256") throws -> String {
    let der = try Program.run(["openssl", "x509", "-in", path(name), "-outform", "der"])
    return encode(try Program.run(["openssl", "dgst", "-\(hash)", "-binary"], input: der))
  }

  /// The text of a file that `Tests/credentials` makes.
  static func text(of name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }

  private static func encode(_ data: some DataProtocol) -> String {
    Data(data).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }

  private static let folder: String = {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let said = try? Program.run([tests.appending(path: "credentials").path])
    return String(decoding: said ?? [], as: UTF8.self).trimmingCharacters(in: .newlines)
  }()

  private static func path(_ name: String) throws -> String {
    "\(try #require(folder.isEmpty ? nil : folder))/\(name)"
  }
}
