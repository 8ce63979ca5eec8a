import Glibc

/// Lets no thread of the process fork while another one is in the middle of the library's work.
///
/// The child would have what that thread was changing, and not the thread: a lock that nobody opens
/// again, or something that happens once and is half done, in the runtime of Swift, in libcurl or
/// in OpenSSL. It would wait for ever. So fork() waits until every other thread waits for a server,
/// is in a callback of the library's caller, or is outside. A thread itself may fork at any time,
/// even in a signal handler that has interrupted the work.
///
/// Source: pthread_atfork(3).
public enum ForkGate {
  /// `nil` before it is ready. Pointers are no variables, which a handler must not use while it
  /// interrupts another use: Swift would take that for a conflict.
  private nonisolated(unsafe) static var gate: UnsafeMutablePointer<pthread_rwlock_t>?
  /// Whether the calling thread is at work.
  private nonisolated(unsafe) static var atWork = pthread_key_t()
  /// The signals that wait while the gate moves.
  private nonisolated(unsafe) static var signals: UnsafeMutablePointer<sigset_t>?
  /// The signals that the thread which forks had blocked before; it has the gate to itself.
  private nonisolated(unsafe) static var maskOfForking = sigset_t()

  /// Begins the library's work. It is no generic function, which would need Swift's runtime first.
  ///
  /// - Returns: Whether ``leave()`` ends it; `false` inside of other work.
  public static func enter() -> Bool {
    guard let gate, pthread_getspecific(atWork) == nil else { return false }
    begin(gate)
    return true
  }

  /// A short piece of work, which waits for nothing and calls nobody back.
  public struct Visit {
    fileprivate let isOutermost: Bool
    /// The thread's signals, which wait until the visit ends.
    fileprivate var mask = sigset_t()
  }

  /// Begins a short piece of work, such as reading a value. As no signal handler runs until
  /// ``end(_:)``, it takes two system calls, where ``enter()`` and ``leave()`` take four.
  public static func visit() -> Visit {
    guard let gate, pthread_getspecific(atWork) == nil else { return Visit(isOutermost: false) }
    var visit = Visit(isOutermost: true)
    pthread_sigmask(SIG_BLOCK, signals, &visit.mask)
    pthread_setspecific(atWork, UnsafeRawPointer(bitPattern: 1))
    pthread_rwlock_rdlock(gate)
    return visit
  }

  /// Ends a short piece of work.
  public static func end(_ visit: Visit) {
    guard visit.isOutermost, let gate else { return }
    pthread_rwlock_unlock(gate)
    pthread_setspecific(atWork, nil)
    var mask = visit.mask
    pthread_sigmask(SIG_SETMASK, &mask, nil)
  }

  /// Runs `body`, which waits or is the library's caller's, so that other threads may fork.
  ///
  /// - Parameter body: What to do outside of the work.
  /// - Returns: What `body` returns.
  public static func outside<Result>(_ body: () -> Result) -> Result {
    guard let gate, pthread_getspecific(atWork) != nil else { return body() }
    leave()
    defer { begin(gate) }
    return body()
  }

  /// A signal handler may fork at any time. It must find a thread that is at work and has the gate,
  /// or neither, so that it does not run in between.
  private static func begin(_ gate: UnsafeMutablePointer<pthread_rwlock_t>) {
    var mask = sigset_t()
    pthread_sigmask(SIG_BLOCK, signals, &mask)
    pthread_setspecific(atWork, UnsafeRawPointer(bitPattern: 1))
    pthread_rwlock_rdlock(gate)
    pthread_sigmask(SIG_SETMASK, &mask, nil)
  }

  /// Ends the library's work.
  public static func leave() {
    guard let gate else { return }
    var mask = sigset_t()
    pthread_sigmask(SIG_BLOCK, signals, &mask)
    pthread_rwlock_unlock(gate)
    pthread_setspecific(atWork, nil)
    pthread_sigmask(SIG_SETMASK, &mask, nil)
  }

  /// Sets the gate up, once and while no thread is at work.
  public static func ready() {
    guard pthread_key_create(&atWork, nil) == 0 else { return }
    let held = UnsafeMutablePointer<sigset_t>.allocate(capacity: 1)
    sigfillset(held)
    // A thread that does something wrong there has to be able to report it.
    sigdelset(held, SIGSEGV)
    sigdelset(held, SIGBUS)
    sigdelset(held, SIGFPE)
    sigdelset(held, SIGILL)
    sigdelset(held, SIGTRAP)
    sigdelset(held, SIGSYS)
    signals = held
    let new = UnsafeMutablePointer<pthread_rwlock_t>.allocate(capacity: 1)
    open(new)
    gate = new
    pthread_atfork({ ForkGate.close() }, { ForkGate.openInParent() }, { ForkGate.openInChild() })
  }

  /// Waits until no other thread is at work, for the calling one, which forks. It does not hold its
  /// signals back for longer than a moment at a time.
  private static func close() {
    guard let gate, pthread_getspecific(atWork) == nil else { return }
    while true {
      var mask = sigset_t()
      pthread_sigmask(SIG_BLOCK, signals, &mask)
      var end = timespec()
      clock_gettime(CLOCK_REALTIME, &end)
      end.tv_nsec += 200_000_000
      if end.tv_nsec >= 1_000_000_000 {
        end.tv_nsec -= 1_000_000_000
        end.tv_sec += 1
      }
      if pthread_rwlock_timedwrlock(gate, &end) != ETIMEDOUT {
        maskOfForking = mask
        return
      }
      pthread_sigmask(SIG_SETMASK, &mask, nil)
    }
  }

  private static func openInParent() {
    guard let gate, pthread_getspecific(atWork) == nil else { return }
    var mask = maskOfForking
    pthread_rwlock_unlock(gate)
    pthread_sigmask(SIG_SETMASK, &mask, nil)
  }

  private static func openInChild() {
    guard let gate else { return }
    // The other threads' work is not in the child.
    open(gate)
    if pthread_getspecific(atWork) != nil {
      pthread_rwlock_rdlock(gate)
    } else {
      var mask = maskOfForking
      pthread_sigmask(SIG_SETMASK, &mask, nil)
    }
  }

  private static func open(_ gate: UnsafeMutablePointer<pthread_rwlock_t>) {
    var kind = pthread_rwlockattr_t()
    pthread_rwlockattr_init(&kind)
    // However many threads work, one that forks gets its turn.
    pthread_rwlockattr_setkind_np(&kind, Int32(PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP))
    pthread_rwlock_init(gate, &kind)
  }
}
