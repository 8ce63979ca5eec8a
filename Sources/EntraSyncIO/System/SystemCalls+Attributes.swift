import CSystem
import Glibc

extension SystemCalls {
  /// Gives an open file an owner and a group.
  func changeOwner(_ descriptor: borrowing Descriptor, user: uid_t, group: gid_t) throws(Errno) {
    _ = try call(.fchown) { fchown(descriptor.number, user, group) }
  }

  /// Gives an open file its permissions.
  func changeMode(_ descriptor: borrowing Descriptor, _ mode: mode_t) throws(Errno) {
    _ = try call(.fchmod) { fchmod(descriptor.number, mode) }
  }

  /// Lets its owner read and write a new file, which the umask may not permit.
  func keepReadable(_ descriptor: borrowing Descriptor) throws(Errno) {
    let mode = try status(descriptor).st_mode & 0o7777
    if mode & 0o600 != 0o600 { try changeMode(descriptor, mode | 0o600) }
  }

  /// The names of an open file's extended attributes: access lists, labels, and what people set.
  ///
  /// - Returns: None where the file system has no such attributes.
  func attributeNames(_ descriptor: borrowing Descriptor) throws(Errno) -> [Path] {
    let names: [UInt8]
    do {
      names = try growing { buffer throws(Errno) in
        try call(.flistxattr) { flistxattr(descriptor.number, buffer.baseAddress, buffer.count) }
      }
    } catch {
      guard error.code == ENOTSUP || error.code == ENOSYS else { throw error }
      return []
    }
    return names.split(separator: 0).map { Path(bytes: $0.map { CChar(bitPattern: $0) }) }
  }

  /// The value of an open file's extended attribute.
  func attribute(_ name: Path, of descriptor: borrowing Descriptor) throws(Errno) -> [UInt8] {
    try growing { buffer throws(Errno) in
      try call(.fgetxattr) {
        fgetxattr(descriptor.number, name.bytes, buffer.baseAddress, buffer.count)
      }
    }
  }

  /// Gives an open file an extended attribute.
  func setAttribute(
    _ name: Path, of descriptor: borrowing Descriptor, to value: [UInt8]
  ) throws(Errno) {
    _ = try call(.fsetxattr) { fsetxattr(descriptor.number, name.bytes, value, value.count, 0) }
  }

  /// Removes an extended attribute of an open file.
  func removeAttribute(_ name: Path, of descriptor: borrowing Descriptor) throws(Errno) {
    _ = try call(.fremovexattr) { fremovexattr(descriptor.number, name.bytes) }
  }

  /// Reads into a buffer, and into a larger one while what there is does not fit.
  private func growing(
    _ body: (UnsafeMutableBufferPointer<CChar>) throws(Errno) -> Int
  ) throws(Errno) -> [UInt8] {
    var size = 1024
    while true {
      let buffer = UnsafeMutableBufferPointer<CChar>.allocate(capacity: size)
      defer { buffer.deallocate() }
      do {
        let count = try body(buffer)
        return buffer.prefix(count).map { UInt8(bitPattern: $0) }
      } catch {
        // The kernel's own bound on both is 64 KiB.
        guard error.code == ERANGE, size < 1 << 17 else { throw error }
        size *= 4
      }
    }
  }
}
