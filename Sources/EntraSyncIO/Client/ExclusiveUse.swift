import EntraSync

/// Lets one call at a time work with something. A callback that used it again would change it under
/// the hands of the run that called.
final class ExclusiveUse {
  private let name: String
  private var isTaken = false

  /// Nobody's turn yet.
  ///
  /// - Parameter name: What messages call the thing.
  init(of name: String) {
    self.name = name
  }

  /// Does one thing alone.
  ///
  /// - Parameter body: Does it.
  /// - Throws: `.invalidArgument` in a callback of a call that has not ended, and what `body` throws.
  /// - Returns: What `body` returns.
  func alone<Result>(
    _ body: () throws(EntraSyncError) -> Result
  ) throws(EntraSyncError) -> Result {
    guard !isTaken else {
      throw EntraSyncError(
        .invalidArgument, "the \(name) is at work; a callback must not use it a second time")
    }
    isTaken = true
    defer { isTaken = false }
    return try body()
  }
}
