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
  private nonisolated(unsafe) static var isReady = false
  private nonisolated(unsafe) static var gate = pthread_rwlock_t()
  /// Whether the calling thread is at work.
  private nonisolated(unsafe) static var atWork = pthread_key_t()

  /// Begins the library's work. It is no generic function, which would need Swift's runtime first.
  ///
  /// - Returns: Whether ``leave()`` ends it; `false` inside of other work.
  public static func enter() -> Bool {
    guard isReady, pthread_getspecific(atWork) == nil else { return false }
    begin()
    return true
  }

  /// Runs `body`, which waits or is the library's caller's, so that other threads may fork.
  ///
  /// - Parameter body: What to do outside of the work.
  /// - Returns: What `body` returns.
  public static func outside<Result>(_ body: () -> Result) -> Result {
    guard isReady, pthread_getspecific(atWork) != nil else { return body() }
    leave()
    defer { begin() }
    return body()
  }

  /// A signal handler may fork between the two steps, and has to find the thread at work then.
  private static func begin() {
    pthread_setspecific(atWork, UnsafeRawPointer(bitPattern: 1))
    pthread_rwlock_rdlock(&gate)
  }

  /// Ends the library's work.
  public static func leave() {
    pthread_rwlock_unlock(&gate)
    pthread_setspecific(atWork, nil)
  }

  /// Sets the gate up, once and while no thread is at work.
  public static func ready() {
    guard pthread_key_create(&atWork, nil) == 0 else { return }
    open()
    isReady = true
    pthread_atfork(
      {
        if pthread_getspecific(ForkGate.atWork) == nil { pthread_rwlock_wrlock(&ForkGate.gate) }
      },
      {
        if pthread_getspecific(ForkGate.atWork) == nil { pthread_rwlock_unlock(&ForkGate.gate) }
      },
      {
        // The other threads' work is not in the child.
        ForkGate.open()
        if pthread_getspecific(ForkGate.atWork) != nil { pthread_rwlock_rdlock(&ForkGate.gate) }
      })
  }

  private static func open() {
    var kind = pthread_rwlockattr_t()
    pthread_rwlockattr_init(&kind)
    // However many threads work, one that forks gets its turn.
    pthread_rwlockattr_setkind_np(&kind, Int32(PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP))
    pthread_rwlock_init(&gate, &kind)
  }
}
