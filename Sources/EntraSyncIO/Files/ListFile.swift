import EntraSync
import Glibc

/// A list on the disk, before a run has taken hold of it.
struct ListFile {
  /// For how long a run waits for another one that holds the list, in seconds.
  static let lockWait = 60.0
  /// How often it looks, in seconds.
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

  /// Takes hold of the list, so that no other run changes it meanwhile.
  ///
  /// - Parameters:
  ///   - limits: How long to wait for another run, in seconds.
  ///   - wait: Waits for so many seconds, and throws where the run shall end.
  /// - Throws: `.file` naming path and reason, `.busy` naming who holds it, and what `wait` throws.
  /// - Returns: The list, held until it is released.
  func hold(
    waitingAtMost lockWait: Double = ListFile.lockWait,
    _ wait: (Double) throws(EntraSyncError) -> Void = { (_) throws(EntraSyncError) in }
  ) throws(EntraSyncError) -> HeldList {
    let location = try location()
    var waits = Int((lockWait / ListFile.interval).rounded())
    do throws(EntraSyncError) {
      while true {
        if let lock = try lock(location) {
          return HeldList(path, location: location, lock: lock, system: system)
        }
        guard waits > 0 else { throw ListLock.busy(location, system: system).about(path.text) }
        try wait(ListFile.interval)
        waits -= 1
      }
    } catch {
      system.close(location.folder)
      throw error
    }
  }

  /// What the list holds now, for one who changes nothing.
  ///
  /// - Throws: `.file` for what cannot be read.
  /// - Returns: The content, which is empty where there is no file yet.
  func read() throws(EntraSyncError) -> [UInt8] {
    let location = try location()
    defer { system.close(location.folder) }
    do {
      return try RegularFile(
        location.name, in: location.folder, flags: O_NOFOLLOW, limit: HeldList.limit, system: system
      ).content
    } catch {
      guard error.code != ENOENT else { return [] }
      throw ListFailure.cannotRead(error).about(path.text)
    }
  }

  /// Takes the lock if nobody holds it.
  private func lock(_ location: FileLocation) throws(EntraSyncError) -> ListLock? {
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
