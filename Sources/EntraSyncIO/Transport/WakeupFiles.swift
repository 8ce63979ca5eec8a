import CCurl
import CSystem
import Glibc

/// Finds the files through which a multi handle of libcurl wakes its own wait: a pair of sockets, a
/// pipe or an eventfd, by its version. libcurl does not name them.
///
/// A new handle is woken once. What becomes readable then, and is not any more after libcurl has
/// waited, is its own, whatever other threads do with their files meanwhile.
enum WakeupFiles {
  /// Finds them.
  ///
  /// - Parameter multi: A handle that was made a moment ago and has no transfers.
  /// - Returns: The numbers and what is open there; `nil` if they were not found.
  static func find(of multi: UnsafeMutableRawPointer) -> [Int32: FileIdentity]? {
    guard let end = StandardNumbers.firstFree else { return nil }
    let before = (0..<end).compactMap(State.init)
    guard curl_multi_wakeup(multi) == CURLM_OK else { return nil }
    let woken = before.filter { $0.hasWoken }
    guard curl_multi_poll(multi, nil, 0, 0, nil) == CURLM_OK else { return nil }
    let own = woken.filter { State($0.number) == $0 }
    guard !own.isEmpty else { return nil }
    var found = Dictionary(uniqueKeysWithValues: own.map { ($0.number, $0.identity) })
    // Both ends of a pipe have the same inode.
    for state in before where own.contains(where: { $0.identity == state.identity }) {
      found[state.number] = state.identity
    }
    return found
  }

  /// A file without anything to read, as nothing has been written there that was not read.
  private struct State: Equatable {
    let number: Int32
    let identity: FileIdentity
    /// What the peer has not read; -1 for anything but a socket.
    private let unread: Int32

    init?(_ number: Int32) {
      guard let identity = FileIdentity(of: number), !State.isReadable(number) else { return nil }
      self.number = number
      self.identity = identity
      unread = shim_unread(number)
      guard unread <= 0 else { return nil }
    }

    var hasWoken: Bool { State.isReadable(number) || (unread == 0 && shim_unread(number) > 0) }

    private static func isReadable(_ number: Int32) -> Bool {
      var request = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
      return poll(&request, 1, 0) == 1 && request.revents & Int16(POLLIN) != 0
    }
  }
}
