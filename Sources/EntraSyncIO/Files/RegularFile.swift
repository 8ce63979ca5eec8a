import EntraSync
import Glibc

/// A file that was read whole, and what the system knew about it.
struct RegularFile {
  /// Its bytes.
  let content: [UInt8]
  /// Its owner, permissions and size.
  let status: stat

  /// Reads a file. A folder, a FIFO or a device is refused at once, and not opened.
  ///
  /// - Parameters:
  ///   - path: The file, or a symbolic link to it.
  ///   - limit: The most bytes that it may have.
  ///   - system: The calls to use.
  /// - Throws: An ``Errno``; `EFBIG` above the limit, `EISDIR` or `EINVAL` for anything but a
  ///   regular file.
  init(_ path: Path, limit: Int, system: SystemCalls) throws(Errno) {
    try self.init(try system.openRegularFile(path), limit: limit, system: system)
  }

  /// Reads a file that is open, from its current offset.
  ///
  /// - Parameters:
  ///   - descriptor: The file, which stays open.
  ///   - limit: The most bytes that it may have.
  ///   - system: The calls to use.
  /// - Throws: An ``Errno``, as for a path.
  init(_ descriptor: borrowing Descriptor, limit: Int, system: SystemCalls) throws(Errno) {
    status = try system.status(descriptor)
    try RegularFile.check(status)
    guard status.st_size <= limit else { throw Errno(code: EFBIG) }
    content = try RegularFile.read(descriptor, limit: limit, system: system)
  }

  /// Whether every user of the system may read it.
  var isPublic: Bool { status.st_mode & S_IROTH != 0 }

  /// Refuses anything but a regular file.
  ///
  /// - Throws: `EISDIR` for a folder, `EINVAL` for a FIFO, a device or a socket.
  static func check(_ status: stat) throws(Errno) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw Errno(code: EISDIR)
    default: throw Errno(code: EINVAL)
    }
  }

  private static func read(
    _ descriptor: borrowing Descriptor, limit: Int, system: SystemCalls
  ) throws(Errno) -> [UInt8] {
    var content: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 1)
    defer { buffer.deallocate() }
    while true {
      let count = try system.read(descriptor, into: buffer)
      if count == 0 { return content }
      content += UnsafeRawBufferPointer(rebasing: buffer[..<count])
      guard content.count <= limit else { throw Errno(code: EFBIG) }
    }
  }
}

extension Errno {
  /// Why a file could not be read, for a message that has its name in front.
  var readingProblem: String {
    switch code {
    case ENOENT: "there is no such file"
    case EACCES, EPERM: "it cannot be read (permission denied); run as a user who may read it"
    default: foundInstead.map { "it is \($0)" } ?? "it cannot be read (\(reason))"
    }
  }
}
