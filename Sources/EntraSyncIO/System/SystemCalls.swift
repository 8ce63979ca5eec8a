import Glibc

/// Every call to the system that touches files goes through here.
///
/// Each repeats itself after EINTR and turns a failure into an ``Errno``. Tests can make any call
/// fail by setting ``failure``; what ships never sets it.
struct SystemCalls {
  /// The name of a call, for tests.
  enum Name: String, CaseIterable, Sendable {
    case open, fstat, read, write, fchown, fchmod, fsync, rename, unlink, readlink
  }

  /// Decides, before a call is made, whether it fails and with which errno.
  var failure: ((Name) -> Int32?)?

  /// The system as it is.
  init() {}

  private func call<Result: SignedInteger>(
    _ name: Name, _ body: () -> Result
  ) throws(Errno) -> Result {
    while true {
      let forced = failure?(name)
      let result = forced == nil ? body() : -1
      if result >= 0 { return result }
      let code = forced ?? errno
      if code != EINTR { throw Errno(code: code) }
    }
  }

  /// Opens a file relative to a folder; the descriptor is closed on exec.
  func open(
    _ path: Path, in folder: Int32 = AT_FDCWD, _ flags: Int32, mode: mode_t = 0
  ) throws(Errno) -> Int32 {
    try call(.open) { openat(folder, path.bytes, flags | O_CLOEXEC, mode) }
  }

  /// Closes a descriptor. Its result says nothing that ``fsync(_:)`` did not say before.
  func close(_ descriptor: Int32) {
    _ = Glibc.close(descriptor)
  }

  /// What the system knows about an open file.
  func status(_ descriptor: Int32) throws(Errno) -> stat {
    var status = stat()
    _ = try call(.fstat) { fstat(descriptor, &status) }
    return status
  }

  /// Reads some bytes; none at the end of the file.
  func read(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) throws(Errno) -> Int {
    try call(.read) { Glibc.read(descriptor, buffer.baseAddress, buffer.count) }
  }

  /// Writes all bytes, in as many calls as it takes.
  func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) throws(Errno) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = try call(.write) {
        rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      }
      rest = rest.dropFirst(count)
    }
  }

  /// Gives an open file an owner and a group.
  func changeOwner(_ descriptor: Int32, user: uid_t, group: gid_t) throws(Errno) {
    _ = try call(.fchown) { fchown(descriptor, user, group) }
  }

  /// Gives an open file its permissions.
  func changeMode(_ descriptor: Int32, _ mode: mode_t) throws(Errno) {
    _ = try call(.fchmod) { fchmod(descriptor, mode) }
  }

  /// Waits until a file or folder is on the disk.
  func fsync(_ descriptor: Int32) throws(Errno) {
    _ = try call(.fsync) { Glibc.fsync(descriptor) }
  }

  /// Puts a file in the place of another of the same folder, in one step.
  func rename(_ from: Path, to: Path, in folder: Int32) throws(Errno) {
    _ = try call(.rename) { renameat(folder, from.bytes, folder, to.bytes) }
  }

  /// Removes a file.
  func unlink(_ path: Path, in folder: Int32) throws(Errno) {
    _ = try call(.unlink) { unlinkat(folder, path.bytes, 0) }
  }

  /// Where a symbolic link leads; `EINVAL` for what is no link.
  func readLink(_ path: Path) throws(Errno) -> Path {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = try call(.readlink) { readlink(path.bytes, &buffer, buffer.count - 1) }
    return Path(bytes: buffer.prefix(count))
  }
}
