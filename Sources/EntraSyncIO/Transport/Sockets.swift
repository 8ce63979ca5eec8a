import CCurl
import CSystem
import Glibc

/// The sockets of a transport's connections, which belong to the process that opened them.
///
/// A child after fork() has the same sockets as its parent. What libcurl writes when it closes a
/// connection, TLS's farewell above all, would reach the server in the parent's name; so the child
/// first puts something else in their place.
final class Sockets {
  private var open: Set<curl_socket_t> = []

  /// Has a transfer's connections opened and closed through this object, which must outlive them.
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

  /// Cuts this process off from its parent's connections, without a word to their servers.
  func abandon() {
    // A file in memory takes whatever is written, and needs no file system.
    let nowhere = shim_memory_file()
    guard nowhere >= 0 else {
      // libcurl's own close then fails on a number that nobody has.
      for socket in open { Glibc.close(socket) }
      return
    }
    for socket in open { dup2(nowhere, socket) }
    Glibc.close(nowhere)
  }

  private func open(_ address: curl_sockaddr) -> curl_socket_t {
    // No child that the host starts shall inherit it.
    let socket = Glibc.socket(
      address.family, address.socktype | Int32(SOCK_CLOEXEC.rawValue), address.protocol)
    if socket >= 0 { open.insert(socket) }
    return socket
  }

  private func close(_ socket: curl_socket_t) -> Int32 {
    open.remove(socket)
    return Glibc.close(socket)
  }
}
