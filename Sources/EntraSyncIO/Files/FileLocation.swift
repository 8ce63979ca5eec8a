import CSystem
import EntraSync
import Glibc

/// Where a file is, or would be: its folder, opened, and its name in it.
///
/// Every symbolic link on the way is followed by hand, since root may work in the folder of a user
/// who is not to be trusted. A link that such a user has made could lead to any file of the system:
/// one in a file's place is not followed, and one in a folder's place only to a folder of that
/// user's own.
struct FileLocation {
  /// Why a file's place cannot be had.
  enum Obstacle: Error {
    /// A folder on the way is missing, or not for this user.
    case folder(Errno)
    /// What stands in the file's place is none.
    case file(Errno)
    /// A user who is neither root nor this one has made a symbolic link that leads elsewhere.
    case foreignLink(owner: uid_t)
  }

  /// The folder, open for reading; the caller closes it.
  let folder: Int32
  /// The file's path, with a link in its own place followed.
  let path: Path

  /// The name in the folder.
  var name: Path { path.name }

  /// Finds a file's place.
  ///
  /// - Parameters:
  ///   - path: The file, which may be missing.
  ///   - system: The calls to use.
  /// - Throws: An ``Obstacle``.
  init(of path: Path, system: SystemCalls) throws(Obstacle) {
    var walk = Walk(system: system)
    do {
      self.path = try walk.follow(path)
      folder = try walk.open()
    } catch {
      walk.end()
      throw error
    }
    walk.end()
  }

  /// Whether a path leads to the same name of the same folder.
  ///
  /// - Parameters:
  ///   - path: A file, which may be missing.
  ///   - system: The calls to use.
  /// - Returns: `false` also for a path that leads nowhere.
  func isSame(as path: Path, system: SystemCalls) -> Bool {
    guard let other = try? FileLocation(of: path, system: system) else { return false }
    defer { system.close(other.folder) }
    guard other.name.bytes == name.bytes, let one = try? system.status(folder),
      let two = try? system.status(other.folder)
    else { return false }
    return one.st_dev == two.st_dev && one.st_ino == two.st_ino
  }
}

/// A walk from folder to folder, one name at a time.
private struct Walk {
  private static let anyFile = Int32(SHIM_O_PATH) | O_NOFOLLOW

  let system: SystemCalls
  private var folder: Int32?
  private var strangers: [uid_t] = []

  init(system: SystemCalls) {
    self.system = system
  }

  /// Goes to the folder of a path.
  ///
  /// - Returns: The path with a link in its last place followed.
  mutating func follow(_ path: Path) throws(FileLocation.Obstacle) -> Path {
    var shown = path
    var names = path.components
    var links = 0
    try begin(at: path)
    while !names.isEmpty {
      let name = names.removeFirst()
      if names.isEmpty, name.text == "." { throw .file(Errno(code: EISDIR)) }
      guard let (descriptor, status) = try look(at: name, isLast: names.isEmpty) else {
        return shown
      }
      defer { system.close(descriptor) }
      guard status.st_mode & S_IFMT == S_IFLNK else {
        if names.isEmpty { return shown }
        try enter(name)
        continue
      }
      links += 1
      guard links <= 40 else { throw .file(Errno(code: ELOOP)) }
      let target = try link(descriptor)
      if status.st_uid != 0, status.st_uid != system.user {
        guard !names.isEmpty else { throw .foreignLink(owner: status.st_uid) }
        strangers.append(status.st_uid)
      }
      if names.isEmpty { shown = shown.sibling(target) }
      names = target.components + names
      if target.isAbsolute { try begin(at: target) }
    }
    throw .file(Errno(code: EISDIR))
  }

  /// The folder that was reached, open for reading.
  func open() throws(FileLocation.Obstacle) -> Int32 {
    guard let folder else { throw .folder(Errno(code: ENOENT)) }
    let owner: uid_t
    let opened: Int32
    do {
      owner = try system.status(folder).st_uid
      opened = try system.open(Path("."), in: folder, O_RDONLY | O_DIRECTORY)
    } catch {
      throw .folder(error)
    }
    guard let stranger = strangers.first(where: { $0 != owner }) else { return opened }
    system.close(opened)
    throw .foreignLink(owner: stranger)
  }

  /// Lets go of the folder that was reached.
  mutating func end() {
    if let folder { system.close(folder) }
    folder = nil
  }

  private mutating func begin(at path: Path) throws(FileLocation.Obstacle) {
    end()
    do {
      folder = try system.open(
        Path(path.isAbsolute ? "/" : "."), Int32(SHIM_O_PATH) | O_DIRECTORY)
    } catch {
      throw .folder(error)
    }
  }

  private mutating func enter(_ name: Path) throws(FileLocation.Obstacle) {
    do {
      let next = try system.open(
        name, in: folder ?? AT_FDCWD, Int32(SHIM_O_PATH) | O_DIRECTORY | O_NOFOLLOW)
      end()
      folder = next
    } catch {
      throw .folder(error)
    }
  }

  /// What has a name in the folder, without following it; `nil` for a file that is missing.
  private func look(
    at name: Path, isLast: Bool
  ) throws(FileLocation.Obstacle) -> (descriptor: Int32, status: stat)? {
    do throws(Errno) {
      let descriptor = try system.open(name, in: folder ?? AT_FDCWD, Walk.anyFile)
      do throws(Errno) {
        return (descriptor, try system.status(descriptor))
      } catch {
        system.close(descriptor)
        throw error
      }
    } catch {
      if isLast, error.code == ENOENT { return nil }
      throw isLast ? .file(error) : .folder(error)
    }
  }

  private func link(_ descriptor: Int32) throws(FileLocation.Obstacle) -> Path {
    do {
      return try system.readLink(descriptor)
    } catch {
      throw .file(error)
    }
  }
}
