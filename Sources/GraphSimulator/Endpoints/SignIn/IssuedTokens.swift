/// The access tokens that were issued, each with its end and its roles.
struct IssuedTokens: Sendable {
  private var known: [String: (end: ContinuousClock.Instant, roles: [Role])] = [:]

  /// Remembers an issued token.
  ///
  /// - Parameters:
  ///   - token: The token.
  ///   - end: The time at which it expires.
  ///   - roles: The roles that it gives.
  mutating func add(_ token: String, until end: ContinuousClock.Instant, roles: [Role]) {
    known[token] = (end, roles)
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
    return Caller(bearer: now < token.end ? .good : .expired, roles: token.roles)
  }

  /// Makes all tokens that were issued so far expire.
  mutating func expireAll(now: ContinuousClock.Instant) {
    known = known.mapValues { (min($0.end, now), $0.roles) }
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

  /// Checks that the token is good and has all the roles that are needed.
  ///
  /// - Throws: Graph's error if the token is not good, or a role is missing.
  func check(_ needed: [Role]) throws(GraphError) {
    if let refusal = GraphError.refusal(of: bearer) { throw refusal }
    guard needed.allSatisfy(roles.contains) else { throw .forbidden }
  }
}
