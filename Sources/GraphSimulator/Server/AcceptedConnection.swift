import Foundation

/// A connection that a server of this process has accepted, known by its ports on 127.0.0.1.
struct AcceptedConnection: Sendable {
  /// The port that the server listens on.
  let port: UInt16
  /// The client's port.
  let client: UInt16

  /// Ends the connection with a reset (RST), as a firewall or a dying server does.
  ///
  /// FlyingFox keeps its sockets to itself, so that the descriptor is looked for by its ports.
  func reset() {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    for descriptor in names.compactMap({ Int32($0) })
    where ports(of: descriptor) == (port, client) {
      // Unlike close(), this is no matter of what has been read or written.
      var nowhere = sockaddr(sa_family: sa_family_t(AF_UNSPEC), sa_data: sockaddr().sa_data)
      connect(descriptor, &nowhere, socklen_t(MemoryLayout<sockaddr>.size))
    }
  }

  private func ports(of descriptor: Int32) -> (own: UInt16, peer: UInt16) {
    (Self.port(descriptor, getsockname), Self.port(descriptor, getpeername))
  }

  private static func port(
    _ descriptor: Int32,
    _ name: (Int32, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32
  ) -> UInt16 {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { name(descriptor, $0, &length) }
    }
    return status == 0 && address.sin_family == sa_family_t(AF_INET)
      ? UInt16(bigEndian: address.sin_port) : 0
  }
}
