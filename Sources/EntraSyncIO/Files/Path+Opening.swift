import EntraSync
import Glibc

extension Path {
  /// The path as it leads when a client or a list is opened, wherever the process works later.
  ///
  /// - Parameters:
  ///   - subject: What is opened.
  ///   - system: The calls to use.
  /// - Throws: `.invalidArgument` for a path that is too long, `.file` for a relative path if the
  ///   working folder has no path itself.
  /// - Returns: An absolute path that messages show as this one.
  func atOpening(
    of subject: String, system: SystemCalls = SystemCalls()
  ) throws(EntraSyncError) -> Path {
    // Not in the message, whose reader would have to scroll.
    guard bytes.count - 1 <= Path.longest else {
      throw EntraSyncError(
        .invalidArgument,
        "the \(subject)'s path is longer than the \(Path.longest) bytes that the system takes")
    }
    do {
      return try resolved(system: system)
    } catch {
      throw EntraSyncError(
        .file,
        "the working folder cannot be determined (\(error.reason)); name an absolute path"
      ).about(text)
    }
  }
}
