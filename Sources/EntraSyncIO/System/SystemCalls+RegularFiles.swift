import CSystem
import Glibc

extension SystemCalls {
  /// Opens a regular file for reading. Anything else is not opened at all, since what opens a
  /// device may start it, and others may have put a link to one there.
  ///
  /// - Parameter path: The file, or a symbolic link to it.
  /// - Throws: An ``Errno``; `EISDIR` or `EINVAL` for anything but a regular file.
  /// - Returns: The file, open.
  func openRegularFile(_ path: Path) throws(Errno) -> Descriptor {
    let found = try open(path, Int32(SHIM_O_PATH))
    return try openRegularFile(found) { () throws(Errno) in try openForReading(path) }
  }

  /// Opens a regular file for reading, unless its name leads to it by a symbolic link.
  ///
  /// - Parameter path: The file itself.
  /// - Throws: An ``Errno``; `EISDIR` or `EINVAL` for anything but a regular file.
  /// - Returns: The file, open.
  func openWithoutFollowing(_ path: Path) throws(Errno) -> Descriptor {
    let found = try open(path, Int32(SHIM_O_PATH) | O_NOFOLLOW)
    return try openRegularFile(found) { () throws(Errno) in try openForReading(path) }
  }

  /// Opens a regular file for reading that was found, and is still the same.
  ///
  /// Source: proc(5), which says that a descriptor's link leads to what is open. A thread may have
  /// descriptors of its own.
  ///
  /// - Parameters:
  ///   - found: The file, opened with `O_PATH`.
  ///   - openByName: Opens it by its name, where /proc is missing or closed.
  /// - Throws: An ``Errno``; `EISDIR` or `EINVAL` for anything but a regular file, `ESTALE` if
  ///   another has its name now.
  /// - Returns: The file, open.
  func openRegularFile(
    _ found: borrowing Descriptor, _ openByName: () throws(Errno) -> Descriptor
  ) throws(Errno) -> Descriptor {
    let status = try status(found)
    try RegularFile.check(status)
    let file = try reopen(found, openByName)
    guard SystemCalls.isSame(try self.status(file), status) else { throw Errno(code: ESTALE) }
    return file
  }

  private func reopen(
    _ found: borrowing Descriptor, _ openByName: () throws(Errno) -> Descriptor
  ) throws(Errno) -> Descriptor {
    do {
      return try openForReading(Path("/proc/thread-self/fd/\(found.number)"))
    } catch {
      guard [ENOENT, EACCES, EPERM].contains(error.code) else { throw error }
    }
    return try openByName()
  }

  /// Whether a file has no other name than one that it was opened by. If it had, others could have
  /// made a link to a file that is not theirs.
  ///
  /// It does not suffice to count the names of the open file, since whoever has made a link can
  /// remove it meanwhile. The system looks for the name first and counts then, and the link may go
  /// in between. That does not happen many times in a row.
  ///
  /// - Parameters:
  ///   - name: The file's name.
  ///   - folder: The folder that has the name.
  ///   - status: What the system knows about the open file.
  /// - Returns: `false` also if the name leads to another file now.
  func isOnlyName(_ name: Path, in folder: borrowing Descriptor, of status: stat) -> Bool {
    for _ in 0..<8 {
      guard let now = try? self.status(of: name, in: folder), SystemCalls.isSame(now, status),
        now.st_nlink == 1
      else { return false }
    }
    return true
  }

  private static func isSame(_ one: stat, _ two: stat) -> Bool {
    one.st_dev == two.st_dev && one.st_ino == two.st_ino
  }
}
