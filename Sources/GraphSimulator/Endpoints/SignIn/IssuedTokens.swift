/// The access tokens that were issued, each with its end and its roles.
struct IssuedTokens: Sendable {
  private struct Token {
    let end: ContinuousClock.Instant
    let roles: [Role]
    /// The number of the demand for claims that it was asked for with.
    let demand: Int
  }

  private var known: [String: Token] = [:]
  /// How often claims were demanded; each demand has other claims.
  private var demand = 0

  /// Remembers an issued token.
  ///
  /// - Parameters:
  ///   - token: The token.
  ///   - end: The time at which it expires.
  ///   - roles: The roles that it gives.
  ///   - claims: The claims that it was asked for with, if any.
  mutating func add(
    _ token: String, until end: ContinuousClock.Instant, roles: [Role], claims: String? = nil
  ) {
    known[token] = Token(end: end, roles: roles, demand: claims == self.claims ? demand : 0)
  }

  /// Accepts only tokens that are asked for with new claims, from now on.
  mutating func demandClaims() { demand += 1 }

  /// The claims that a token must have; nil as long as any token is accepted.
  var claims: String? {
    demand == 0
      ? nil
      : "{\"access_token\":{\"nbf\":{\"essential\":true, \"value\":\"\(1_604_106_651 + demand)\"},"
        + "\"xms_rp_ipaddr\":{\"value\":\"203.0.113.7\"}}}"
  }

  /// Finds the caller behind an `Authorization` header.
  ///
  /// - Parameters:
  ///   - header: The header's value, if there is one.
  ///   - now: The current time.
  /// - Returns: The state and the roles of the token.
  func judge(_ header: String?, now: ContinuousClock.Instant) -> Caller {
    guard let header else { return Caller(bearer: .absent, roles: []) }
    let parts = header.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer",
      let token = known[String(parts[1])]
    else { return Caller(bearer: .unknown, roles: []) }
    let good: ReceivedRequest.Bearer = token.demand < demand ? .challenged : .good
    return Caller(
      bearer: now < token.end ? good : .expired, roles: token.roles, claims: claims)
  }

  /// Makes all tokens that were issued so far expire.
  mutating func expireAll(now: ContinuousClock.Instant) {
    known = known.mapValues {
      Token(end: min($0.end, now), roles: $0.roles, demand: $0.demand)
    }
  }
}

/// Text without a meaning for its receiver.
enum OpaqueText {
  /// Random letters, digits, `-` and `_`.
  static func random(length: Int) -> String {
    String((0..<length).map { _ in alphabet.randomElement() ?? "A" })
  }

  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
}

/// The sender of a request, as its access token describes it.
struct Caller: Sendable {
  /// The state of the token in the `Authorization` header.
  let bearer: ReceivedRequest.Bearer
  /// The roles in the token.
  let roles: [Role]
  /// The claims that a token must have, if any.
  var claims: String?

  /// Checks that the token is good and has all the roles that are needed.
  ///
  /// - Throws: Graph's error if the token is not good, or a role is missing.
  func check(_ needed: [Role]) throws(GraphError) {
    if let refusal = GraphError.refusal(of: bearer, claims: claims) { throw refusal }
    guard needed.allSatisfy(roles.contains) else { throw .forbidden }
  }
}
