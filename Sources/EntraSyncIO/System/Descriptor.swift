import Glibc

/// An open file or folder, which is closed when its owner lets go of it.
///
/// It has one owner and cannot be copied, so that it is closed once, on every way out of a
/// function. No other code of the library closes a file's descriptor. The sockets of connections
/// are the exception: they are libcurl's, see ``Sockets``.
struct Descriptor: ~Copyable {
  /// The number that the system knows it by, for the calls in ``SystemCalls``.
  private(set) var number: Int32
  private let system: SystemCalls

  /// Takes over an open descriptor.
  ///
  /// - Parameters:
  ///   - number: The number that the system gave, which nobody else closes.
  ///   - system: The calls to use.
  init(_ number: Int32, system: SystemCalls) {
    self.number = number
    self.system = system
  }

  /// The result of `close` says nothing that `fsync` did not say before.
  deinit {
    guard number >= 0 else { return }
    _ = system.fault?(.close)
    _ = Glibc.close(number)
  }

  /// Leaves the closing to something of the C library that has taken the descriptor over.
  consuming func release() { number = -1 }
}
