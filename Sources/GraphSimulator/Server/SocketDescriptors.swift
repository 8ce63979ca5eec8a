import Foundation

/// Finds the descriptors of this process's sockets.
///
/// FlyingFox does not expose its sockets, so they are found by their ports.
enum SocketDescriptors {
  /// Finds the descriptors of the sockets with these ports.
  ///
  /// - Parameters:
  ///   - port: The socket's own port.
  ///   - peer: The port at the other end; nil for a socket that listens.
  /// - Returns: The descriptors.
  static func find(port: UInt16, peer: UInt16?) -> [Int32] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    return names.compactMap { Int32($0) }.filter {
      Self.port($0, getsockname) == port && Self.port($0, getpeername) == peer
    }
  }

  /// Turns off Nagle's algorithm for the connections that a listening socket accepts from now on.
  ///
  /// On Linux, accepted connections inherit the option of the listening socket. Otherwise a body
  /// that is sent after its headers waits for the client's acknowledgement of the headers, which
  /// comes 40 ms late (Nagle's algorithm and delayed acknowledgements, RFC 896 and RFC 1122).
  static func sendAtOnce(port: UInt16) {
    for descriptor in find(port: port, peer: nil) {
      var isOn: Int32 = 1
      setsockopt(
        descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
    }
  }

  /// The port at one end of a socket.
  static func port(
    _ descriptor: Int32,
    _ name: (Int32, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32
  ) -> UInt16? {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { name(descriptor, $0, &length) }
    }
    return status == 0 && address.sin_family == sa_family_t(AF_INET)
      ? UInt16(bigEndian: address.sin_port) : nil
  }
}

/// A connection that a server of this process has accepted, identified by its ports.
struct AcceptedConnection: Sendable {
  /// The port that the server listens on.
  let port: UInt16
  /// The client's port.
  let client: UInt16

  /// Ends the connection with a reset (RST), as a firewall or a crashing server does.
  func reset() {
    for descriptor in SocketDescriptors.find(port: port, peer: client) {
      // Unlike close(), this sends a reset whatever has been read or written.
      var nowhere = sockaddr(sa_family: sa_family_t(AF_UNSPEC), sa_data: sockaddr().sa_data)
      connect(descriptor, &nowhere, socklen_t(MemoryLayout<sockaddr>.size))
    }
  }
}
