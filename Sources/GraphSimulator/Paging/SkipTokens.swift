/// The skip tokens (`$skiptoken`) that were issued.
///
/// A token is random, and its meaning is kept here, so that a client cannot forge or alter one.
struct SkipTokens: Sendable {
  /// The smallest number of tokens that are remembered; older tokens may have expired.
  static let capacity = 10_000

  private var current: [String: PageRequest] = [:]
  private var previous: [String: PageRequest] = [:]

  /// Issues a new token for a page.
  mutating func issue(for request: PageRequest) -> String {
    if current.count >= Self.capacity {
      previous = current
      current = [:]
    }
    let token = "RFNwdAIAAQAAAB" + OpaqueText.random(length: 120)
    current[token] = request
    return token
  }

  /// The page that a token was issued for; nil if the token is forged or forgotten.
  func request(for token: String) -> PageRequest? {
    current[token] ?? previous[token]
  }
}
