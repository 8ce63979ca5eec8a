import EntraSync
import Glibc

/// Tells an open file from another one that has the same number later.
struct FileIdentity: Equatable {
  /// The bits of its mode that say what kind of file it is; 0 for an eventfd(2) and the like.
  let kind: mode_t
  /// The kernel's number of it; both ends of a pipe have one.
  let inode: ino_t
  private let device: dev_t
  /// The kernel's number of an eventfd(2), all of which share one inode; `nil` for other files, and
  /// where /proc is missing.
  private let event: Int?

  /// Looks at an open file; `nil` if there is none.
  init?(of number: Int32) {
    var status = stat()
    guard fstat(number, &status) == 0 else { return nil }
    device = status.st_dev
    inode = status.st_ino
    kind = status.st_mode & S_IFMT
    event = kind == 0 ? FileIdentity.event(number) : nil
  }

  /// Whether this is the other end of a pair of sockets, to which the kernel gives inodes in
  /// sequence.
  func isBehind(_ other: FileIdentity) -> Bool {
    device == other.device && inode == other.inode &+ 1
  }

  /// Source: proc_pid_fdinfo(5).
  private static func event(_ number: Int32) -> Int? {
    let path = Path("/proc/self/fdinfo/\(number)")
    guard let file = try? RegularFile(path, limit: 4096, system: SystemCalls()) else { return nil }
    let name = "eventfd-id:"
    for line in String(decoding: file.content, as: UTF8.self).split(separator: "\n")
    where line.hasPrefix(name) {
      return Int(String(line.dropFirst(name.count)).trimmed)
    }
    return nil
  }
}
