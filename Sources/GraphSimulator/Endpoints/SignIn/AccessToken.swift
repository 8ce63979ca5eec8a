import Foundation

/// An access token in the form that Entra ID gives it for Graph: a JSON Web Token.
///
/// - SeeAlso: Microsoft identity platform, "access token claims reference".
struct AccessToken {
  /// The application that the token is for.
  let registration: Registration
  /// The resource that accepts the token: the scheme and host of Graph.
  let audience: String
  /// The roles of the application; without any, the token has no `roles` claim.
  let roles: [Role]
  /// The time at which the token is issued.
  let issued: Date
  /// The lifetime in seconds.
  let lifetime: Int
  /// The object id of who the token is about, for a managed identity.
  var objectID: String?

  /// Makes the token's text, a different one each time: header, payload and signature.
  ///
  /// It is shorter than a real one, since the server reads long headers slowly.
  ///
  /// - Parameter length: The fewest bytes that it has.
  /// - Returns: Three parts with dots between.
  func text(atLeast length: Int = 0) -> String {
    let claims = [Self.encode(header), Self.encode(payload)].joined(separator: ".")
    // The random text is at least as long as a 64-byte signature. Nobody verifies it; the
    // simulator compares whole tokens.
    return "\(claims).\(OpaqueText.random(length: max(86, length - claims.utf8.count - 1)))"
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
    ]
    if let objectID { (claims["oid"], claims["sub"]) = (objectID, objectID) }
    if !roles.isEmpty { claims["roles"] = roles.map(\.rawValue) }
    return claims
  }

  private static func encode(_ object: [String: Any]) -> String {
    let json = try? JSONSerialization.data(
      withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
    return Base64URL.encode(json ?? Data())
  }
}
