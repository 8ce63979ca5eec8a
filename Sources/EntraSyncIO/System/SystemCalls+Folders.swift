import CSystem
import Glibc

extension SystemCalls {
  /// Makes a folder.
  func makeFolder(_ path: Path, in folder: borrowing Descriptor, mode: mode_t) throws(Errno) {
    _ = try call(.mkdir) { mkdirat(folder.number, path.bytes, mode) }
  }

  /// Gives a folder that was made a moment ago the permissions of its owner, if it lacks any.
  ///
  /// Somebody may have put another folder or a symbolic link in its place, which stays as it is.
  ///
  /// Source: proc(5), which says that a descriptor's link leads to what is open.
  func permitOwner(_ path: Path, in folder: borrowing Descriptor) throws(Errno) {
    let made = try open(path, in: folder, Int32(SHIM_O_PATH) | O_DIRECTORY | O_NOFOLLOW)
    let status = try status(made)
    guard status.st_uid == user, status.st_mode & 0o700 != 0o700 else { return }
    // A descriptor that only names something has no `fchmod`.
    let link = Path("/proc/self/fd/\(made.number)")
    _ = try call(.fchmod) { chmod(link.bytes, status.st_mode & 0o7777 | 0o700) }
  }

  /// Renames a file within its folder; it replaces a file of the new name in one step.
  func rename(_ from: Path, to: Path, in folder: borrowing Descriptor) throws(Errno) {
    _ = try call(.rename) { renameat(folder.number, from.bytes, folder.number, to.bytes) }
  }

  /// Removes a file.
  func unlink(_ path: Path, in folder: borrowing Descriptor) throws(Errno) {
    _ = try call(.unlink) { unlinkat(folder.number, path.bytes, 0) }
  }

  /// The process's working folder.
  ///
  /// - Throws: An ``Errno``; `ENOENT` if it has been removed, or is outside of the process's root.
  /// - Returns: An absolute path.
  func workingFolder() throws(Errno) -> Path {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    _ = try call(.getcwd) { getcwd(&buffer, buffer.count) == nil ? -1 : 0 }
    let path = Path(bytes: buffer)
    guard path.isAbsolute else { throw Errno(code: ENOENT) }
    return path
  }

  /// Whether this user can reach the process's working folder by a path.
  func isWorkingFolder(_ path: Path) -> Bool {
    let flags = Int32(SHIM_O_PATH) | O_DIRECTORY
    guard let one = try? open(path, flags), let two = try? open(Path("."), flags),
      let found = try? status(one), let wanted = try? status(two)
    else { return false }
    return found.st_dev == wanted.st_dev && found.st_ino == wanted.st_ino
  }

  /// Where a symbolic link leads.
  ///
  /// - Parameter descriptor: The link itself, opened with `O_PATH` and `O_NOFOLLOW`.
  /// - Throws: An ``Errno``.
  /// - Returns: The path as the link has it.
  func readLink(_ descriptor: borrowing Descriptor) throws(Errno) -> Path {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = try call(.readlink) {
      readlinkat(descriptor.number, "", &buffer, buffer.count - 1)
    }
    return Path(bytes: buffer.prefix(count))
  }

  /// The names of what a folder holds.
  ///
  /// - Parameter folder: The folder; its own read position stays where it is.
  /// - Throws: An ``Errno``.
  /// - Returns: The names in the system's order, `.` and `..` among them.
  func names(in folder: borrowing Descriptor) throws(Errno) -> [Path] {
    let descriptor = try open(Path("."), in: folder, O_RDONLY | O_DIRECTORY)
    guard let stream = fdopendir(descriptor.number) else { throw Errno(code: errno) }
    // From here on the descriptor is the stream's, which closes it.
    descriptor.release()
    defer { closedir(stream) }
    var names: [Path] = []
    while true {
      var entry: UnsafeMutablePointer<dirent>?
      _ = try call(.readdir) { () -> Int in
        errno = 0
        entry = readdir(stream)
        return entry == nil && errno != 0 ? -1 : 0
      }
      guard let entry else { return names }
      // The name ends with a NUL, and has as many bytes as the entry was made with.
      let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
      let name = UnsafeRawPointer(entry).advanced(by: offset)
      names.append(Path(cString: name.assumingMemoryBound(to: CChar.self)))
    }
  }
}
