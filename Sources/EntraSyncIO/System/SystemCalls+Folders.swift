import Glibc

extension SystemCalls {
  /// Makes a folder.
  func makeFolder(_ path: Path, in folder: Int32, mode: mode_t) throws(Errno) {
    _ = try call(.mkdir) { mkdirat(folder, path.bytes, mode) }
  }

  /// Puts a file in the place of another of the same folder, in one step.
  func rename(_ from: Path, to: Path, in folder: Int32) throws(Errno) {
    _ = try call(.rename) { renameat(folder, from.bytes, folder, to.bytes) }
  }

  /// Removes a file.
  func unlink(_ path: Path, in folder: Int32) throws(Errno) {
    _ = try call(.unlink) { unlinkat(folder, path.bytes, 0) }
  }

  /// Where a symbolic link leads.
  ///
  /// - Parameter descriptor: The link itself, opened with `O_PATH` and `O_NOFOLLOW`.
  /// - Throws: An ``Errno``.
  /// - Returns: The path as the link has it.
  func readLink(_ descriptor: Int32) throws(Errno) -> Path {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = try call(.readlink) { readlinkat(descriptor, "", &buffer, buffer.count - 1) }
    return Path(bytes: buffer.prefix(count))
  }

  /// The names of what a folder holds.
  ///
  /// - Parameter folder: A descriptor, whose own place in the folder is not moved.
  /// - Throws: An ``Errno``.
  /// - Returns: The names in the system's order, `.` and `..` among them.
  func names(in folder: Int32) throws(Errno) -> [Path] {
    // The stream closes the descriptor that it is made of.
    let descriptor = try open(Path("."), in: folder, O_RDONLY | O_DIRECTORY)
    guard let stream = fdopendir(descriptor) else {
      let code = errno
      close(descriptor)
      throw Errno(code: code)
    }
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
