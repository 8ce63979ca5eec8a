/// The access tokens given out, each with the end of its life.
///
/// They are random and say nothing, as a client must treat Entra's.
struct IssuedTokens: Sendable {
  private var ends: [String: ContinuousClock.Instant] = [:]

  /// A new token.
  ///
  /// - Parameter end: When it stops being good.
  /// - Returns: The token.
  mutating func issue(until end: ContinuousClock.Instant) -> String {
    // As long as real ones are, so that a client's buffers meet that size.
    let token = "eyJ0eXAi" + OpaqueText.random(length: 1_400)
    ends[token] = end
    return token
  }

  /// What an `Authorization` header is worth.
  ///
  /// - Parameters:
  ///   - header: The header's value, if there is one.
  ///   - now: The time to compare with.
  /// - Returns: Whether it holds a token of this simulator that is still good.
  func judge(_ header: String?, now: ContinuousClock.Instant) -> ReceivedRequest.Bearer {
    guard let header else { return .absent }
    let parts = header.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer", let end = ends[String(parts[1])]
    else { return .unknown }
    return now < end ? .good : .expired
  }

  /// Ends the life of all tokens given out so far.
  mutating func expireAll(now: ContinuousClock.Instant) {
    ends = ends.mapValues { min($0, now) }
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
