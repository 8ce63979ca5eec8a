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

  /// The day in UTC: `2026-11-24`.
  ///
  /// - Parameter seconds: Seconds since 1970, within the same bounds.
  /// - Returns: The date.
  static func day(_ seconds: Double) -> String { parts(seconds).day }

  /// The time that a text names: a day such as `2027-03-31` or `31.3.2027`, or a time in UTC such
  /// as `2027-03-31T14:05:09Z`, whose fraction of a second does not count.
  ///
  /// Source: RFC 3339, section 5.6.
  ///
  /// - Parameter text: The text.
  /// - Returns: Seconds since 1970; for a day, its last second. `nil` for any other text.
  static func read(_ text: String) -> Double? {
    guard let mark = text.firstIndex(where: { $0 == "T" || $0 == " " }) else {
      return CivilDate(text).map { Double($0.daysSince1970 * 86_400 + 86_399) }
    }
    guard text.hasSuffix("Z"), let date = CivilDate(text[..<mark]) else { return nil }
    let clock = text[text.index(after: mark)...].dropLast()
    let seconds = clock.prefix { $0 != "." }
    let fraction = clock.dropFirst(seconds.count)
    let parts = seconds.split(separator: ":", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { $0.utf8.allSatisfy(\.isDigit) ? Int($0) : nil }
    guard parts.count == 3, numbers.count == 3, parts.allSatisfy({ $0.utf8.count == 2 }),
      numbers[0] < 24, numbers[1] < 60, numbers[2] < 60,
      fraction.isEmpty || fraction.count > 1 && fraction.dropFirst().utf8.allSatisfy(\.isDigit)
    else { return nil }
    return Double(
      date.daysSince1970 * 86_400 + numbers[0] * 3600 + numbers[1] * 60 + numbers[2])
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
