import Foundation

/// An access token as Entra makes it for Graph: a JSON Web Token whose signature cannot be guessed.
///
/// - SeeAlso: Microsoft identity platform, "access token claims reference".
struct AccessToken {
  /// Whose it is.
  let registration: Registration
  /// What it is good for: Graph's scheme and host.
  let audience: String
  /// What the application may do; without any, there is no such claim.
  let roles: [Role]
  /// When it is made.
  let issued: Date
  /// How long it lives, in seconds.
  let lifetime: Int

  /// The token, another one each time: header, payload and signature.
  func text() -> String {
    // The signature stands for one of 256 bytes; it is random, and nothing checks it but by heart.
    [Self.encode(header), Self.encode(payload), OpaqueText.random(length: 342)]
      .joined(separator: ".")
  }

  private var header: [String: Any] {
    ["typ": "JWT", "alg": "RS256", "kid": "simulated", "x5t": "simulated"]
  }

  private var payload: [String: Any] {
    let now = Int(issued.timeIntervalSince1970)
    var claims: [String: Any] = [
      "aud": audience, "iss": "https://sts.windows.net/\(registration.tenant)/",
      "iat": now, "nbf": now, "exp": now + lifetime, "appid": registration.clientID,
      "tid": registration.tenant, "app_displayname": "Simulated", "appidacr": "1", "idtyp": "app",
      "ver": "1.0", "uti": OpaqueText.random(length: 22),
      // As long as real ones are, so that a client's buffers meet that size.
      "xms_ftd": OpaqueText.random(length: 480),
    ]
    if !roles.isEmpty { claims["roles"] = roles.map(\.rawValue) }
    return claims
  }

  private static func encode(_ object: [String: Any]) -> String {
    let json = try? JSONSerialization.data(
      withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
    return Base64URL.encode(json ?? Data())
  }
}
