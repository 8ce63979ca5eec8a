/// A time as a person reads it.
public enum CalendarTime {
  /// The latest time that is told apart from later ones: the end of the year 9999.
  private static let latest = 253_402_300_799.0

  /// The time in UTC, to the minute: `2026-11-24 21:05 UTC`.
  ///
  /// - Parameter seconds: Seconds since 1970; what lies before that reads as 1970, and what lies
  ///   after the year 9999 as its end.
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
    let (year, month, day) = date(daysSince1970: whole / 86_400)
    let time = [whole % 86_400 / 3600, whole % 3600 / 60, whole % 60].map(padded)
    return ("\(year)-\(padded(month))-\(padded(day))", time.joined(separator: ":"))
  }

  private static func padded(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }

  /// A day of the Gregorian calendar, counted in years that begin in March.
  private static func date(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let leapDays = dayOfEra / 1_460 - dayOfEra / 36_524 + dayOfEra / 146_096
    let yearOfEra = (dayOfEra - leapDays) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day)
  }
}
