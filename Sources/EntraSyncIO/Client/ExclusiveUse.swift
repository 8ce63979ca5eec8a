import EntraSync

/// Lets one call at a time use an object. A callback that used it again would change it during the
/// run that called it.
final class ExclusiveUse {
  private let name: String
  private var isTaken = false
  /// Where the call that uses the object has begun.
  private(set) var origin = CallOrigin()

  /// Begins with the object not in use.
  ///
  /// - Parameter name: What messages call the object.
  init(of name: String) {
    self.name = name
  }

  /// Refuses to change the object while a call uses it.
  ///
  /// - Throws: `.invalidArgument` in a callback of a call that has not ended.
  func check() throws(EntraSyncError) {
    guard !isTaken else {
      throw EntraSyncError(
        .invalidArgument, "the \(name) is at work; a callback must not use it a second time")
    }
  }

  /// Runs `body` while no other call can use the object.
  ///
  /// - Parameter body: Uses the object.
  /// - Throws: `.invalidArgument` in a callback of a call that has not ended, and in a child that
  ///   a callback has forked, and what `body` throws.
  /// - Returns: What `body` returns.
  func alone<Result>(
    _ body: () throws(EntraSyncError) -> Result
  ) throws(EntraSyncError) -> Result {
    try check()
    isTaken = true
    origin = CallOrigin()
    defer { isTaken = false }
    let result: Result
    do {
      result = try body()
    } catch {
      try origin.check()
      throw error
    }
    // The last callback may have forked.
    try origin.check()
    return result
  }
}
