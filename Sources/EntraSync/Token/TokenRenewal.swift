/// Whether what was refused for its token is asked again with another one.
///
/// A token may die before its time; a new one that is refused too was never good. One that another
/// process has left says nothing about new ones, and does not count.
public struct TokenRenewal: Sendable {
  /// How many tokens of other processes may be refused, one after the other, before one of its own
  /// is asked for: the one of a moment ago, and the one that has followed it since.
  public static let mostDeadLoans = 2

  private var isRenewed = false
  private var deadLoans = 0

  /// Nothing was refused yet.
  public init() {}

  /// Decides after a refusal.
  ///
  /// - Parameter isTokenBorrowed: Whether another process had left the token.
  /// - Returns: Whether to ask again.
  public mutating func isDue(isTokenBorrowed: Bool) -> Bool {
    if isTokenBorrowed, deadLoans < TokenRenewal.mostDeadLoans {
      deadLoans += 1
      return true
    }
    defer { isRenewed = true }
    return !isRenewed
  }
}
