import Foundation

/// The parts of a client assertion, a JSON Web Token; nothing in it has been checked.
struct ClientAssertion {
  /// The algorithm in the header (`alg`).
  let algorithm: String
  /// The SHA-256 hash of the certificate in the header (`x5t#S256`).
  let thumbprint: [UInt8]?
  /// The SHA-1 hash of the certificate in the header (`x5t`).
  let oldThumbprint: [UInt8]?
  /// The claims.
  let claims: [String: Any]
  /// The signed bytes.
  let signingInput: [UInt8]
  /// The signature.
  let signature: [UInt8]

  /// Splits an assertion into its parts; `nil` if the text is not a JSON Web Token.
  ///
  /// - Parameter text: The value of `client_assertion`.
  init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3,
      let header = Self.object(parts[0]), let claims = Self.object(parts[1]),
      let signature = Base64URL.decode(parts[2]), let algorithm = header["alg"] as? String,
      header["typ"] as? String == "JWT"
    else { return nil }
    self.algorithm = algorithm
    thumbprint = (header["x5t#S256"] as? String).flatMap { Base64URL.decode($0) }
    oldThumbprint = (header["x5t"] as? String).flatMap { Base64URL.decode($0) }
    self.claims = claims
    signingInput = Array("\(parts[0]).\(parts[1])".utf8)
    self.signature = signature
  }

  /// The value of a claim, if it is a text.
  func text(_ name: String) -> String? { claims[name] as? String }

  /// The value of a claim, if it is a time, in seconds since 1970.
  func time(_ name: String) -> Double? { claims[name] as? Double }

  private static func object(_ part: String) -> [String: Any]? {
    guard let bytes = Base64URL.decode(part) else { return nil }
    return try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
  }
}
