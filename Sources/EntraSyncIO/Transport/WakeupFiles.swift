import CCurl
import CSystem
import Glibc

/// Finds the files through which a multi handle of libcurl wakes its own wait: a pair of sockets, a
/// pipe or an eventfd, by its version. libcurl does not name them.
///
/// They were not open before the handle was made. That alone does not tell them from what other
/// threads have opened at the same time. So a new handle is woken some times. What becomes readable
/// each time, and is not any more after libcurl has waited, is its own, whatever other threads do
/// with their files meanwhile.
struct WakeupFiles {
  /// How many of the lowest numbers that are free libcurl may take, with those that other threads
  /// take before it does.
  private static let reach = 16
  /// How often all have to answer. Bytes that another thread passes over a file of its own can look
  /// like one answer.
  private static let fewest = 4
  /// How often libcurl is woken until nothing else answers.
  private static let most = 16

  /// The numbers up to which is looked for them.
  private let end: Int32
  /// What is open before the handle is made.
  private let before: [Int32: FileIdentity]

  /// Looks at what is open; a handle is made after that.
  init() {
    end = StandardNumbers.lowestFree(WakeupFiles.reach).last.map { $0 + 1 } ?? 0
    before = Dictionary(
      uniqueKeysWithValues: (0..<end).compactMap { number in
        FileIdentity(of: number).map { (number, $0) }
      })
  }

  /// Finds them.
  ///
  /// - Parameter multi: A handle that was made after this object, and has no transfers.
  /// - Returns: The numbers and what is open there; `nil` if they were not found.
  func find(of multi: UnsafeMutableRawPointer) -> [Int32: FileIdentity]? {
    var found: [Int32: FileIdentity] = [:]
    for number in 0..<end {
      if let identity = FileIdentity(of: number), before[number] != identity {
        found[number] = identity
      }
    }
    for round in 1...WakeupFiles.most {
      guard let answering = WakeupFiles.waking(multi, found), !answering.isEmpty else { return nil }
      found = answering
      if round >= WakeupFiles.fewest, WakeupFiles.isWhole(found) { return found }
    }
    return nil
  }

  /// Whether files can be all of libcurl's, and nothing else.
  private static func isWhole(_ found: [Int32: FileIdentity]) -> Bool {
    let kinds = found.values.map(\.kind)
    switch kinds.first {
    case S_IFSOCK: return kinds == [S_IFSOCK, S_IFSOCK]
    case S_IFIFO: return kinds == [S_IFIFO, S_IFIFO] && Set(found.values.map(\.inode)).count == 1
    default: return kinds.count == 1
    }
  }

  /// Wakes a handle once.
  ///
  /// - Parameters:
  ///   - multi: The handle.
  ///   - files: The files to watch.
  /// - Returns: Those that answer, and the other ends of their pipes; `nil` if it cannot be woken.
  private static func waking(
    _ multi: UnsafeMutableRawPointer, _ files: [Int32: FileIdentity]
  ) -> [Int32: FileIdentity]? {
    let before = files.keys.compactMap(State.init)
    guard curl_multi_wakeup(multi) == CURLM_OK else { return nil }
    let woken = before.filter(\.hasWoken)
    guard curl_multi_poll(multi, nil, 0, 0, nil) == CURLM_OK else { return nil }
    let own = woken.filter { State($0.number) == $0 && files[$0.number] == $0.identity }
    // Both ends of a pipe have the same inode.
    return files.filter { file in own.contains { $0.identity == file.value } }
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
