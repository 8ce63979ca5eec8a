import Foundation

/// Runs code with a umask of its own, though other tests make files at the same time.
enum PrivateUmask {
  /// Why the code was not run.
  struct Unavailable: Error {}

  /// Runs `body` on a thread of its own that has a umask and a working folder of its own.
  ///
  /// Source: unshare(2), CLONE_FS.
  ///
  /// - Parameters:
  ///   - mask: The umask.
  ///   - body: What to run. It must not record issues, since a thread belongs to no test.
  /// - Throws: What `body` throws.
  /// - Returns: What `body` returns.
  static func with<Result: Sendable>(
    _ mask: mode_t, _ body: @escaping @Sendable () throws -> Result
  ) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        guard unshare() == 0 else { return continuation.resume(throwing: Unavailable()) }
        umask(mask)
        continuation.resume(with: .init(catching: body))
      }
    }
  }

  /// Gives the calling thread what it shares with the process's other threads: the umask, the
  /// working folder and the root.
  ///
  /// Glibc's module does not declare `unshare`, which is a GNU extension.
  private static func unshare() -> Int32 {
    typealias Unshare = @convention(c) (Int32) -> Int32
    guard let function = dlsym(nil, "unshare") else { return -1 }
    let filesystem: Int32 = 0x200
    return unsafeBitCast(function, to: Unshare.self)(filesystem)
  }
}
