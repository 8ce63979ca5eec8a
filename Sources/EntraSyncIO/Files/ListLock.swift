import EntraSync
import Glibc

/// The lock of a list. It ends with the process at the latest, and leaves no file behind.
///
/// The list's own file is locked; if there is none yet, its folder.
final class ListLock {
  private let descriptor: Descriptor
  private let system: SystemCalls
  private let origin = CallOrigin()

  private init(_ descriptor: consuming Descriptor, system: SystemCalls) {
    self.descriptor = descriptor
    self.system = system
  }

  deinit {
    // A child that a callback has forked shares the lock with its parent, who goes on.
    if origin.isHere { system.unlock(descriptor) }
  }

  /// Locks a list, if no other run has locked it.
  ///
  /// - Parameters:
  ///   - name: The list's name.
  ///   - folder: The folder that it is in.
  ///   - system: The calls to use.
  /// - Throws: An ``Errno``; `EISDIR` and `EINVAL` for anything but a regular file.
  /// - Returns: `nil` if another process holds the lock.
  static func take(
    _ name: Path, in folder: borrowing Descriptor, system: SystemCalls
  ) throws(Errno) -> ListLock? {
    // The run that holds the lock may replace the file after we open it and before we lock it.
    for _ in 0..<100 {
      let lock = ListLock(try open(name, in: folder, system: system), system: system)
      guard try system.lock(lock.descriptor) else { return nil }
      if try lock.isCurrent(name, in: folder) { return lock }
    }
    return nil
  }

  /// Locks a file that is about to become the list.
  static func keep(
    _ descriptor: borrowing Descriptor, system: SystemCalls
  ) throws(Errno) -> ListLock? {
    let lock = ListLock(try system.duplicate(descriptor), system: system)
    return try system.lock(lock.descriptor) ? lock : nil
  }

  /// The error if another process holds the lock of a list.
  static func busy(_ location: borrowing FileLocation, system: SystemCalls) -> EntraSyncError {
    ListFailure.busy(holder(of: location.name, in: location.folder, system: system))
  }

  /// Which process holds the lock, such as `process 1234 (perl)`, if the kernel says so.
  private static func holder(
    of name: Path, in folder: borrowing Descriptor, system: SystemCalls
  ) -> String? {
    guard let status = (try? system.status(of: name, in: folder)) ?? (try? system.status(folder)),
      let table = try? text(Path("/proc/locks"), system: system),
      let process = LockTable.holder(
        in: table, device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    else { return nil }
    let program = try? text(Path("/proc/\(process)/comm"), system: system).trimmed.singleLine
    return "process \(process)\(program.map { " (\($0))" } ?? "")"
  }

  private static func text(_ path: Path, system: SystemCalls) throws(Errno) -> String {
    let file = try RegularFile(path, limit: 1 << 24, system: system)
    return String(decoding: file.content, as: UTF8.self)
  }

  private static func open(
    _ name: Path, in folder: borrowing Descriptor, system: SystemCalls
  ) throws(Errno) -> Descriptor {
    let descriptor: Descriptor
    do {
      descriptor = try system.openForReading(name, in: folder)
    } catch {
      guard error.code == ENOENT else { throw error }
      // The path ends with a slash.
      guard !name.isEmpty else { throw Errno(code: EISDIR) }
      return try system.open(Path("."), in: folder, O_RDONLY | O_DIRECTORY)
    }
    try RegularFile.check(try system.status(descriptor))
    return descriptor
  }

  /// Whether the list's name still leads to the file that is locked.
  func isCurrent(_ name: Path, in folder: borrowing Descriptor) throws(Errno) -> Bool {
    let locked = try system.status(descriptor)
    do {
      let now = try system.status(of: name, in: folder)
      return now.st_dev == locked.st_dev && now.st_ino == locked.st_ino
    } catch {
      guard error.code == ENOENT else { throw error }
      return locked.st_mode & S_IFMT == S_IFDIR
    }
  }
}
