/// A day of the Gregorian calendar, from 1970 on.
///
/// Both directions count in years that begin in March, so that a leap day is the last of its year;
/// 719468 days lie between 1 March of the year 0 and 1970.
struct CivilDate: Equatable {
  /// The year, such as 2026.
  let year: Int
  /// The month, from 1 to 12.
  let month: Int
  /// The day of the month, from 1 to 31.
  let day: Int

  /// Creates a date from its parts.
  init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// A date that a person has written: `2027-03-31`, or `31.3.2027`.
  ///
  /// Slashes stand in two orders, so that `3/4/2027` is two days. With dots, the day comes first.
  ///
  /// - Parameter text: The date alone.
  init?(_ text: some StringProtocol) {
    let isDotted = text.contains(".")
    let parts = text.split(separator: isDotted ? "." : "-", omittingEmptySubsequences: false)
    let digits = isDotted ? [1...2, 1...2, 4...4] : [4...4, 2...2, 2...2]
    guard parts.count == 3,
      zip(parts, digits).allSatisfy({ part, count in
        count.contains(part.utf8.count) && part.utf8.allSatisfy(\.isDigit)
      })
    else { return nil }
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == 3 else { return nil }
    self.init(
      year: numbers[isDotted ? 2 : 0], month: numbers[1], day: numbers[isDotted ? 0 : 2])
    guard year >= 1970, (1...12).contains(month), day >= 1,
      self == CivilDate(daysSince1970: daysSince1970)
    else { return nil }
  }

  /// The date of a day.
  ///
  /// - Parameter days: Days since 1970-01-01, at least 0.
  init(daysSince1970 days: Int) {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let leapDays = dayOfEra / 1_460 - dayOfEra / 36_524 + dayOfEra / 146_096
    let yearOfEra = (dayOfEra - leapDays) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
  }

  /// How many days after 1970-01-01 it is.
  ///
  /// A day that its month does not have counts on into the next one: 31 April is 1 May.
  var daysSince1970: Int {
    let shifted = month <= 2 ? year - 1 : year
    let monthFromMarch = (month + 9) % 12
    let leapDays = shifted / 4 - shifted / 100 + shifted / 400
    return 365 * shifted + leapDays + (153 * monthFromMarch + 2) / 5 + day - 1 - 719_468
  }
}
