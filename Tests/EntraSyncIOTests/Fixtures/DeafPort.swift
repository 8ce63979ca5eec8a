import Foundation

/// A port of 127.0.0.1 that is taken and answers nothing.
final class DeafPort: Sendable {
  /// What happens to those who knock.
  enum Manner: Sendable {
    /// They are refused.
    case refuses
    /// They are connected, and hear nothing.
    case accepts
  }

  /// Why there is no port.
  struct Failed: Error {}

  /// The port's number.
  let number: UInt16
  private let descriptor: Int32

  /// Takes a port that is free.
  init(_ manner: Manner) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = descriptor
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
          && (manner == .refuses || listen(descriptor, 8) == 0)
      }
    }
    number = UInt16(bigEndian: address.sin_port)
    guard status else { throw Failed() }
  }

  deinit { close(descriptor) }
}
