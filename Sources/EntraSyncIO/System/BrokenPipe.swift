import Glibc

/// Keeps a broken connection from killing the process that the library runs in.
///
/// OpenSSL writes to sockets with `write`, which raises SIGPIPE when the peer is gone. The signal
/// is blocked for this thread while libcurl works. If one was raised, it is consumed before the
/// signal is unblocked. So the process's own handlers are neither changed nor called.
enum BrokenPipe {
  /// Runs `body` with SIGPIPE blocked.
  ///
  /// - Parameter body: Calls libcurl, but no callback of the library's caller.
  /// - Returns: What `body` returns.
  static func shielded<Result>(_ body: () -> Result) -> Result {
    var pending = sigset_t()
    sigpending(&pending)
    if sigismember(&pending, SIGPIPE) == 1 { return body() }

    var pipe = sigset_t()
    var before = sigset_t()
    sigemptyset(&pipe)
    sigaddset(&pipe, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &pipe, &before)
    let result = body()
    var none = timespec()
    while sigtimedwait(&pipe, nil, &none) == -1 && errno == EINTR {}
    pthread_sigmask(SIG_SETMASK, &before, nil)
    return result
  }
}
