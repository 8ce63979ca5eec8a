import CCurl
import CSystem
import EntraSync
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
  private var open: [curl_socket_t: FileIdentity] = [:]
  /// The files through which libcurl wakes itself, which it does not close through this object.
  private var wakeup: [Int32: FileIdentity] = [:]
  /// Whether ``wakeup`` is complete.
  private var knowsWakeup = false
  /// The files by which libcurl waits for names that it looks up.
  private var lookups: [Int32: FileIdentity] = [:]

  /// Makes libcurl open and close a transfer's connections through this object, which must outlive
  /// them.
  ///
  /// - Parameter easy: libcurl's handle.
  /// - Throws: `.network` when libcurl does not take an option.
  func watch(_ easy: UnsafeMutableRawPointer) throws(EntraSyncError) {
    let context = UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque())
    var options = TransferOptions(of: easy)
    options.set(CURLOPT_OPENSOCKETDATA, context)
    options.set("OPENSOCKETFUNCTION") {
      shim_easy_set_open_socket($0) { context, _, address in
        guard let context, let address else { return CURL_SOCKET_BAD }
        return Unmanaged<Sockets>.fromOpaque(context).takeUnretainedValue().open(address.pointee)
      }
    }
    options.set(CURLOPT_CLOSESOCKETDATA, context)
    options.set("CLOSESOCKETFUNCTION") {
      shim_easy_set_close_socket($0) { context, socket in
        guard let context else { return -1 }
        return Unmanaged<Sockets>.fromOpaque(context).takeUnretainedValue().close(socket)
      }
    }
    try options.check()
  }

  /// Notes the files that libcurl's multi handle opened when it was made.
  ///
  /// - Parameters:
  ///   - multi: The handle, which has no transfers yet.
  ///   - files: What was open before that.
  func note(wakeupOf multi: UnsafeMutableRawPointer, after files: WakeupFiles) {
    guard let found = files.find(of: multi) else { return }
    wakeup = found
    knowsWakeup = true
    for number in found.keys { closeOnExec(number) }
  }

  /// Notes the names that libcurl is looking up. Programs that the process starts must not inherit
  /// the two sockets by which its thread says that it has finished.
  func note(lookupsOf multi: UnsafeMutableRawPointer) {
    let numbers = withUnsafeTemporaryAllocation(of: Int32.self, capacity: 64) { buffer in
      Array(buffer.prefix(Int(shim_multi_get_waiting(multi, buffer.baseAddress, 64))))
    }
    let known = lookups
    lookups = [:]
    for number in numbers where open[number] == nil {
      guard let identity = FileIdentity(of: number) else { continue }
      lookups[number] = identity
      if known[number] == identity { continue }
      closeOnExec(number)
      if let other = (0..<(StandardNumbers.firstFree ?? 0)).first(where: {
        shim_unread($0) >= 0 && FileIdentity(of: $0)?.isBehind(identity) ?? false
      }) {
        closeOnExec(other)
      }
    }
  }

  /// Whether libcurl's thread is looking a name up.
  var areAwaited: Bool { !lookups.isEmpty }

  private func closeOnExec(_ number: Int32) {
    let flags = fcntl(number, F_GETFD)
    if flags >= 0, flags & FD_CLOEXEC == 0 { _ = fcntl(number, F_SETFD, flags | FD_CLOEXEC) }
  }

  /// Whether all numbers still belong to the files that were opened.
  var areIntact: Bool {
    open.allSatisfy { FileIdentity(of: $0.key) == $0.value }
      && wakeup.allSatisfy { FileIdentity(of: $0.key) == $0.value }
  }

  /// Forgets the sockets that libcurl has closed while it worked. No callback of the process runs
  /// meanwhile, and ``areIntact`` was looked at after the last one.
  ///
  /// libcurl tells of each socket that it closes but for those that got no connection, such as that
  /// of a host's first address when the second one has answered.
  func forgetClosed() {
    for (number, identity) in open where FileIdentity(of: number) != identity {
      open[number] = nil
    }
  }

  /// Whether there is a connection to keep, and it would be noticed if the process closed a file of
  /// libcurl's.
  var areWorthKeeping: Bool { !open.isEmpty && knowsWakeup }

  /// Closes what is still there, behind libcurl's back.
  func close() {
    for (number, identity) in open.merging(wakeup, uniquingKeysWith: { one, _ in one })
    where FileIdentity(of: number) == identity {
      Glibc.close(number)
    }
    (open, wakeup, lookups) = ([:], [:], [:])
  }

  /// Cuts this process off from its parent's connections, without sending anything to their
  /// servers.
  func abandon() {
    // A file in memory accepts whatever is written, and needs no file system.
    let nowhere = StandardNumbers.avoided { shim_memory_file() }
    let identity = FileIdentity(of: nowhere)
    for (socket, before) in open where FileIdentity(of: socket) == before {
      if let identity {
        dup2(nowhere, socket)
        closeOnExec(socket)
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
    let socket = StandardNumbers.avoided {
      Glibc.socket(
        address.family, address.socktype | Int32(SOCK_CLOEXEC.rawValue), address.protocol)
    }
    if let identity = FileIdentity(of: socket) { open[socket] = identity }
    return socket
  }

  private func close(_ socket: curl_socket_t) -> Int32 {
    let identity = open.removeValue(forKey: socket)
    guard let identity, FileIdentity(of: socket) == identity else { return 0 }
    return Glibc.close(socket)
  }
}
