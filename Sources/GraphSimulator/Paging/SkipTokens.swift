/// The `$skiptoken`s given out.
///
/// A token is random and its meaning is kept here, so that it cannot be made up or bent.
struct SkipTokens: Sendable {
  /// How many tokens are remembered at least; older ones have expired.
  static let capacity = 10_000

  private var current: [String: PageRequest] = [:]
  private var previous: [String: PageRequest] = [:]

  /// A new token for a page.
  mutating func issue(for request: PageRequest) -> String {
    if current.count >= Self.capacity {
      previous = current
      current = [:]
    }
    let token = "RFNwdAIAAQAAAB" + OpaqueText.random(length: 120)
    current[token] = request
    return token
  }

  /// The page that a token was given out for; nil for a forged or long forgotten one.
  func request(for token: String) -> PageRequest? {
    current[token] ?? previous[token]
  }
}
