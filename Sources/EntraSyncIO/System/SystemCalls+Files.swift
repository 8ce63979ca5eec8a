import EntraSync
import Glibc

extension SystemCalls {
  /// Opens a file relative to a folder; the descriptor is closed on exec.
  func open(
    _ path: Path, in folder: Int32 = AT_FDCWD, _ flags: Int32, mode: mode_t = 0
  ) throws(Errno) -> Int32 {
    try call(.open) { openat(folder, path.bytes, flags | O_CLOEXEC, mode) }
  }

  /// Opens what may be something else than a file, to be looked at before it is read: a FIFO is not
  /// waited for, and a terminal does not become this process's own.
  func openForReading(
    _ path: Path, in folder: Int32 = AT_FDCWD, flags: Int32 = 0
  ) throws(Errno) -> Int32 {
    try open(path, in: folder, O_RDONLY | O_NONBLOCK | O_NOCTTY | flags)
  }

  /// Closes a descriptor. Its result says nothing that ``fsync(_:)`` did not say before.
  func close(_ descriptor: Int32) {
    _ = fault?(.close)
    _ = Glibc.close(descriptor)
  }

  /// Another descriptor of the same open file.
  func duplicate(_ descriptor: Int32) throws(Errno) -> Int32 {
    try call(.fcntl) { fcntl(descriptor, F_DUPFD_CLOEXEC, 0) }
  }

  /// What the system knows about an open file.
  func status(_ descriptor: Int32) throws(Errno) -> stat {
    var status = stat()
    _ = try call(.fstat) { fstat(descriptor, &status) }
    return status
  }

  /// What the system knows about a path; a symbolic link is not followed.
  func status(of path: Path, in folder: Int32 = AT_FDCWD) throws(Errno) -> stat {
    var status = stat()
    _ = try call(.lstat) { fstatat(folder, path.bytes, &status, AT_SYMLINK_NOFOLLOW) }
    return status
  }

  /// Reads some bytes; none at the end of the file.
  func read(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) throws(Errno) -> Int {
    try call(.read) { isShort in
      Glibc.read(descriptor, buffer.baseAddress, isShort ? (buffer.count + 1) / 2 : buffer.count)
    }
  }

  /// One byte of a file, wherever the file stands; `EIO` where there is none.
  func byte(_ descriptor: Int32, at offset: Int) throws(Errno) -> UInt8 {
    var byte: UInt8 = 0
    guard try call(.read, { pread(descriptor, &byte, 1, off_t(offset)) }) == 1 else {
      throw Errno(code: EIO)
    }
    return byte
  }

  /// Writes all bytes, in as many calls as it takes.
  func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) throws(Errno) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = try call(.write) { isShort in
        rest.withUnsafeBytes {
          Glibc.write(descriptor, $0.baseAddress, isShort ? ($0.count + 1) / 2 : $0.count)
        }
      }
      rest = rest.dropFirst(count)
    }
  }

  /// Writes all bytes of a secret, of which no copy is made.
  func writeAll(_ descriptor: Int32, _ secret: Secret) throws(Errno) {
    var written = 0
    while written < secret.count {
      written += try call(.write) { isShort in
        secret.withBytes {
          let rest = $0.dropFirst(written)
          let bytes = UnsafeBufferPointer(rebasing: rest)
          return Glibc.write(
            descriptor, bytes.baseAddress, isShort ? (bytes.count + 1) / 2 : bytes.count)
        }
      }
    }
  }

  /// Waits until a file or folder is on the disk.
  func fsync(_ descriptor: Int32) throws(Errno) {
    _ = try call(.fsync) { Glibc.fsync(descriptor) }
  }

  /// Takes the lock that a file or folder has, if nobody else holds it.
  ///
  /// A file system without locks, as NFS is for files that are open for reading, has nobody to hold
  /// one.
  ///
  /// - Returns: `false` where somebody holds it.
  func lock(_ descriptor: Int32) throws(Errno) -> Bool {
    do {
      _ = try call(.flock) { flock(descriptor, LOCK_EX | LOCK_NB) }
      return true
    } catch {
      switch error.code {
      case EWOULDBLOCK: return false
      case ENOLCK, ENOSYS, EOPNOTSUPP, EBADF: return true
      default: throw error
      }
    }
  }

  /// Gives a lock back, for every descriptor that a fork has made of this one too.
  func unlock(_ descriptor: Int32) {
    _ = flock(descriptor, LOCK_UN)
  }
}
