import CCurl
import CSystem
import Glibc

/// The sockets of a transport's connections, which belong to the process that opened them.
///
/// A child after fork() has the same sockets as its parent. What libcurl writes when it closes a
/// connection, such as TLS's closing message, would reach the server in the parent's name. So the
/// child first puts something else in the sockets' place. A child, or a daemon that begins, may
/// also have closed all files that it found open and opened its own, which then have the same
/// numbers. Those are neither written to nor closed.
///
/// These are no ``Descriptor``s, since libcurl decides when a socket is closed, and since their
/// numbers may have come to stand for something else.
final class Sockets {
  /// Identifies a socket, as its number may later stand for another file.
  private struct Identity: Equatable {
    let device: dev_t
    let inode: ino_t

    init?(of descriptor: Int32) {
      var status = stat()
      guard fstat(descriptor, &status) == 0 else { return nil }
      device = status.st_dev
      inode = status.st_ino
    }
  }

  private var open: [curl_socket_t: Identity] = [:]

  /// Makes libcurl open and close a transfer's connections through this object, which must outlive
  /// them.
  ///
  /// - Parameter easy: libcurl's handle.
  func watch(_ easy: UnsafeMutableRawPointer) {
    let context = Unmanaged.passUnretained(self).toOpaque()
    _ = shim_easy_set_pointer(easy, CURLOPT_OPENSOCKETDATA, context)
    _ = shim_easy_set_open_socket(easy) { context, _, address in
      guard let context, let address else { return CURL_SOCKET_BAD }
      return Unmanaged<Sockets>.fromOpaque(context).takeUnretainedValue().open(address.pointee)
    }
    _ = shim_easy_set_pointer(easy, CURLOPT_CLOSESOCKETDATA, context)
    _ = shim_easy_set_close_socket(easy) { context, socket in
      guard let context else { return -1 }
      return Unmanaged<Sockets>.fromOpaque(context).takeUnretainedValue().close(socket)
    }
  }

  /// Whether all numbers still belong to the sockets that were opened.
  var areIntact: Bool { open.allSatisfy { Identity(of: $0.key) == $0.value } }

  /// Cuts this process off from its parent's connections, without sending anything to their
  /// servers.
  func abandon() {
    // A file in memory accepts whatever is written, and needs no file system.
    let nowhere = shim_memory_file()
    let identity = Identity(of: nowhere)
    for (socket, before) in open where Identity(of: socket) == before {
      if let identity {
        dup2(nowhere, socket)
        open[socket] = identity
      } else {
        // libcurl's own close then fails, since the number is free.
        Glibc.close(socket)
      }
    }
    if nowhere >= 0 { Glibc.close(nowhere) }
  }

  private func open(_ address: curl_sockaddr) -> curl_socket_t {
    // Programs that the host process starts must not inherit it.
    let socket = Glibc.socket(
      address.family, address.socktype | Int32(SOCK_CLOEXEC.rawValue), address.protocol)
    if let identity = Identity(of: socket) { open[socket] = identity }
    return socket
  }

  private func close(_ socket: curl_socket_t) -> Int32 {
    guard let identity = open.removeValue(forKey: socket), Identity(of: socket) == identity else {
      return 0
    }
    return Glibc.close(socket)
  }
}
