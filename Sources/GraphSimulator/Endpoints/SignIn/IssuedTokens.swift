/// The access tokens given out, each with the end of its life and what it is good for.
struct IssuedTokens: Sendable {
  private var known: [String: (end: ContinuousClock.Instant, roles: [Role])] = [:]

  /// Remembers a token that is given out.
  ///
  /// - Parameters:
  ///   - token: The token.
  ///   - end: When it stops being good.
  ///   - roles: What the application may do with it.
  mutating func add(_ token: String, until end: ContinuousClock.Instant, roles: [Role]) {
    known[token] = (end, roles)
  }

  /// What an `Authorization` header is worth.
  ///
  /// - Parameters:
  ///   - header: The header's value, if there is one.
  ///   - now: The time to compare with.
  /// - Returns: Whether it holds a token of this simulator that is still good, and for what.
  func judge(_ header: String?, now: ContinuousClock.Instant) -> Caller {
    guard let header else { return Caller(bearer: .absent, roles: []) }
    let parts = header.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer",
      let token = known[String(parts[1])]
    else { return Caller(bearer: .unknown, roles: []) }
    return Caller(bearer: now < token.end ? .good : .expired, roles: token.roles)
  }

  /// Ends the life of all tokens given out so far.
  mutating func expireAll(now: ContinuousClock.Instant) {
    known = known.mapValues { (min($0.end, now), $0.roles) }
  }
}

/// Text that means nothing to whoever receives it.
enum OpaqueText {
  /// Random letters, digits, `-` and `_`.
  static func random(length: Int) -> String {
    String((0..<length).map { _ in alphabet.randomElement() ?? "A" })
  }

  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
}

/// Who sends a request, as far as its access token tells.
struct Caller: Sendable {
  /// What the `Authorization` header is worth.
  let bearer: ReceivedRequest.Bearer
  /// What the application may do, by its token.
  let roles: [Role]

  /// Checks that the token is good and names some roles.
  ///
  /// - Throws: What Graph answers where it is not, or does not.
  func check(_ needed: [Role]) throws(GraphError) {
    if let refusal = GraphError.refusal(of: bearer) { throw refusal }
    guard needed.allSatisfy(roles.contains) else { throw .forbidden }
  }
}
