import Foundation

/// A connection that a server of this process has accepted, known by its ports on 127.0.0.1.
struct AcceptedConnection: Sendable {
  /// The port that the server listens on.
  let port: UInt16
  /// The client's port.
  let client: UInt16

  /// Ends the connection with a reset (RST), as a firewall or a dying server does.
  func reset() {
    for descriptor in SocketDescriptors.find(port: port, peer: client) {
      // Unlike close(), this is no matter of what has been read or written.
      var nowhere = sockaddr(sa_family: sa_family_t(AF_UNSPEC), sa_data: sockaddr().sa_data)
      connect(descriptor, &nowhere, socklen_t(MemoryLayout<sockaddr>.size))
    }
  }
}
