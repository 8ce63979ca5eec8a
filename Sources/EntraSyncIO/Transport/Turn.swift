import CCurl
import EntraSync

/// Sees to it that libcurl comes back, whatever arrives over TLS.
///
/// libcurl reads HTTP/2 as long as there is something to read. Frames that bring a request nothing
/// lead to no callback, so that neither the time nor the observer would be asked, and the thread's
/// signals would be held back. When a turn is over, OpenSSL finds nothing more in the socket.
/// libcurl then comes back as from a slow server, and reads on in the next turn.
///
/// Only TLS connections need it. HTTP/2 is agreed on in TLS's handshake alone, and of what libcurl
/// reads over HTTP/1.1 it tells the ``Transfer``.
///
/// Connections are kept when a transfer has ended, so this object must outlive them all.
final class Turn {
  /// How long a turn is, in nanoseconds: shorter than the time between two calls of an observer.
  private static let length: Int64 = 100_000_000

  private let turn: UnsafeMutablePointer<shim_turn>

  /// Creates what a transport's connections look at.
  init() {
    turn = .allocate(capacity: 1)
    turn.initialize(to: shim_turn())
  }

  deinit { turn.deallocate() }

  /// Makes the connections of a transfer end a turn when it is over.
  ///
  /// - Parameter easy: libcurl's handle.
  /// - Throws: `.network` when libcurl does not take the option.
  func limit(_ easy: UnsafeMutableRawPointer) throws(EntraSyncError) {
    var options = TransferOptions(of: easy)
    options.set(CURLOPT_SSL_CTX_DATA, UnsafeRawPointer(turn))
    try options.check()
  }

  /// Runs `body`, in which libcurl moves its transfers on, as one turn.
  ///
  /// - Parameter body: Calls libcurl.
  /// - Returns: What `body` returns.
  func take<Result>(_ body: () -> Result) -> Result {
    shim_turn_begin(turn, Turn.length)
    defer { shim_turn_begin(turn, 0) }
    return body()
  }
}
