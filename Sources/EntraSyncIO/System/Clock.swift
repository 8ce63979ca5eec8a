import Glibc

/// The time, as the system tells it.
enum Clock {
  /// Seconds on a clock that never goes back and counts on while the machine is suspended.
  static var monotonic: Double { read(CLOCK_BOOTTIME) }

  /// Seconds since 1970, for dates that a server names.
  static var wall: Double { read(CLOCK_REALTIME) }

  private static func read(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
