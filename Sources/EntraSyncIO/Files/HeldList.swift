import EntraSync
import Glibc

/// A list on the disk that this run alone may change, until it is released.
///
/// It is replaced whole and in one step, or not at all.
final class HeldList {
  /// The most bytes that a list may have; a million people have half of that.
  static let limit = 64 << 20

  /// The path as the caller named it.
  let path: Path
  /// The path of the file itself, where the caller named a symbolic link.
  var target: Path { location.path }

  private let location: FileLocation
  private let system: SystemCalls
  private let temporary: TemporaryName
  private var locks: [ListLock]
  private var old: (content: [UInt8], attributes: FileAttributes)?

  /// Takes charge of a list that has been locked, and clears away what a killed run has left.
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

  /// What the list holds now.
  ///
  /// - Throws: `.file` for what cannot be read, `.busy` where another run has taken hold of a file
  ///   that somebody put in the list's place.
  /// - Returns: The content, which is empty where there is no file yet.
  func read() throws(EntraSyncError) -> [UInt8] {
    try renewLock()
    do {
      old = try readFile(target.name)
    } catch {
      throw ListFailure.cannotRead(error).about(path.text)
    }
    return old?.content ?? []
  }

  /// Puts new content in the place of what ``read()`` gave, if it differs.
  ///
  /// - Parameter content: What the file shall hold.
  /// - Throws: `.file` naming path and reason; the list is as it was, unless the message says that
  ///   the new one is in place.
  /// - Returns: Whether the file was replaced.
  func replace(with content: [UInt8]) throws(EntraSyncError) -> Bool {
    if let old, old.content == content { return false }
    do {
      try put(content, as: target.name, isList: true)
    } catch {
      throw ListFailure.cannotWrite(error).about(path.text)
    }
    do {
      try system.fsync(location.folder)
    } catch {
      // Some file systems cannot sync a folder; there is nothing better to do then.
      guard ![EINVAL, ENOTSUP, ENOSYS, EBADF].contains(error.code) else { return true }
      throw ListFailure.notConfirmed(error).about(path.text)
    }
    return true
  }

  /// Locks the file that is there now, where somebody has replaced the one that was locked.
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

  /// What a file of the list's folder holds; `nil` where it is missing.
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

  /// Whether there is something of this name beside the list.
  func isThere(_ path: Path) throws(Errno) -> Bool {
    do {
      _ = try system.status(of: path.name, in: location.folder)
      return true
    } catch {
      // A list's name can be too long for another ending.
      guard [ENOENT, ENAMETOOLONG].contains(error.code) else { throw error }
      return false
    }
  }

  /// Sees to it that what has become of the folder is on the disk, as far as that can be had.
  func sync() { try? system.fsync(location.folder) }

  /// Removes a file beside the list.
  func remove(_ path: Path) throws(Errno) {
    try system.unlink(path.name, in: location.folder)
  }

  /// Makes a file ready under another name, and gives it its own in one step.
  ///
  /// - Parameters:
  ///   - content: What it holds.
  ///   - name: Its name in the list's folder; it takes after the list, whatever it is.
  ///   - isList: Whether it becomes the list.
  /// - Throws: An ``Errno``; what was there before is as it was.
  func put(_ content: [UInt8], as name: Path, isList: Bool = false) throws(Errno) {
    let temporary = temporary.next()
    // Without an old file to take after, the umask decides, as it does for any new file.
    let descriptor = try system.open(
      temporary, in: location.folder, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW,
      mode: old == nil ? 0o666 : 0o600)
    do {
      try write(content, to: descriptor, isList: isList)
      try system.rename(temporary, to: name, in: location.folder)
    } catch {
      try? system.unlink(temporary, in: location.folder)
      throw error
    }
  }

  /// Writes a file that takes the list's place, with the list's attributes, and closes it.
  private func write(
    _ content: [UInt8], to descriptor: consuming Descriptor, isList: Bool
  ) throws(Errno) {
    try system.writeAll(descriptor, content)
    try old?.attributes.apply(to: descriptor, system: system)
    try system.fsync(descriptor)
    // Another run that opens the new list must find it locked.
    if isList, let lock = try ListLock.keep(descriptor, system: system) { locks.append(lock) }
  }

  /// What cannot be cleared away does no harm.
  private func removeLeftovers() {
    guard let names = try? system.names(in: location.folder) else { return }
    for name in names where temporary.matches(name) {
      try? system.unlink(name, in: location.folder)
    }
  }
}
