import Glibc

extension SystemCalls {
  /// Makes a folder.
  func makeFolder(_ path: Path, in folder: borrowing Descriptor, mode: mode_t) throws(Errno) {
    _ = try call(.mkdir) { mkdirat(folder.number, path.bytes, mode) }
  }

  /// Renames a file within its folder; it replaces a file of the new name in one step.
  func rename(_ from: Path, to: Path, in folder: borrowing Descriptor) throws(Errno) {
    _ = try call(.rename) { renameat(folder.number, from.bytes, folder.number, to.bytes) }
  }

  /// Removes a file.
  func unlink(_ path: Path, in folder: borrowing Descriptor) throws(Errno) {
    _ = try call(.unlink) { unlinkat(folder.number, path.bytes, 0) }
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
