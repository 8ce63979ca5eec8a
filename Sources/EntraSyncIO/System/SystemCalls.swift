import Glibc

/// Makes every system call that touches files.
///
/// Each call is repeated after EINTR, and a failure becomes an ``Errno``. Tests can make any call
/// fail by setting ``fault``, which the library itself never sets.
struct SystemCalls {
  /// The name of a call, for tests.
  enum Name: String, CaseIterable, Sendable {
    case open, close, fstat, lstat, read, write, fchown, fchmod, fsync, rename, unlink, readlink,
      readdir, mkdir, getcwd
    case fcntl, flock, flistxattr, fgetxattr, fsetxattr, fremovexattr
  }

  /// What a test makes happen to a call.
  enum Fault {
    /// It fails with this errno.
    case error(Int32)
    /// It reads or writes half of the bytes that it is asked to.
    case short
  }

  /// Decides, before a call is made, whether and how it fails.
  var fault: ((Name) -> Fault?)?

  /// Creates calls that go to the system without faults.
  init() {}

  /// The user whose rights this process has.
  var user: uid_t { geteuid() }

  /// Makes one call, and repeats it while it is interrupted.
  ///
  /// - Parameters:
  ///   - name: The call's name, for ``fault``.
  ///   - body: Makes the call, with half of its bytes if `isShort` is true.
  /// - Throws: The errno of a negative result.
  /// - Returns: What the call returned.
  func call<Result: SignedInteger>(
    _ name: Name, _ body: (_ isShort: Bool) -> Result
  ) throws(Errno) -> Result {
    while true {
      var isShort = false
      var forced: Int32?
      switch fault?(name) {
      case .error(let code): forced = code
      case .short: isShort = true
      case nil: break
      }
      let result = forced == nil ? body(isShort) : -1
      if result >= 0 { return result }
      let code = forced ?? errno
      if code != EINTR { throw Errno(code: code) }
    }
  }

  /// Makes one call whose bytes cannot be halved.
  func call<Result: SignedInteger>(_ name: Name, _ body: () -> Result) throws(Errno) -> Result {
    try call(name) { _ in body() }
  }
}
