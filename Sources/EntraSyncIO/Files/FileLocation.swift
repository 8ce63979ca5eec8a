import CSystem
import EntraSync
import Glibc

/// Where a file is, or would be: its folder, opened, and its name in it.
///
/// Symbolic links on the way are followed one by one and not by the system, since root may work in
/// the folder of a user who is not trusted. A link of such a user could lead to any file. Therefore
/// such a link is refused if it stands for the file itself, and if it stands for a folder, unless
/// the folder that it leads to belongs to the same user.
struct FileLocation: ~Copyable {
  /// Why a file's folder or name cannot be determined.
  enum Obstacle: Error {
    /// A folder on the way is missing, or closed to this user.
    case folder(Errno)
    /// The path exists but is not a regular file, or cannot be looked at.
    case file(Errno)
    /// A user who is neither root nor this one has made a symbolic link that leads elsewhere.
    case foreignLink(owner: uid_t)

    /// Why a call failed, or would have.
    var reason: Errno {
      switch self {
      case .folder(let error), .file(let error): error
      case .foreignLink: Errno(code: EACCES)
      }
    }
  }

  /// The folder, open for reading unless the way to it was traced.
  let folder: Descriptor
  /// The file's path; if the last name was a symbolic link, the path that it leads to.
  let path: Path

  /// The folders and the symbolic links on the way; none, unless it was traced.
  let way: [Standing]
  /// The folders that a traced walk has left by `..`, and how many of ``way`` it had passed then.
  let departures: [(folder: Reach.Folder, passed: Int)]
  /// What has ended a traced walk; ``folder`` is the last one that it has reached then.
  let obstacle: Obstacle?

  /// The name in the folder.
  var name: Path { path.name }

  /// Finds a file's folder and opens it.
  ///
  /// - Parameters:
  ///   - path: The file, which may be missing.
  ///   - system: The calls to use.
  /// - Throws: An ``Obstacle``.
  init(of path: Path, system: SystemCalls) throws(Obstacle) {
    try self.init(of: path, isTraced: false, system: system)
  }

  /// Finds a file's folder and opens it. Symbolic links are followed, whoever has made them: the
  /// caller looks at ``way``, or at the file itself.
  ///
  /// - Parameters:
  ///   - path: The file, which may be missing.
  ///   - system: The calls to use.
  /// - Throws: An ``Obstacle`` if the walk cannot begin. What ends it later is in ``obstacle``.
  init(tracing path: Path, system: SystemCalls) throws(Obstacle) {
    try self.init(of: path, isTraced: true, system: system)
  }

  private init(of path: Path, isTraced: Bool, system: SystemCalls) throws(Obstacle) {
    var walk = try Walk(from: path, isTraced: isTraced, system: system)
    var (end, obstacle): (Path, Obstacle?) = (path, nil)
    do {
      end = try walk.follow(path)
    } catch {
      guard isTraced else { throw error }
      obstacle = error
    }
    let folder = try walk.open()
    self.path = end
    self.folder = folder
    self.obstacle = obstacle
    way = walk.way
    departures = walk.departures
  }

  /// What an administrator is told about a symbolic link that is not followed.
  ///
  /// - Parameter owner: The user who made it.
  /// - Returns: What is wrong, for a message that has the path in front and a remedy behind.
  static func foreignLink(of owner: uid_t) -> String {
    "is reached by a symbolic link of user id \(owner), who may lead it anywhere"
  }

  /// Whether a path leads to the same name of the same folder.
  ///
  /// - Parameters:
  ///   - path: A file, which may be missing.
  ///   - system: The calls to use.
  /// - Returns: `false` also for a path that leads nowhere.
  private func isSame(as path: Path, system: SystemCalls) -> Bool {
    guard let other = try? FileLocation(of: path, system: system),
      other.name.bytes == name.bytes, let one = try? system.status(folder),
      let two = try? system.status(other.folder)
    else { return false }
    return one.st_dev == two.st_dev && one.st_ino == two.st_ino
  }

  /// The first of some paths that leads to the same file; `nil` if none does.
  func firstSame(of paths: [Path], system: SystemCalls) -> Path? {
    for path in paths where isSame(as: path, system: system) { return path }
    return nil
  }
}

/// A walk from folder to folder, one name at a time.
private struct Walk: ~Copyable {
  /// What a folder holds under some name, opened without following it.
  private struct Entry: ~Copyable {
    let descriptor: Descriptor
    let status: stat

    var isLink: Bool { status.st_mode & S_IFMT == S_IFLNK }
  }

  private static let anyFile = Int32(SHIM_O_PATH) | O_NOFOLLOW

