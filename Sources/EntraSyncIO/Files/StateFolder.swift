import EntraSync
import Glibc

/// The folder of STATEDIR, opened: this user's own, and nobody else's to look into.
final class StateFolder {
  /// Why the folder, or a file in it, is not used.
  enum Flaw: Error {
    /// A call failed.
    case system(Errno)
    /// A user who is neither root nor this one has made a symbolic link that leads there.
    case foreignLink(owner: uid_t)
    /// It belongs to another user.
    case owner(uid_t)
    /// Others may do something with it.
    case mode(mode_t)
    /// The file can be reached by another name too.
    case secondName
    /// A symbolic link stands in the file's place.
    case link
    /// Something stands in the file's place that is none.
    case kind
  }

  /// How old a temporary file is, in seconds, when whoever made it is no longer at work.
  private static let longestWrite = 60.0

  private let descriptor: Int32
  private let system: SystemCalls
  private let temporary = TemporaryName(of: Path(TokenBinding.namePrefix))

  /// Opens the folder, or makes it where that is all that is missing.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - system: The calls to use.
  /// - Throws: A ``Flaw``.
  init(_ path: Path, system: SystemCalls) throws(Flaw) {
    self.system = system
    let location: FileLocation
    do {
      location = try FileLocation(of: path.withoutSlashAtEnd, system: system)
    } catch {
      switch error {
      case .folder(let error), .file(let error): throw .system(error)
      case .foreignLink(let owner): throw .foreignLink(owner: owner)
      }
    }
    defer { system.close(location.folder) }
    let descriptor = try StateFolder.calling { () throws(Errno) in
      try StateFolder.open(location, system: system)
    }
    self.descriptor = descriptor
    let status = try StateFolder.calling { () throws(Errno) in try system.status(descriptor) }
    guard status.st_uid == system.user else { throw .owner(status.st_uid) }
    guard status.st_mode & 0o077 == 0 else { throw .mode(status.st_mode & 0o7777) }
  }

  deinit { system.close(descriptor) }

  private static func open(_ location: FileLocation, system: SystemCalls) throws(Errno) -> Int32 {
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW
    do {
      return try system.open(location.name, in: location.folder, flags)
    } catch {
      guard error.code == ENOENT else { throw error }
    }
    do {
      try system.makeFolder(location.name, in: location.folder, mode: 0o700)
    } catch {
      // Another process may have been faster.
      guard error.code == EEXIST else { throw error }
    }
    return try system.open(location.name, in: location.folder, flags)
  }

  /// What a file holds that only this user has written and read.
  ///
  /// - Parameters:
  ///   - name: Its name in the folder.
  ///   - limit: The most bytes that it may have.
  /// - Throws: A ``Flaw`` for a file that somebody has put there, or let others read.
  /// - Returns: `nil` where there is no file, or a larger one.
  func read(_ name: Path, limit: Int) throws(Flaw) -> Secret? {
    let file: Int32
    do {
      file = try system.openForReading(name, in: descriptor, flags: O_NOFOLLOW)
    } catch {
      switch error.code {
      case ENOENT: return nil
      case ELOOP: throw .link
      case ENXIO: throw .kind
      default: throw .system(error)
      }
    }
    defer { system.close(file) }
    let status = try StateFolder.calling { () throws(Errno) in try system.status(file) }
    if let flaw = StateFolder.flaw(of: status, user: system.user) { throw flaw }
    guard status.st_size <= limit else { return nil }
    return try StateFolder.calling { () throws(Errno) in
      try content(of: file, size: Int(status.st_size))
    }
  }

  private static func calling<Result>(
    _ body: () throws(Errno) -> Result
  ) throws(Flaw) -> Result {
    do {
      return try body()
    } catch {
      throw .system(error)
    }
  }

  private static func flaw(of status: stat, user: uid_t) -> Flaw? {
    guard status.st_mode & S_IFMT == S_IFREG else { return .kind }
    guard status.st_uid == user else { return .owner(status.st_uid) }
    guard status.st_mode & 0o7777 == 0o600 else { return .mode(status.st_mode & 0o7777) }
    return status.st_nlink == 1 ? nil : .secondName
  }

  private func content(of file: Int32, size: Int) throws(Errno) -> Secret {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 1)
    defer {
      buffer.initializeMemory(as: UInt8.self, repeating: 0)
      buffer.deallocate()
    }
    var count = 0
    while count < size {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
      let more = try system.read(file, into: rest)
      if more == 0 { break }
      count += more
    }
    return Secret(buffer[..<count])
  }

  /// Puts a file in the place of whatever has its name, in one step.
  ///
  /// It need not survive a power failure, after which it would be of no use.
  ///
  /// - Parameters:
  ///   - content: What it holds.
  ///   - name: Its name in the folder.
  /// - Throws: An ``Errno``; what was there before is as it was.
  func put(_ content: Secret, as name: Path) throws(Errno) {
    let temporary = temporary.next()
    let file = try system.open(
      temporary, in: descriptor, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
    do {
      defer { system.close(file) }
      // The umask may have taken something from it.
      try system.changeMode(file, 0o600)
      try system.writeAll(file, content)
      try system.rename(temporary, to: name, in: descriptor)
    } catch {
      try? system.unlink(temporary, in: descriptor)
      throw error
    }
  }

  /// Removes a file.
  func remove(_ name: Path) throws(Errno) { try system.unlink(name, in: descriptor) }

  /// Removes what killed runs have left, and tokens that ended long ago, such as those of a secret
  /// that was rotated. What cannot be removed does no harm.
  ///
  /// - Parameter now: Seconds since 1970.
  func removeLeftovers(now: Double) {
    guard let names = try? system.names(in: descriptor) else { return }
    for name in names {
      let life: Double
      if temporary.matches(name) {
        life = StateFolder.longestWrite
      } else if name.text.hasPrefix(TokenBinding.namePrefix) {
        life = Double(Token.longestLifetime)
      } else {
        continue
      }
      guard let status = try? system.status(of: name, in: descriptor),
        now - Double(status.st_mtim.tv_sec) > life
      else { continue }
      try? system.unlink(name, in: descriptor)
    }
  }
}
