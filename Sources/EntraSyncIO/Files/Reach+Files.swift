import CSystem
import EntraSync
import Glibc

extension Reach {
  /// Why a file that a configuration names is not used.
  enum Refusal: Error {
    /// A call failed.
    case system(Errno)
    /// The configuration may not name it.
    case outside
    /// It may be a file from elsewhere, since it has a hard link.
    case hardLink
  }

  /// Opens a file that the configuration names, for reading.
  ///
  /// What is judged is the file that was found, and the folder that it was found in after all
  /// symbolic links. That file is opened then, so that nobody can put another in its place in
  /// between.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - system: The calls to use.
  /// - Throws: A ``Refusal``.
  /// - Returns: The file, open.
  func openForReading(_ path: Path, system: SystemCalls) throws(Refusal) -> Descriptor {
    if isUnlimited {
      return try Refusal.of { () throws(Errno) in try system.openRegularFile(path) }
    }
    let location = try locate(path, system: system)
    guard mayPass(location) else { throw .outside }
    let isBelow = contains(location.folder, system: system)
    if let obstacle = location.obstacle { throw isBelow ? .system(obstacle.reason) : .outside }
    let found = try find(location, isBelow: isBelow, system: system)
    let status = try Refusal.of { () throws(Errno) in try system.status(found) }
    let isTheirs = includes(filesOf: status.st_uid)
    guard isTheirs || isBelow else { throw .outside }
    let file = try Refusal.of { () throws(Errno) in
      try system.openRegularFile(found) { () throws(Errno) in
        try system.openForReading(location.name, in: location.folder)
      }
    }
    // Below a folder of theirs, other users may have linked to a file that is elsewhere.
    guard isTheirs || system.isOnlyName(location.name, in: location.folder, of: status) else {
      throw .hardLink
    }
    return file
  }

  private func find(
    _ location: borrowing FileLocation, isBelow: Bool, system: SystemCalls
  ) throws(Refusal) -> Descriptor {
    do {
      return try system.open(
        location.name, in: location.folder, Int32(SHIM_O_PATH) | O_NOFOLLOW)
    } catch {
      // Whoever may not name a file does not learn either whether it is there.
      throw isBelow ? .system(error) : .outside
    }
  }

  /// Finds a file, whoever has made the symbolic links on its way: where it is decides.
  private func locate(_ path: Path, system: SystemCalls) throws(Refusal) -> FileLocation {
    do {
      return try FileLocation(tracing: path, system: system)
    } catch {
      throw .system(error.reason)
    }
  }

  /// Whether a path leads to the configuration's own folder or below it, before anything that is
  /// found on the way is told.
  ///
  /// - Parameters:
  ///   - path: A file or a folder, which may be missing. If the way to it ends early, the last
  ///     folder decides.
  ///   - system: The calls to use.
  /// - Returns: `true` also if the configuration may name any file.
  func leads(to path: Path, system: SystemCalls) -> Bool {
    if isUnlimited { return true }
    guard let location = try? FileLocation(tracing: path, system: system) else { return false }
    return mayPass(location) && contains(location.folder, system: system)
  }

  /// Whether the way to a file tells nothing of folders that are closed to others. Whoever names
  /// `/root/a/../../file` would learn whether root has a folder `a`, if the file was found.
  private func mayPass(_ location: borrowing FileLocation) -> Bool {
    let way = location.way
    return location.departures.allSatisfy { departure in
      above.contains(departure.folder)
        || way[..<departure.passed].allSatisfy {
          $0.kind != .folder || $0.mode & 0o001 != 0 || includes(filesOf: $0.owner)
        }
    }
  }

  /// Whether a folder is the configuration's own, or is below it.
  ///
  /// Nobody can make another user's folder appear there: who moves a folder has to be able to write
  /// it.
  ///
  /// - Parameters:
  ///   - folder: The folder, open.
  ///   - system: The calls to use.
  /// - Returns: `true` also if the configuration may name any file, `false` also if the system does
  ///   not show what is above the folder.
  func contains(_ folder: borrowing Descriptor, system: SystemCalls) -> Bool {
    if isUnlimited { return true }
    guard let home else { return false }
    return (try? Folder.all(from: folder, system: system).contains(home)) ?? false
  }
}

extension RegularFile {
  /// Reads a file that a configuration names.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - reach: Which files the configuration may name.
  ///   - limit: The most bytes that it may have.
  ///   - system: The calls to use.
  /// - Throws: A refusal.
  init(
    _ path: Path, within reach: Reach, limit: Int, system: SystemCalls
  ) throws(Reach.Refusal) {
    let file = try reach.openForReading(path, system: system)
    do {
      try self.init(file, limit: limit, system: system)
    } catch {
      throw .system(error)
    }
  }
}

extension Reach.Refusal {
  /// Makes calls, and turns a failure into a refusal.
  ///
  /// - Parameter body: Makes the calls.
  /// - Throws: A refusal.
  /// - Returns: What `body` returns.
  static func of<Result: ~Copyable>(
    _ body: () throws(Errno) -> Result
  ) throws(Reach.Refusal) -> Result {
    do {
      return try body()
    } catch {
      throw .system(error)
    }
  }

  /// Why a file could not be used, for a message that has its name in front.
  ///
  /// - Parameter reach: Which files the configuration may name.
  /// - Returns: What is wrong, and what to do.
  func problem(of reach: Reach) -> String {
    switch self {
    case .system(let error): error.readingProblem
    case .outside: reach.refusal
    case .hardLink: reach.hardLinkRefusal
    }
  }
}

extension Reach.Folder {
  /// Opens a folder without reading it.
  static let flags = Int32(SHIM_O_PATH) | O_DIRECTORY

  /// A folder and all above it, up to the root or to one that is closed to this user.
  ///
  /// - Parameters:
  ///   - folder: The folder, open.
  ///   - system: The calls to use.
  /// - Throws: An ``Errno``.
  /// - Returns: What they are compared by, the folder first.
  static func all(
    from folder: borrowing Descriptor, system: SystemCalls
  ) throws(Errno) -> [Reach.Folder] {
    var all = [try Reach.Folder(folder, system: system)]
    guard var above = try? system.open(Path(".."), in: folder, flags) else { return all }
    // The folder above the root is the root. A path has fewer names than bytes.
    while all.count < Path.longest, let next = try? Reach.Folder(above, system: system),
      next != all.last
    {
      all.append(next)
      guard let more = try? system.open(Path(".."), in: above, flags) else { break }
      above = more
    }
    return all
  }

  /// What an open folder is compared by.
  init(_ folder: borrowing Descriptor, system: SystemCalls) throws(Errno) {
    self.init(try system.status(folder))
  }

  /// What a folder is compared by.
  init(_ status: stat) {
    self.init(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
  }
}