  private let system: SystemCalls
  private let isTraced: Bool
  private var folder: Descriptor
  /// The folder's path, as far as it was walked.
  private var passed: [String] = []
  /// What has been passed, if the walk is traced.
  private(set) var way: [Standing] = []
  /// The folders that have been left by `..`, and how much had been passed then.
  private(set) var departures: [(folder: Reach.Folder, passed: Int)] = []
  /// The owners of symbolic links for folders who are neither root nor this user.
  private var strangers: [uid_t] = []

  /// Begins where a path does: at the root, or at the working folder.
  init(from path: Path, isTraced: Bool, system: SystemCalls) throws(FileLocation.Obstacle) {
    self.system = system
    self.isTraced = isTraced
    folder = try Walk.start(of: path, system: system)
  }

  private static func start(
    of path: Path, system: SystemCalls
  ) throws(FileLocation.Obstacle) -> Descriptor {
    do {
      return try system.open(
        Path(path.isAbsolute ? "/" : "."), Int32(SHIM_O_PATH) | O_DIRECTORY)
    } catch {
      throw .folder(error)
    }
  }

  /// Goes to the folder of a path.
  ///
  /// - Returns: The path; if its last name is a symbolic link, the path that it leads to.
  mutating func follow(_ path: Path) throws(FileLocation.Obstacle) -> Path {
    var shown = path
    var names = path.components
    var links = 0
    try noteFolder()
    while !names.isEmpty {
      let name = names.removeFirst()
      // The same folder again. A path may have thousands of these.
      if name.text == ".", !names.isEmpty { continue }
      if names.isEmpty, name.text == "." { throw .file(Errno(code: EISDIR)) }
      guard let entry = try look(at: name, isLast: names.isEmpty) else { return shown }
      guard entry.isLink else {
        if names.isEmpty { return shown }
        try enter(name)
        continue
      }
      links += 1
      guard links <= 40 else { throw .file(Errno(code: ELOOP)) }
      let target = try link(entry.descriptor)
      let owner = entry.status.st_uid
      if isTraced {
        way.append(Standing(.link, at: place(name), entry.status))
      } else if owner != 0, owner != system.user {
        guard !names.isEmpty else { throw .foreignLink(owner: owner) }
        strangers.append(owner)
      }
      if names.isEmpty { shown = shown.sibling(target) }
      names = target.components + names
      if target.isAbsolute {
        folder = try Walk.start(of: target, system: system)
        passed = []
      }
    }
    throw .file(Errno(code: EISDIR))
  }

  /// Opens the folder that was reached, for reading unless the walk is traced.
  func open() throws(FileLocation.Obstacle) -> Descriptor {
    let owner: uid_t
    let opened: Descriptor
    do {
      if isTraced { return try system.duplicate(folder) }
      owner = try system.status(folder).st_uid
      opened = try system.open(Path("."), in: folder, O_RDONLY | O_DIRECTORY)
    } catch {
      throw .folder(error)
    }
    if let stranger = strangers.first(where: { $0 != owner }) {
      throw .foreignLink(owner: stranger)
    }
    return opened
  }

  private mutating func enter(_ name: Path) throws(FileLocation.Obstacle) {
    do {
      if isTraced, name.text == ".." {
        departures.append((try Reach.Folder(folder, system: system), way.count))
      }
      folder = try system.open(
        name, in: folder, Int32(SHIM_O_PATH) | O_DIRECTORY | O_NOFOLLOW)
    } catch {
      throw .folder(error)
    }
    switch name.text {
    case ".": break
    case "..": _ = passed.popLast()
    case let text: passed.append(text)
    }
    try noteFolder()
  }

  /// The path of something in the folder, for messages.
  private func place(_ name: Path? = nil) -> String {
    "/" + (passed + [name?.text].compactMap(\.self)).joined(separator: "/")
  }

  private mutating func noteFolder() throws(FileLocation.Obstacle) {
    guard isTraced else { return }
    do {
      let status = try system.status(folder)
      way.append(Standing(.folder, at: place(), status))
    } catch {
      throw .folder(error)
    }
  }

  /// Opens what has a name in the folder; `nil` for a file that is missing.
  private func look(
    at name: Path, isLast: Bool
  ) throws(FileLocation.Obstacle) -> Entry? {
    do throws(Errno) {
      let descriptor = try system.open(name, in: folder, Walk.anyFile)
      let status = try system.status(descriptor)
      return Entry(descriptor: descriptor, status: status)
    } catch {
      if isLast, error.code == ENOENT { return nil }
      throw isLast ? .file(error) : .folder(error)
    }
  }

  private func link(_ descriptor: borrowing Descriptor) throws(FileLocation.Obstacle) -> Path {
    do {
      return try system.readLink(descriptor)
    } catch {
      throw .file(error)
    }
  }
}
