import EntraSync
import Glibc

/// A file that only grows. It says what each run did, one fact a line.
final class AuditFile {
  private let path: Path
  private let descriptor: Descriptor
  private let run = String(UInt32.random(in: 0 ... .max), radix: 36)
  private let system: SystemCalls
  /// Whether the file's last line has no line feed.
  private var isTorn = false

  /// Opens the file, or makes it with permissions for its owner alone, since it names people.
  ///
  /// A file that belongs to another user, or has a hard link in another user's folder, is not used.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - others: Files that the run needs, none of which may be the audit.
  ///   - system: The calls to use.
  /// - Throws: `.file` if the file cannot be written to.
  init(
    _ path: Path, apartFrom others: [Path] = [], system: SystemCalls = SystemCalls()
  ) throws(EntraSyncError) {
    self.path = path
    self.system = system
    let location = try AuditFile.location(of: path, system: system)
    if let other = location.firstSame(of: others, system: system) {
      throw AuditFile.failure(
        path, "is \(other.text.singleLine), which the run needs; name a file of its own")
    }
    descriptor = try AuditFile.open(location, named: path, system: system)
    let status: stat
    do {
      status = try system.status(descriptor)
      try RegularFile.check(status)
    } catch {
      throw AuditFile.failure(path, error.writingProblem)
    }
    guard status.st_uid == 0 || status.st_uid == system.user else {
      throw AuditFile.failure(path, "belongs to user id \(status.st_uid); name a file of your own")
    }
    guard status.st_nlink == 1 else {
      throw AuditFile.failure(path, "has a hard link; name a file without one")
    }
    do {
      // The umask may have taken permissions from a new file.
      if status.st_size == 0, status.st_uid == system.user { try system.keepReadable(descriptor) }
      // A new file is on the disk when its folder is; some file systems cannot sync a folder.
      if status.st_size == 0 { try? system.fsync(location.folder) }
      // A full disk may have cut the last line.
      if status.st_size > 0 {
        isTorn = try system.byte(descriptor, at: status.st_size - 1) != UInt8(ascii: "\n")
      }
    } catch {
      throw AuditFile.failure(path, error.writingProblem)
    }
  }

  /// Adds lines, each with the time and the run in front.
  ///
  /// - Parameter lines: One or more lines without their ends.
  /// - Throws: `.file` when they cannot be written.
  func append(_ lines: [String]) throws(EntraSyncError) {
    let head = "\(CalendarTime.stamp(Clock.wall)) [\(run)] "
    var text: [UInt8] = isTorn ? [UInt8(ascii: "\n")] : []
    for line in lines { text += "\(head)\(line)\n".utf8 }
    do {
      // A line that cannot be written whole may be written in part.
      isTorn = true
      try system.writeAll(descriptor, text)
      isTorn = false
    } catch {
      throw AuditFile.failure(path, error.writingProblem)
    }
  }

  /// Waits until what was added is on the disk.
  ///
  /// - Throws: `.file` if the disk does not confirm that.
  func sync() throws(EntraSyncError) {
    do {
      try system.fsync(descriptor)
    } catch {
      throw AuditFile.failure(path, error.writingProblem)
    }
  }

  private static func location(
    of path: Path, system: SystemCalls
  ) throws(EntraSyncError) -> FileLocation {
    do {
      return try FileLocation(of: path, system: system)
    } catch {
      throw AuditFile.failure(path, error.auditProblem)
    }
  }

  private static func open(
    _ location: borrowing FileLocation, named path: Path, system: SystemCalls
  ) throws(EntraSyncError) -> Descriptor {
    do {
      return try system.open(
        location.name, in: location.folder,
        O_RDWR | O_APPEND | O_CREAT | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW, mode: 0o600)
    } catch {
      throw AuditFile.failure(path, error.writingProblem)
    }
  }

  private static func failure(_ path: Path, _ problem: String) -> EntraSyncError {
    EntraSyncError(.file, "AUDITFILE \(path.text.singleLine) \(problem)")
  }
}

extension Errno {
  /// Why a file could not be written to, for a message that has its name in front.
  fileprivate var writingProblem: String {
    switch code {
    case ENOENT: "cannot be made, since its folder is missing; \(remedy)"
    case ENOTDIR: "cannot be made, since its folder is a file; name another"
    // A limit of the process (`ulimit -f`), or of the file system.
    case EFBIG: "cannot be written (\(reason)); \(remedy)"
    default:
      foundInstead.map { "is \($0); \(remedy)" } ?? "cannot be written (\(reason)); \(remedy)"
    }
  }
}

extension FileLocation.Obstacle {
  /// Why an AUDITFILE cannot be used, for a message that has its name in front.
  fileprivate var auditProblem: String {
    switch self {
    case .folder(let error), .file(let error): error.writingProblem
    case .foreignLink(let owner):
      FileLocation.foreignLink(of: owner) + "; name the file itself"
    }
  }
}
