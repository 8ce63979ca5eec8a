/// Claims that Graph wants in the next token: a JSON object, which goes to Entra ID as it came.
///
/// Conditional Access, and the revocation of an application, make Graph refuse a token that is in
/// date. Another token of the same kind is refused too, unless it was asked for with these claims.
///
/// Source: Microsoft identity platform, "Claims challenges, claims requests and client
/// capabilities"; OpenID Connect Core 1.0, section 5.5.
public struct ClaimsChallenge: Equatable, Sendable {
  /// The most bytes of encoded claims; Graph's have some two hundred.
  private static let longest = 8192
  /// The errors of a challenge that has claims.
  private static let errors = ["insufficient_claims", "invalid_token"]

  /// The claims, decoded.
  public let claims: String

  /// Finds the claims that an answer demands; `nil` without a challenge of the scheme Bearer whose
  /// claims can be read.
  ///
  /// - Parameters:
  ///   - headers: The values of the `WWW-Authenticate` headers of Graph's answer.
  ///   - parse: Reads a JSON document.
  public init?(_ headers: [String], parse: ([UInt8]) -> JSONValue?) {
    guard headers.reduce(0, { $0 + $1.utf8.count }) <= AuthenticateHeader.longest else {
      return nil
    }
    for challenge in headers.flatMap({ AuthenticateHeader($0).challenges }) {
      guard challenge.scheme == "bearer", !challenge.isAmbiguous,
        ClaimsChallenge.errors.contains(challenge.parameters["error"] ?? ""),
        let encoded = challenge.parameters["claims"],
        encoded.utf8.count <= ClaimsChallenge.longest,
        let bytes = [UInt8](base64: encoded.utf8),
        bytes.first != 0xEF, case .object = parse(bytes),
        let claims = String(validating: bytes, as: UTF8.self)
      else { continue }
      self.claims = claims
      return
    }
    return nil
  }
}
