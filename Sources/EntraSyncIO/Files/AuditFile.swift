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
  /// A wrong path must not add to a file of another kind, which might be a script. So a file is
  /// used only if it is empty or begins as an audit does, and if it is not executable, has no hard
  /// link and belongs to root or to this user.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - others: Files that the run needs, none of which may be the audit.
  ///   - reach: Which files the configuration may name that names the audit.
  ///   - system: The calls to use.
  /// - Throws: `.file` if the file cannot be written to.
  init(
    _ path: Path, apartFrom others: [Path] = [], within reach: Reach = .anywhere,
    system: SystemCalls = SystemCalls()
  ) throws(EntraSyncError) {
    self.path = path
    self.system = system
    let foreign = AuditFile.failure(path, "cannot be used: \(reach.refusal)")
    guard reach.leads(to: path, system: system) else { throw foreign }
    let location = try AuditFile.location(of: path, system: system)
    if let other = location.firstSame(of: others, system: system) {
      throw AuditFile.failure(
        path, "is \(other.text.singleLine), which the run needs; name a file of its own")
    }
    // Before it is made. An audit belongs to root or to this user, and so to nobody else who names
    // it.
    guard reach.contains(location.folder, system: system) else { throw foreign }
    descriptor = try AuditFile.open(location, named: path, system: system)
    let status: stat
    let beginning: [UInt8]
    do {
      status = try system.status(descriptor)
      try RegularFile.check(status)
      beginning = try system.beginning(of: descriptor, upTo: AuditRecord.longestHead)
    } catch {
      throw AuditFile.failure(path, error.writingProblem)
    }
    guard status.st_uid == 0 || status.st_uid == system.user else {
      throw AuditFile.failure(path, "belongs to user id \(status.st_uid); name a file of your own")
    }
    guard system.isOnlyName(location.name, in: location.folder, of: status) else {
      throw AuditFile.failure(path, "has a hard link; name a file without one")
    }
    guard status.st_mode & 0o111 == 0 else {
      throw AuditFile.failure(
        path, "is executable, which no audit is; name another file, or chmod a-x it")
    }
    guard AuditRecord.isBeginning(beginning) else {
      throw AuditFile.failure(
        path, "does not begin as an audit does; name a file that is missing or empty")
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
    let head = AuditRecord.head(at: Clock.wall, run: run)
    var text: [UInt8] = isTorn ? [UInt8(ascii: "\n")] : []
    for line in lines { text += "\(head)\(line)\n".utf8 }
    do {
      // A line that cannot be written whole may be written in part.
      isTorn = true
      try system.writeAll(descriptor, text)
      isTorn = false
    } catch {
      throw error.isClosed
        ? CallOrigin.filesClosed : AuditFile.failure(path, error.writingProblem)
    }
  }

  /// Waits until what was added is on the disk.
  ///
  /// - Throws: `.file` if the disk does not confirm that.
  func sync() throws(EntraSyncError) {
    do {
      try system.fsync(descriptor)
    } catch {
      throw error.isClosed
        ? CallOrigin.filesClosed : AuditFile.failure(path, error.writingProblem)
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
