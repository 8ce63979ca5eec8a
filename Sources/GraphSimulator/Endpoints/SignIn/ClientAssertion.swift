import Foundation

/// A client's JSON Web Token, taken apart; nothing in it has been checked.
struct ClientAssertion {
  /// The algorithm that its header names.
  let algorithm: String
  /// The certificate's SHA-256 hash that its header names.
  let thumbprint: [UInt8]?
  /// The certificate's SHA-1 hash that its header names.
  let oldThumbprint: [UInt8]?
  /// Its claims.
  let claims: [String: Any]
  /// What was signed.
  let signingInput: [UInt8]
  /// The signature.
  let signature: [UInt8]

  /// Takes a token apart; `nil` for a text that is no JSON Web Token.
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

  /// A claim that is a text.
  func text(_ name: String) -> String? { claims[name] as? String }

  /// A claim that is a time, in seconds since 1970.
  func time(_ name: String) -> Double? { claims[name] as? Double }

  private static func object(_ part: String) -> [String: Any]? {
    guard let bytes = Base64URL.decode(part) else { return nil }
    return try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
  }
}
