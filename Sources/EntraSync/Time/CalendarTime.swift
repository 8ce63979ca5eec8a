/// Writes a time as a person reads it, in a message or in a log.
public enum CalendarTime {
  /// The latest time that can be written, the end of the year 9999, in seconds since 1970.
  private static let latest = 253_402_300_799.0

  /// The time in UTC, to the minute: `2026-11-24 21:05 UTC`.
  ///
  /// - Parameter seconds: Seconds since 1970. A time before 1970 is written as its beginning, a
  ///   time after the year 9999 as its end.
  /// - Returns: Date, hour and minute.
  static func text(_ seconds: Double) -> String {
    let (day, clock) = parts(seconds)
    return "\(day) \(clock.prefix(5)) UTC"
  }

  /// The time in UTC, to the second, as logs have it: `2026-11-24T21:05:09Z`.
  ///
  /// Source: RFC 3339.
  ///
  /// - Parameter seconds: Seconds since 1970, within the same bounds.
  /// - Returns: Date and time without a space.
  public static func stamp(_ seconds: Double) -> String {
    let (day, clock) = parts(seconds)
    return "\(day)T\(clock)Z"
  }

  private static func parts(_ seconds: Double) -> (day: String, clock: String) {
    let whole = Int(max(0, min(seconds.isNaN ? 0 : seconds, latest)))
    let date = CivilDate(daysSince1970: whole / 86_400)
    let time = [whole % 86_400 / 3600, whole % 3600 / 60, whole % 60].map(padded)
    return ("\(date.year)-\(padded(date.month))-\(padded(date.day))", time.joined(separator: ":"))
  }

  private static func padded(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
