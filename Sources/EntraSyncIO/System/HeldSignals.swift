import CSystem
import Glibc

/// The signals of the calling thread, held back while libcurl or the kernel works for the library.
///
/// libcurl looks names up in a thread of its own, which inherits the mask of the thread that starts
/// it. No handler of the process may run there: perl, for one, does not know that thread, and
/// crashes. So all signals are blocked while libcurl can start one. A signal that comes meanwhile
/// stays pending, and arrives when the mask is restored.
///
/// Two signals can be the library's own doing. A write to a connection whose peer is gone raises
/// SIGPIPE, and one past RLIMIT_FSIZE (`ulimit -f`) raises SIGXFSZ; the call's error says the same.
/// Such a signal is taken away before the mask is restored, so that the process's handlers are
/// neither changed nor called.
///
/// Source: pthread_sigmask(3), signal(7).
struct HeldSignals {
  /// Which signals are held back.
  enum Extent {
    /// All but ``faults``, while libcurl can start a thread.
    case all
    /// Those that a write can raise.
    case ofWriting
  }

  /// What the thread itself does wrong raises these. POSIX does not define what happens if they are
  /// blocked then; Linux ends the process without the handler by which it may report its crash. A
  /// thread of libcurl gets them for its own faults alone: those that somebody sends go to the
  /// thread of a process that began with it, if it does not block them.
  private static var faults: [Int32] { [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS] }
  private static var ofWriting: [Int32] { [SIGPIPE, SIGXFSZ] }

  private var before = sigset_t()
  /// The signals of writing that were not pending before.
  private var ours = sigset_t()

  /// Blocks signals for this thread until ``release()``.
  ///
  /// - Parameter extent: Which ones.
  init(_ extent: Extent) {
    var pending = sigset_t()
    sigpending(&pending)
    sigemptyset(&ours)
    var blocked = sigset_t()
    switch extent {
    case .all:
      sigfillset(&blocked)
      for signal in HeldSignals.faults { sigdelset(&blocked, signal) }
    case .ofWriting: sigemptyset(&blocked)
    }
    for signal in HeldSignals.ofWriting {
      sigaddset(&blocked, signal)
      if sigismember(&pending, signal) == 0 { sigaddset(&ours, signal) }
    }
    pthread_sigmask(SIG_BLOCK, &blocked, &before)
  }

  /// Takes away what the library has raised, and restores the thread's own mask; errno stays as it
  /// is.
  func release() {
    let code = errno
    var wanted = ours
    var none = timespec()
    var strangers: [siginfo_t] = []
    while true {
      var found = siginfo_t()
      let signal = sigtimedwait(&wanted, &found, &none)
      if signal == -1, errno != EINTR { break }
      if signal > 0, shim_signal_is_own(&found) == 0 { strangers.append(found) }
    }
    // Somebody has sent the process the same signal.
    for stranger in strangers { withUnsafePointer(to: stranger) { shim_return_signal($0) } }
    var mask = before
    pthread_sigmask(SIG_SETMASK, &mask, nil)
    errno = code
  }

  /// Runs `body` with signals blocked.
  ///
  /// - Parameters:
  ///   - extent: Which ones.
  ///   - body: What must not be interrupted. It calls no callback of the library's caller.
  /// - Returns: What `body` returns.
  static func during<Result>(_ extent: Extent, _ body: () -> Result) -> Result {
    let held = HeldSignals(extent)
    defer { held.release() }
    return body()
  }
}
