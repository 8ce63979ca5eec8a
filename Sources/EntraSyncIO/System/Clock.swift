import EntraSync
import Glibc

/// Reads the system's clocks.
enum Clock {
  /// Seconds on a clock that never goes back and also counts while the machine is suspended.
  static var monotonic: Double { read(CLOCK_BOOTTIME) }

  /// Seconds since 1970, to compare with dates that a server names.
  static var wall: Double { read(CLOCK_REALTIME) }

  /// Returns this moment in a form that another process can compare with its own.
  ///
  /// Source: random(4), which names the file.
  ///
  /// - Parameter system: The calls to use.
  /// - Throws: An ``Errno`` if the system does not say which boot this is.
  /// - Returns: Both clocks, and the boot's id.
  static func moment(_ system: SystemCalls) throws(Errno) -> Moment {
    let file = try RegularFile(bootID, limit: 64, system: system)
    guard let boot = ObjectID(String(decoding: file.content, as: UTF8.self).trimmed) else {
      throw Errno(code: EINVAL)
    }
    return Moment(wall: wall, monotonic: monotonic, boot: boot.text)
  }

  private static let bootID = Path("/proc/sys/kernel/random/boot_id")

  private static func read(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
