import EntraSync
import Glibc

/// The folder of STATEDIR, opened for one kind of state. It belongs to this user, and no other user
/// can look into it.
///
/// What is kept is a `Secret`, whatever its kind: its bytes are wiped after use and never printed.
final class StateFolder {
  /// After how many seconds the run that made a temporary file can no longer be writing it.
  private static let longestWrite = 60.0

  private let folder: Descriptor
  private let kind: StateKind
  private let system: SystemCalls
  private let temporary: TemporaryName

  /// Opens the folder. If only the folder itself is missing, it is made.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - kind: What is kept there.
  ///   - reach: Which files the configuration may name that names the folder.
  ///   - isMade: Whether the folder is made if it is missing.
  ///   - system: The calls to use.
  /// - Throws: A ``Flaw``.
  init(
    _ path: Path, for kind: StateKind, within reach: Reach = .anywhere, making isMade: Bool = true,
    system: SystemCalls
  ) throws(Flaw) {
    self.kind = kind
    self.system = system
    temporary = TemporaryName(of: Path(kind.namePrefix))
    folder = try StateFolder.open(path, within: reach, making: isMade, system: system)
    let status: stat
    do {
      status = try system.status(folder)
    } catch {
      throw .system(error)
    }
    guard status.st_uid == system.user else { throw .owner(status.st_uid) }
    guard status.st_mode & 0o077 == 0 else { throw .mode(status.st_mode & 0o7777) }
  }

  private static func open(
    _ path: Path, within reach: Reach, making isMade: Bool, system: SystemCalls
  ) throws(Flaw) -> Descriptor {
    guard reach.leads(to: path.withoutSlashAtEnd, system: system) else { throw .reach(reach) }
    let location = try location(of: path, system: system)
    // Before it is made. It belongs to this user, and so never to another who names it.
    guard reach.contains(location.folder, system: system) else { throw .reach(reach) }
    do {
      return try open(location, making: isMade, system: system)
    } catch {
      throw .system(error)
    }
  }

  private static func location(
    of path: Path, system: SystemCalls
  ) throws(Flaw) -> FileLocation {
    do {
      return try FileLocation(of: path.withoutSlashAtEnd, system: system)
    } catch {
      switch error {
      case .folder(let error), .file(let error): throw .system(error)
      case .foreignLink(let owner): throw .foreignLink(owner: owner)
      }
    }
  }

  private static func open(
    _ location: borrowing FileLocation, making isMade: Bool, system: SystemCalls
  ) throws(Errno) -> Descriptor {
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW
    do {
      return try system.open(location.name, in: location.folder, flags)
    } catch {
      guard isMade, error.code == ENOENT else { throw error }
    }
    do {
      try system.makeFolder(location.name, in: location.folder, mode: 0o700)
      // The umask may have taken permissions from it.
      try system.permitOwner(location.name, in: location.folder)
    } catch {
      // Another process may have been faster.
      guard error.code == EEXIST else { throw error }
    }
    return try system.open(location.name, in: location.folder, flags)
  }

  /// Reads a file that no other user can have written or read.
  ///
  /// - Parameters:
  ///   - name: Its name in the folder.
  ///   - limit: The most bytes that it may have.
  /// - Throws: A ``Flaw`` for a file that another user may have written or read.
  /// - Returns: Its content; `nil` if there is no file, or a larger one.
  func read(_ name: Path, limit: Int) throws(Flaw) -> Secret? {
    let file: Descriptor
    do {
      file = try system.openForReading(name, in: folder)
    } catch {
      switch error.code {
      case ENOENT: return nil
      case ELOOP: throw .link
      case ENXIO: throw .kind
      default: throw .system(error)
      }
    }
    let status: stat
    do {
      status = try system.status(file)
    } catch {
      throw .system(error)
    }
    if let flaw = StateFolder.flaw(of: status, user: system.user) { throw flaw }
    guard status.st_size <= limit else { return nil }
    do {
      return try content(of: file, size: Int(status.st_size))
    } catch {
      throw .system(error)
    }
  }

  private static func flaw(of status: stat, user: uid_t) -> Flaw? {
    guard status.st_mode & S_IFMT == S_IFREG else { return .kind }
    guard status.st_uid == user else { return .owner(status.st_uid) }
    guard status.st_mode & 0o7777 == 0o600 else { return .mode(status.st_mode & 0o7777) }
    return status.st_nlink == 1 ? nil : .hardLink
  }

  private func content(of file: borrowing Descriptor, size: Int) throws(Errno) -> Secret {
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

  /// Looks at a file that another library is going to open by its path.
  ///
  /// - Parameters:
  ///   - name: Its name in the folder.
  ///   - isMade: Whether an empty file is made if there is none.
  /// - Throws: A ``Flaw`` for a file that another user may have written or read.
  /// - Returns: Whether there is a file.
  func prepare(_ name: Path, making isMade: Bool) throws(Flaw) -> Bool {
    do {
      if isMade { try make(name) }
    } catch {
      guard error.code == EEXIST else { throw .system(error) }
    }
    let status: stat
    do {
      status = try system.status(of: name, in: folder)
    } catch {
      guard !isMade, error.code == ENOENT else { throw .system(error) }
      return false
    }
    guard status.st_mode & S_IFMT != S_IFLNK else { throw .link }
    if let flaw = StateFolder.flaw(of: status, user: system.user) { throw flaw }
    return true
  }

  private func make(_ name: Path) throws(Errno) {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW
    let file = try system.open(name, in: folder, flags, mode: 0o600)
    // The umask may have taken permissions from it.
    try system.changeMode(file, 0o600)
  }

  /// Renames a file. It replaces any file of the new name.
  func rename(_ name: Path, to other: Path) throws(Errno) {
    try system.rename(name, to: other, in: folder)
  }

  /// Writes a file. It replaces any file of that name in one step.
  ///
  /// It is not made to survive a power failure: state only saves work, and a lost file is made
  /// again.
  ///
  /// - Parameters:
  ///   - content: What it holds.
  ///   - name: Its name in the folder.
  /// - Throws: An ``Errno``; what was there before is as it was.
  func put(_ content: Secret, as name: Path) throws(Errno) {
    let temporary = temporary.next()
    let file = try system.open(
      temporary, in: folder, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
    do {
      try write(content, to: file)
      try system.rename(temporary, to: name, in: folder)
    } catch {
      try? system.unlink(temporary, in: folder)
      throw error
    }
  }

  private func write(_ content: Secret, to file: consuming Descriptor) throws(Errno) {
    // The umask may have taken permissions from it.
    try system.changeMode(file, 0o600)
    try system.writeAll(file, content)
  }

  /// Removes a file.
  func remove(_ name: Path) throws(Errno) { try system.unlink(name, in: folder) }

  /// Removes the temporary files of killed runs, and files of this kind that are past their
  /// lifetime.
  ///
  /// A file that cannot be removed does no harm.
  ///
  /// - Parameter now: Seconds since 1970.
  func removeLeftovers(now: Double) {
    guard let names = try? system.names(in: folder) else { return }
    for name in names {
      let life: Double
      if temporary.matches(name) {
        life = StateFolder.longestWrite
      } else if name.text.hasPrefix(kind.namePrefix) {
        life = kind.lifetime
      } else {
        continue
      }
      guard let status = try? system.status(of: name, in: folder),
        now - Double(status.st_mtim.tv_sec) > life
      else { continue }
      try? system.unlink(name, in: folder)
    }
  }
}
