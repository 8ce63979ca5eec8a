import EntraSync
import Glibc

extension SystemCalls {
  /// Opens a file; the descriptor is closed on exec, and none of the standard numbers.
  func open(_ path: Path, _ flags: Int32) throws(Errno) -> Descriptor {
    try open(path, inFolder: AT_FDCWD, flags, mode: 0)
  }

  /// Opens a file relative to a folder; the descriptor is closed on exec.
  func open(
    _ path: Path, in folder: borrowing Descriptor, _ flags: Int32, mode: mode_t = 0
  ) throws(Errno) -> Descriptor {
    try open(path, inFolder: folder.number, flags, mode: mode)
  }

  private func open(
    _ path: Path, inFolder folder: Int32, _ flags: Int32, mode: mode_t
  ) throws(Errno) -> Descriptor {
    let number = try call(.open) {
      StandardNumbers.avoided { openat(folder, path.bytes, flags | O_CLOEXEC, mode) }
    }
    return Descriptor(number, system: self)
  }

  /// Opens a path that may not be a regular file, so that it can be checked before it is read.
  ///
  /// A FIFO is not waited for, and a terminal does not become this process's own.
  func openForReading(_ path: Path) throws(Errno) -> Descriptor {
    try open(path, SystemCalls.cautiously)
  }

  /// Opens what a folder holds, as ``openForReading(_:)`` does. A symbolic link is not followed.
  func openForReading(
    _ path: Path, in folder: borrowing Descriptor
  ) throws(Errno) -> Descriptor {
    try open(path, in: folder, SystemCalls.cautiously | O_NOFOLLOW)
  }

  private static let cautiously = O_RDONLY | O_NONBLOCK | O_NOCTTY

  /// Makes another descriptor of the same open file.
  func duplicate(_ descriptor: borrowing Descriptor) throws(Errno) -> Descriptor {
    let number = try call(.fcntl) { StandardNumbers.duplicate(descriptor.number) }
    return Descriptor(number, system: self)
  }

  /// What the system knows about an open file.
  func status(_ descriptor: borrowing Descriptor) throws(Errno) -> stat {
    var status = stat()
    _ = try call(.fstat) { fstat(descriptor.number, &status) }
    return status
  }

  /// What the system knows about what a folder holds; a symbolic link is not followed.
  func status(of path: Path, in folder: borrowing Descriptor) throws(Errno) -> stat {
    var status = stat()
    _ = try call(.lstat) { fstatat(folder.number, path.bytes, &status, AT_SYMLINK_NOFOLLOW) }
    return status
  }

  /// Reads some bytes; none at the end of the file.
  func read(
    _ descriptor: borrowing Descriptor, into buffer: UnsafeMutableRawBufferPointer
  ) throws(Errno) -> Int {
    try call(.read) { isShort in
      let count = isShort ? (buffer.count + 1) / 2 : buffer.count
      return Glibc.read(descriptor.number, buffer.baseAddress, count)
    }
  }

  /// One byte of a file, wherever its offset is; `EIO` past the end.
  func byte(_ descriptor: borrowing Descriptor, at offset: Int) throws(Errno) -> UInt8 {
    var byte: UInt8 = 0
    guard try call(.read, { pread(descriptor.number, &byte, 1, off_t(offset)) }) == 1 else {
      throw Errno(code: EIO)
    }
    return byte
  }

  /// The first bytes of a file, wherever its offset is; fewer if the file has no more.
  func beginning(of descriptor: borrowing Descriptor, upTo count: Int) throws(Errno) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let length = try call(.read) { pread(descriptor.number, &bytes, count, 0) }
    return Array(bytes.prefix(length))
  }

  /// Writes all bytes, in as many calls as it takes.
  func writeAll(_ descriptor: borrowing Descriptor, _ bytes: [UInt8]) throws(Errno) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = try call(.write) { isShort in
        rest.withUnsafeBytes { bytes in
          let count = isShort ? (bytes.count + 1) / 2 : bytes.count
          return HeldSignals.during(.ofWriting) {
            Glibc.write(descriptor.number, bytes.baseAddress, count)
          }
        }
      }
      rest = rest.dropFirst(count)
    }
  }

  /// Writes all bytes of a secret without making a copy of them.
  func writeAll(_ descriptor: borrowing Descriptor, _ secret: Secret) throws(Errno) {
    var written = 0
    while written < secret.count {
      written += try call(.write) { isShort in
        secret.withBytes {
          let rest = $0.dropFirst(written)
          let count = isShort ? (rest.count + 1) / 2 : rest.count
          return HeldSignals.during(.ofWriting) {
            Glibc.write(descriptor.number, UnsafeBufferPointer(rebasing: rest).baseAddress, count)
          }
        }
      }
    }
  }

  /// Waits until a file or folder is on the disk.
  func fsync(_ descriptor: borrowing Descriptor) throws(Errno) {
    _ = try call(.fsync) { ForkGate.outside { Glibc.fsync(descriptor.number) } }
  }

  /// Locks a file or folder, if nobody else has locked it.
  ///
  /// A file system without locks counts as free; NFS has none for files that are open for reading.
  ///
  /// - Returns: `false` if another process holds the lock.
  func lock(_ descriptor: borrowing Descriptor) throws(Errno) -> Bool {
    do {
      _ = try call(.flock) { flock(descriptor.number, LOCK_EX | LOCK_NB) }
      return true
    } catch {
      switch error.code {
      case EWOULDBLOCK: return false
      case ENOLCK, ENOSYS, EOPNOTSUPP, EBADF: return true
      default: throw error
      }
    }
  }

  /// Releases a lock, also for the copies of this descriptor that a fork has made.
  func unlock(_ descriptor: borrowing Descriptor) {
    _ = flock(descriptor.number, LOCK_UN)
  }
}
