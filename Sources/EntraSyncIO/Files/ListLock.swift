import EntraSync
import Glibc

/// The lock of a list, which ends with its process and leaves nothing behind.
///
/// It is the list's own file that is locked, and where there is none yet, its folder.
final class ListLock {
  private let descriptor: Int32
  private let system: SystemCalls

  private init(_ descriptor: Int32, system: SystemCalls) {
    self.descriptor = descriptor
    self.system = system
  }

  deinit {
    system.unlock(descriptor)
    system.close(descriptor)
  }

  /// Takes the lock, if nobody else holds it.
  ///
  /// - Parameters:
  ///   - name: The list's name.
  ///   - folder: The folder that it is in.
  ///   - system: The calls to use.
  /// - Throws: An ``Errno``; `EISDIR` and `EINVAL` for what is no regular file.
  /// - Returns: `nil` where somebody else holds it.
  static func take(
    _ name: Path, in folder: Int32, system: SystemCalls
  ) throws(Errno) -> ListLock? {
    // The file may be replaced between opening and locking it, by the run that is waited for.
    for _ in 0..<100 {
      let file = try open(name, in: folder, system: system)
      let lock = ListLock(file, system: system)
      guard try system.lock(file) else { return nil }
      if try lock.isCurrent(name, in: folder) { return lock }
    }
    return nil
  }

  /// Takes the lock of a file that is about to become the list.
  static func keep(_ descriptor: Int32, system: SystemCalls) throws(Errno) -> ListLock? {
    let copy = try system.duplicate(descriptor)
    let lock = ListLock(copy, system: system)
    return try system.lock(copy) ? lock : nil
  }

  /// That somebody else holds the lock of a list.
  static func busy(_ location: FileLocation, system: SystemCalls) -> EntraSyncError {
    ListFailure.busy(holder(of: location.name, in: location.folder, system: system))
  }

  /// Who holds the lock, as far as the kernel tells: `process 1234 (perl)`.
  private static func holder(of name: Path, in folder: Int32, system: SystemCalls) -> String? {
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
    _ name: Path, in folder: Int32, system: SystemCalls
  ) throws(Errno) -> Int32 {
    let descriptor: Int32
    do {
      descriptor = try system.openForReading(name, in: folder, flags: O_NOFOLLOW)
    } catch {
      guard error.code == ENOENT else { throw error }
      // The path ends with a slash.
      guard !name.isEmpty else { throw Errno(code: EISDIR) }
      return try system.open(Path("."), in: folder, O_RDONLY | O_DIRECTORY)
    }
    do {
      try RegularFile.check(try system.status(descriptor))
    } catch {
      system.close(descriptor)
      throw error
    }
    return descriptor
  }

  /// Whether what is locked is still what the list's name leads to.
  func isCurrent(_ name: Path, in folder: Int32) throws(Errno) -> Bool {
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
