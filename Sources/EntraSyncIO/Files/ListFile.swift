import CSystem
import EntraSync
import Glibc

/// A list on the disk, before a run has taken hold of it.
struct ListFile {
  /// For how long a run waits for another one that holds the list, in seconds.
  static let patience = 60.0
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
  ///   - patience: How long to wait for another run, in seconds.
  ///   - wait: Waits for so many seconds, and throws where the run shall end.
  /// - Throws: `.file` naming path and reason, `.busy` naming who holds it, and what `wait` throws.
  /// - Returns: The list, held until it is released.
  func hold(
    waitingAtMost patience: Double = ListFile.patience,
    _ wait: (Double) throws(EntraSyncError) -> Void = { (_) throws(EntraSyncError) in }
  ) throws(EntraSyncError) -> HeldList {
    let target = try resolved()
    let folder: Int32
    do {
      folder = try system.open(target.folder, O_RDONLY | O_DIRECTORY)
    } catch {
      throw ListFailure.cannotOpenFolder(error).about(path.text)
    }
    var waits = Int((patience / ListFile.interval).rounded())
    do throws(EntraSyncError) {
      while true {
        if let lock = try lock(target.name, in: folder) {
          return HeldList(path, target: target, folder: folder, lock: lock, system: system)
        }
        guard waits > 0 else { throw busy(target.name, in: folder) }
        try wait(ListFile.interval)
        waits -= 1
      }
    } catch {
      system.close(folder)
      throw error
    }
  }

  /// What the list holds now, for one who changes nothing.
  ///
  /// - Throws: `.file` for what cannot be read.
  /// - Returns: The content, which is empty where there is no file yet.
  func read() throws(EntraSyncError) -> [UInt8] {
    let target = try resolved()
    do {
      return try RegularFile(target, flags: O_NOFOLLOW, limit: HeldList.limit, system: system)
        .content
    } catch {
      guard error.code != ENOENT else { return [] }
      throw ListFailure.cannotRead(error).about(path.text)
    }
  }

  /// Takes the lock if nobody holds it.
  private func lock(_ name: Path, in folder: Int32) throws(EntraSyncError) -> ListLock? {
    do {
      return try ListLock.take(name, in: folder, system: system)
    } catch {
      throw ListFailure.cannotRead(error).about(path.text)
    }
  }

  private func busy(_ name: Path, in folder: Int32) -> EntraSyncError {
    let holder = ListLock.holder(of: name, in: folder, system: system)
    return ListFailure.busy(holder).about(path.text)
  }

  /// Follows symbolic links by hand, so that the link stays and its target is replaced.
  ///
  /// A link that another user has made could lead to any file of the system, and is not followed.
  private func resolved() throws(EntraSyncError) -> Path {
    var target = path
    for _ in 0..<40 {
      let link: (target: Path, owner: uid_t)?
      do {
        link = try self.link(at: target)
      } catch {
        throw ListFailure.cannotRead(error).about(path.text)
      }
      guard let link else { return target }
      guard link.owner == 0 || link.owner == geteuid() else {
        throw ListFailure.foreignLink(owner: link.owner).about(path.text)
      }
      target = target.sibling(link.target)
    }
    throw ListFailure.cannotRead(Errno(code: ELOOP)).about(path.text)
  }

  /// Where a symbolic link leads and who made it; `nil` for anything else.
  private func link(at path: Path) throws(Errno) -> (target: Path, owner: uid_t)? {
    let descriptor: Int32
    do {
      descriptor = try system.open(path, Int32(SHIM_O_PATH) | O_NOFOLLOW)
    } catch {
      guard error.code == ENOENT else { throw error }
      return nil
    }
    defer { system.close(descriptor) }
    let status = try system.status(descriptor)
    guard status.st_mode & S_IFMT == S_IFLNK else { return nil }
    return (try system.readLink(descriptor), status.st_uid)
  }
}
