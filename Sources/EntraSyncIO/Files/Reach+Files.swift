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
    return contains(location.folder, system: system)
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
    return (try? Reach.isBelow(home, folder, system: system)) ?? false
  }

  private static func isBelow(
    _ home: Folder, _ folder: borrowing Descriptor, system: SystemCalls
  ) throws(Errno) -> Bool {
    var now = try Folder(folder, system: system)
    if now == home { return true }
    var above = try system.open(Path(".."), in: folder, Folder.flags)
    // A path has fewer names than bytes.
    for _ in 0..<Path.longest {
      let next = try Folder(above, system: system)
      if next == home { return true }
      // The folder above the root is the root.
      if next == now { return false }
      now = next
      above = try system.open(Path(".."), in: above, Folder.flags)
    }
    return false
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
  fileprivate static func of<Result: ~Copyable>(
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

  /// What an open folder is compared by.
  init(_ folder: borrowing Descriptor, system: SystemCalls) throws(Errno) {
    self.init(try system.status(folder))
  }

  /// What a folder is compared by.
  init(_ status: stat) {
    self.init(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
  }
}
