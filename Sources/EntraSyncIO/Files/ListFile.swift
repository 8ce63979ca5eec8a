import EntraSync
import Glibc

/// A list on the disk, which is replaced whole and in one step, or not at all.
struct ListFile {
  /// The most bytes that a list may have.
  private static let limit = 1 << 30

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

  /// Puts new content in the place of the old, if it differs.
  ///
  /// - Parameter content: Decides from the old content, which is empty where there is no file yet,
  ///   what the file shall hold.
  /// - Throws: `.file` naming path and reason, or what `content` throws; the list is as it was.
  /// - Returns: Whether the file was replaced.
  func replace(
    _ content: ([UInt8]) throws(EntraSyncError) -> [UInt8]
  ) throws(EntraSyncError) -> Bool {
    let target: Path
    let folder: Int32
    let old: RegularFile?
    do {
      target = try resolved()
      folder = try system.open(target.folder, O_RDONLY | O_DIRECTORY)
    } catch {
      throw failure(error, "its folder cannot be opened")
    }
    defer { system.close(folder) }
    do {
      old = try RegularFile(
        target.name, in: folder, flags: O_NOFOLLOW, limit: ListFile.limit, system: system)
    } catch {
      guard error.code == ENOENT, !target.name.isEmpty else {
        throw EntraSyncError(.file, "the list was left as it is: \(error.readingProblem)")
          .about(path.text)
      }
      old = nil
    }
    let new = try content(old?.content ?? [])
    if let old, old.content == new { return false }
    do {
      try write(new, in: folder, as: target.name, like: old?.status)
    } catch {
      throw failure(error, "it cannot be written")
    }
    do {
      try system.fsync(folder)
    } catch {
      // Some file systems cannot sync a folder; there is nothing better to do then.
      guard ![EINVAL, ENOTSUP, ENOSYS, EBADF].contains(error.code) else { return true }
      throw EntraSyncError(
        .file,
        "the new list is in place, but may not survive a power failure (\(error.reason)); "
          + "check the disk"
      ).about(path.text)
    }
    return true
  }

  /// Follows symbolic links by hand, so that the link stays and its target is replaced.
  private func resolved() throws(Errno) -> Path {
    var target = path
    for _ in 0..<40 {
      do {
        target = target.sibling(try system.readLink(target))
      } catch {
        switch error.code {
        case EINVAL, ENOENT: return target
        default: throw error
        }
      }
    }
    throw Errno(code: ELOOP)
  }

  private func write(
    _ content: [UInt8], in folder: Int32, as name: Path, like old: stat?
  ) throws(Errno) {
    let temporary = Path(".entrasync-\(String(UInt64.random(in: 0 ... .max), radix: 36)).tmp")
    // Without an old file to take after, the umask decides, as it does for any new file.
    let descriptor = try system.open(
      temporary, in: folder, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW,
      mode: old == nil ? 0o666 : 0o600)
    do {
      defer { system.close(descriptor) }
      try system.writeAll(descriptor, content)
      if let old { try takeAfter(old, descriptor) }
      try system.fsync(descriptor)
      try system.rename(temporary, to: name, in: folder)
    } catch {
      try? system.unlink(temporary, in: folder)
      throw error
    }
  }

  private func takeAfter(_ old: stat, _ descriptor: Int32) throws(Errno) {
    let now = try system.status(descriptor)
    if now.st_uid != old.st_uid || now.st_gid != old.st_gid {
      try system.changeOwner(descriptor, user: old.st_uid, group: old.st_gid)
    }
    try system.changeMode(descriptor, old.st_mode & 0o7777)
  }

  private func failure(_ error: Errno, _ what: String) -> EntraSyncError {
    // Giving a file away is what an ordinary user may not do.
    let what = error.code == EPERM ? "its owner cannot be kept; run as root or as its owner" : what
    return EntraSyncError(.file, "the list was left as it is: \(what) (\(error.reason))").about(
      path.text)
  }
}
