import Glibc

/// An open file or folder, which is closed when its owner lets go of it.
///
/// It has one owner and cannot be copied, so that it is closed once, on every way out of a
/// function. No other code of the library closes a file's descriptor. The sockets of connections
/// are the exception: they are libcurl's, see ``Sockets``.
///
/// A callback may close all files that it finds open, and open its own, which then have the same
/// numbers. Those are neither used nor closed.
struct Descriptor: ~Copyable {
  private var opened: Int32
  private let identity: FileIdentity?
  private let system: SystemCalls

  /// The number that the system knows it by, for the calls in ``SystemCalls``; -1, which none of
  /// them accepts, if something else has that number by now.
  var number: Int32 { FileIdentity(of: opened) == identity ? opened : -1 }

  /// Takes over an open descriptor.
  ///
  /// - Parameters:
  ///   - number: The number that the system gave, which nobody else closes.
  ///   - system: The calls to use.
  init(_ number: Int32, system: SystemCalls) {
    opened = number
    identity = FileIdentity(of: number)
    self.system = system
  }

  /// The result of `close` says nothing that `fsync` did not say before.
  deinit {
    guard number >= 0 else { return }
    _ = system.fault?(.close)
    _ = Glibc.close(opened)
  }

  /// Leaves the closing to something of the C library that has taken the descriptor over.
  consuming func release() { opened = -1 }
}
