import EntraSync
import Glibc

/// The CAFILE of a client, and what it held when it was read last.
///
/// A run that keeps it unchanged need not read it again. The next one notices that another file is
/// there, or that this one was written to.
///
/// It is a class, since a callback may use the client again in the middle of a run.
final class AuthoritiesFile {
  /// The most bytes that it may have. A system's whole store has a quarter of a megabyte.
  private static let limit = 16 << 20
  /// How old the last change has to be, in seconds. Another one that follows at once may have the
  /// same time, as the clock of a file system has its ticks.
  private static let settled = 3.0

  private var known: (file: Version, authorities: Authorities)?

  /// What tells a file from another one, and from itself before it was written to.
  private struct Version: Equatable {
    private let numbers: [Int]
    /// When it was changed, in seconds since 1970. Only the system sets this time.
    let changed: Double

    init(_ status: stat) {
      numbers = [
        Int(bitPattern: UInt(status.st_dev)), Int(bitPattern: UInt(status.st_ino)),
        Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec,
        status.st_ctim.tv_nsec,
      ]
      changed = Double(status.st_ctim.tv_sec) + Double(status.st_ctim.tv_nsec) / 1e9
    }
  }

  /// Reads and checks the CAFILE of a configuration, so that a run with a bad one ends before it
  /// sends anything. Each run looks whether it has changed, and whether the configuration may name
  /// it.
  ///
  /// - Parameters:
  ///   - path: The file; `nil` if the configuration names none.
  ///   - configuration: The configuration, whose key the message names.
  ///   - now: The time in seconds since 1970.
  /// - Throws: `.configuration`, naming key, line and path, if the file cannot be read or used.
  /// - Returns: What it holds; `nil` without a file.
  func read(
    _ path: Path?, of configuration: Configuration, now: Double = Clock.wall
  ) throws(EntraSyncError) -> Authorities? {
    guard let path else { return nil }
    let subject = "\(configuration.keyAndLine(.caFile)): \(path.text)"
    let file: RegularFile
    do {
      let system = SystemCalls()
      let open = try configuration.reach.openForReading(path, system: system)
      let status = try Reach.Refusal.of { () throws(Errno) in try system.status(open) }
      if let known, known.file == Version(status) { return known.authorities }
      file = try Reach.Refusal.of { () throws(Errno) in
        try RegularFile(open, limit: AuthoritiesFile.limit, system: system)
      }
    } catch {
      throw EntraSyncError(
        .configuration, "\(subject) cannot be used: \(error.problem(of: configuration.reach))")
    }
    known = nil
    var content = file.content
    // OpenSSL would not see the first certificate behind a byte order mark.
    if content.starts(with: [0xEF, 0xBB, 0xBF]) { content.removeFirst(3) }
    if let problem = AuthorityFile.problem(content) {
      throw EntraSyncError(.configuration, "\(subject) \(problem)")
    }
    let authorities = Authorities(content)
    let version = Version(file.status)
    if abs(now - version.changed) > AuthoritiesFile.settled { known = (version, authorities) }
    return authorities
  }
}
