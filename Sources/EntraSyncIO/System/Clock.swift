import EntraSync
import Glibc

/// The time, as the system tells it.
enum Clock {
  /// Seconds on a clock that never goes back and counts on while the machine is suspended.
  static var monotonic: Double { read(CLOCK_BOOTTIME) }

  /// Seconds since 1970, for dates that a server names.
  static var wall: Double { read(CLOCK_REALTIME) }

  /// This moment, as another process can understand it.
  ///
  /// Source: random(4), which names the file.
  ///
  /// - Parameter system: The calls to use.
  /// - Throws: An ``Errno`` where the system does not say which start of its own this is.
  /// - Returns: What both clocks say.
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
