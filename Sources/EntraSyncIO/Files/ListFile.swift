import EntraSync
import Glibc

/// A list's file that is not locked yet.
struct ListFile {
  /// How long a run waits for another run that has locked the list, in seconds.
  static let lockWait = 60.0
  /// How long it waits between two tries, in seconds.
  private static let interval = 0.1

  /// The path as the caller named it.
  let path: Path
  private let system: SystemCalls

  /// Names a list's file; nothing is opened yet.
  ///
  /// - Parameters:
  ///   - path: The file, or a symbolic link to it.
  ///   - system: The calls to use.
  init(_ path: Path, system: SystemCalls = SystemCalls()) {
    self.path = path
    self.system = system
  }

  /// Locks the list, so that no other run changes it meanwhile.
  ///
  /// - Parameters:
  ///   - lockWait: How long to wait for another run, in seconds.
  ///   - wait: Waits for so many seconds; it throws to end the run.
  /// - Throws: `.file` naming path and reason, `.busy` naming who holds it, and what `wait` throws.
  /// - Returns: The list, held until it is released.
  func hold(
    waitingAtMost lockWait: Double = ListFile.lockWait,
    _ wait: (Double) throws(EntraSyncError) -> Void = { (_) throws(EntraSyncError) in }
  ) throws(EntraSyncError) -> HeldList {
    let location = try location()
    var waits = Int((lockWait / ListFile.interval).rounded())
    while true {
      if let lock = try lock(location) {
        return HeldList(path, location: location, lock: lock, system: system)
      }
      guard waits > 0 else { throw ListLock.busy(location, system: system).about(path.text) }
      try wait(ListFile.interval)
      waits -= 1
    }
  }

  /// Reads the list without locking it, for a run that changes nothing.
  ///
  /// - Throws: `.file` if the file cannot be read.
  /// - Returns: The content; empty if there is no file yet.
  func read() throws(EntraSyncError) -> [UInt8] {
    let location = try location()
    do {
      let file = try system.openForReading(location.name, in: location.folder)
      return try RegularFile(file, limit: HeldList.limit, system: system).content
    } catch {
      guard error.code != ENOENT else { return [] }
      throw ListFailure.cannotRead(error).about(path.text)
    }
  }

  /// Compares the list's file with others.
  ///
  /// - Parameter paths: Files that are no list.
  /// - Throws: `.file` if the list's folder cannot be opened.
  /// - Returns: The first of them that is the list's file; `nil` if none is.
  func firstSame(of paths: [Path]) throws(EntraSyncError) -> Path? {
    try location().firstSame(of: paths, system: system)
  }

  /// Locks the list if no other run has; `nil` if one has.
  private func lock(_ location: borrowing FileLocation) throws(EntraSyncError) -> ListLock? {
    do {
      return try ListLock.take(location.name, in: location.folder, system: system)
    } catch {
      throw ListFailure.cannotRead(error).about(path.text)
    }
  }

  private func location() throws(EntraSyncError) -> FileLocation {
    do {
      return try FileLocation(of: path, system: system)
    } catch {
      switch error {
      case .folder(let error): throw ListFailure.cannotOpenFolder(error).about(path.text)
      case .file(let error): throw ListFailure.cannotRead(error).about(path.text)
      case .foreignLink(let owner): throw ListFailure.foreignLink(owner: owner).about(path.text)
      }
    }
  }
}
