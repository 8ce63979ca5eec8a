import Foundation

/// Runs code whose file descriptors can be counted, though other tests run at the same time.
enum PrivateDescriptors {
  /// Why the code was not run.
  struct Unavailable: Error {}

  /// Runs `body` on a thread of its own that has a table of descriptors of its own, in which only
  /// standard input, output and error are open.
  ///
  /// Source: close_range(2), CLOSE_RANGE_UNSHARE.
  ///
  /// - Parameter body: What to run. It must not record issues, since a thread belongs to no test.
  /// - Throws: What `body` throws.
  /// - Returns: What `body` returns.
  static func with<Result: Sendable>(
    _ body: @escaping @Sendable () throws -> Result
  ) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        guard closeOthers() == 0 else { return continuation.resume(throwing: Unavailable()) }
        continuation.resume(with: .init(catching: body))
      }
    }
  }

  /// Gives the calling thread a table of its own, without what is open from number 3 on.
  ///
  /// Glibc's module does not declare `close_range`, which is a GNU extension.
  private static func closeOthers() -> Int32 {
    typealias CloseRange = @convention(c) (UInt32, UInt32, Int32) -> Int32
    guard let function = dlsym(nil, "close_range") else { return -1 }
    let unshare: Int32 = 1 << 1
    return unsafeBitCast(function, to: CloseRange.self)(3, .max, unshare)
  }

  /// Puts another file in the place of one that the calling thread has open, as a host may.
  ///
  /// - Parameter path: The file's path.
  static func replace(_ path: String) {
    var file = stat()
    guard stat(path, &file) == 0 else { return }
    for number in open {
      var status = stat()
      guard fstat(number, &status) == 0, status.st_dev == file.st_dev,
        status.st_ino == file.st_ino
      else { continue }
      let other = Glibc.open("/dev/null", O_WRONLY)
      dup2(other, number)
      close(other)
    }
  }

  /// The numbers of the calling thread's open descriptors.
  static var open: [Int32] { (0..<256).filter { fcntl($0, F_GETFD) >= 0 } }
}
