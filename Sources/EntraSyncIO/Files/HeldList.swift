import EntraSync
import Glibc

/// A list's file that this run has locked. No other run changes it until this object is released.
///
/// The file is replaced whole and in one step, or not at all.
final class HeldList {
  /// The most bytes that a list may have; a million people have half of that.
  static let limit = 64 << 20

  /// The path as the caller named it.
  let path: Path
  /// The path of the file itself; it differs from ``path`` if that is a symbolic link.
  var target: Path { location.path }

  let location: FileLocation
  let system: SystemCalls
  private let temporary: TemporaryName
  private var locks: [ListLock]
  private var old: (content: [UInt8], attributes: FileAttributes)?
  /// What a person should know of the file that ``replace(with:)`` has put in place.
  private(set) var warning: String?

  /// Takes over a list that has been locked, and removes the temporary files of killed runs.
  ///
  /// - Parameters:
  ///   - path: The path as the caller named it.
  ///   - location: Where the file itself is.
  ///   - lock: The list's lock.
  ///   - system: The calls to use.
  init(_ path: Path, location: consuming FileLocation, lock: ListLock, system: SystemCalls) {
    self.path = path
    temporary = TemporaryName(of: location.name)
    self.location = location
    self.system = system
    locks = [lock]
    removeLeftovers()
  }

  /// Reads the list.
  ///
  /// - Throws: `.file` if it cannot be read, `.busy` if somebody has replaced the file and another
  ///   run has locked the new one.
  /// - Returns: The content; empty if there is no file yet.
  func read() throws(EntraSyncError) -> [UInt8] {
    try renewLock()
    do {
      old = try readFile(target.name)
    } catch {
      throw ListFailure.cannotRead(error).about(path.text)
    }
    return old?.content ?? []
  }

  /// Replaces the list, if the new content differs from what ``read()`` returned, and removes the
  /// proposal of an earlier run, which is out of date then.
  ///
  /// - Parameter content: The new content.
  /// - Throws: `.file` naming path and reason. The list is unchanged, unless the message says that
  ///   the new one is in place.
  /// - Returns: Whether the file was replaced.
  func replace(with content: [UInt8]) throws(EntraSyncError) -> Bool {
    if let old, old.content == content {
      removeProposal()
      return false
    }
    let isCurrent: Bool
    do {
      isCurrent = try isUnchanged()
    } catch {
      throw ListFailure.cannotRead(error).about(path.text)
    }
    guard isCurrent else { throw ListFailure.changedMeanwhile.about(path.text) }
    do {
      try put(content, as: target.name, isList: true)
    } catch {
      throw ListFailure.cannotWrite(error).about(path.text)
    }
    // Also if the disk does not confirm the new list, which everybody reads all the same.
    defer { removeProposal() }
    do {
      try system.fsync(location.folder)
    } catch {
      // Some file systems cannot sync a folder, and offer nothing else.
      guard ![EINVAL, ENOTSUP, ENOSYS, EBADF].contains(error.code) else { return true }
      throw ListFailure.notConfirmed(error).about(path.text)
    }
    return true
  }

  /// Whether the list is still what ``read()`` has read: the guard has judged nothing else.
  private func isUnchanged() throws(Errno) -> Bool {
    do {
      let now = try system.status(of: target.name, in: location.folder)
      return old?.attributes.isUnchanged(now) ?? false
    } catch {
      guard error.code == ENOENT else { throw error }
      return old == nil
    }
  }

  /// Locks the file that is there now, if somebody has replaced the one that was locked.
  private func renewLock() throws(EntraSyncError) {
    do {
      if let lock = locks.first, try lock.isCurrent(target.name, in: location.folder) { return }
      if let lock = try ListLock.take(target.name, in: location.folder, system: system) {
        locks = [lock]
        return
      }
    } catch {
      throw ListFailure.cannotRead(error).about(path.text)
    }
    throw ListLock.busy(location, system: system).about(path.text)
  }

  /// Reads a file of the list's folder; `nil` if it is missing.
  func readFile(
    _ name: Path
  ) throws(Errno) -> (content: [UInt8], attributes: FileAttributes)? {
    let descriptor: Descriptor
    do {
      descriptor = try system.openForReading(name, in: location.folder)
    } catch {
      guard error.code == ENOENT else { throw error }
      return nil
    }
    let file = try RegularFile(descriptor, limit: HeldList.limit, system: system)
    return (file.content, try FileAttributes(of: descriptor, system: system))
  }

  /// Waits until the folder's changes are on the disk, if the file system can do that.
  func sync() { try? system.fsync(location.folder) }

  /// Removes a file beside the list.
  func remove(_ path: Path) throws(Errno) {
    try system.unlink(path.name, in: location.folder)
  }

  /// Writes a file under a temporary name and renames it in one step.
  ///
  /// - Parameters:
  ///   - content: What it holds.
  ///   - name: Its name in the list's folder.
  ///   - isList: Whether it becomes the list, with its attributes, which stays locked. Any other
  ///     file belongs to this user.
  /// - Throws: An ``Errno``; an earlier file of that name is unchanged.
  func put(_ content: [UInt8], as name: Path, isList: Bool = false) throws(Errno) {
    let temporary = temporary.next()
    // If there is no old file, the umask decides about the mode, as it does for any new file.
    let descriptor = try system.open(
      temporary, in: location.folder, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW,
      mode: isList && old == nil ? 0o666 : 0o600)
    do {
      try write(content, to: descriptor, isList: isList)
      try system.rename(temporary, to: name, in: location.folder)
    } catch {
      try? system.unlink(temporary, in: location.folder)
      throw error
    }
  }

  /// Writes a file, gives it what it takes over from the list, and closes it.
  private func write(
    _ content: [UInt8], to descriptor: consuming Descriptor, isList: Bool
  ) throws(Errno) {
    try system.writeAll(descriptor, content)
    if let old {
      let unkept = try old.attributes.apply(to: descriptor, keepsOwner: isList, system: system)
      if isList { warning = unkept?.warning }
    } else {
      try system.keepReadable(descriptor)
    }
    try system.fsync(descriptor)
    // Another run that opens the new list must find it locked.
    if isList, let lock = try ListLock.keep(descriptor, system: system) { locks.append(lock) }
  }

  /// Removes the temporary files of killed runs. One that cannot be removed does no harm.
  private func removeLeftovers() {
    guard let names = try? system.names(in: location.folder) else { return }
    for name in names where temporary.matches(name) {
      try? system.unlink(name, in: location.folder)
    }
  }
}
