/// Whether a request whose token Graph refused is sent again with another token.
///
/// A token may become invalid before its end, but if a new one is refused too, another will not
/// help. A borrowed token, which another process left, says nothing about new ones and does not
/// count. A claims challenge is answered once: a token that has the claims and is refused for the
/// same reason would be refused for ever.
public struct TokenRenewal: Sendable {
  /// How many borrowed tokens may be refused in a row before the client signs in itself: the one
  /// that it had, and the one that another process has left since.
  public static let mostDeadLoans = 2

  private var isRenewed = false
  private var isChallengeAnswered = false
  private var deadLoans = 0

  /// Begins with no refusal.
  public init() {}

  /// Decides after a refusal.
  ///
  /// - Parameters:
  ///   - isTokenBorrowed: Whether the refused token was left by another process.
  ///   - isChallenged: Whether Graph has demanded claims in the next token.
  /// - Returns: Whether to send the request again.
  public mutating func isDue(isTokenBorrowed: Bool, isChallenged: Bool = false) -> Bool {
    if isChallenged {
      defer { isChallengeAnswered = true }
      return !isChallengeAnswered
    }
    if isTokenBorrowed, deadLoans < TokenRenewal.mostDeadLoans {
      deadLoans += 1
      return true
    }
    defer { isRenewed = true }
    return !isRenewed
  }
}
