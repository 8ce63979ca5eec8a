import Testing

@testable import EntraSync

@Suite struct CivilDateTests {
  @Test(
    "Days since 1970 and dates of the calendar belong together in both directions",
    arguments: [
      (0, CivilDate(year: 1970, month: 1, day: 1)), (58, CivilDate(year: 1970, month: 2, day: 28)),
      (59, CivilDate(year: 1970, month: 3, day: 1)),
      (364, CivilDate(year: 1970, month: 12, day: 31)),
      (11_016, CivilDate(year: 2000, month: 2, day: 29)),
      (11_017, CivilDate(year: 2000, month: 3, day: 1)),
      (20_781, CivilDate(year: 2026, month: 11, day: 24)),
      (47_540, CivilDate(year: 2100, month: 2, day: 28)),
      (47_541, CivilDate(year: 2100, month: 3, day: 1)),
      (2_932_896, CivilDate(year: 9999, month: 12, day: 31)),
    ])
  func converts(days: Int, date: CivilDate) {
    #expect(CivilDate(daysSince1970: days) == date)
    #expect(date.daysSince1970 == days)
  }

  @Test("Each day of four centuries is the day after the one before, and is found again")
  func countsEveryDay() {
    var before = CivilDate(daysSince1970: 0)
    for days in 1...146_097 {
      let date = CivilDate(daysSince1970: days)
      let isNextDay = date.year == before.year && date.month == before.month
      let isNextMonth = date.day == 1 && (28...31).contains(before.day)
      if isNextDay ? date.day != before.day + 1 : !isNextMonth {
        Issue.record("day \(days) is \(date) after \(before)")
      }
      if date.daysSince1970 != days { Issue.record("\(date) is not day \(days)") }
      before = date
    }
    #expect(before == CivilDate(year: 2370, month: 1, day: 1))
  }

  @Test("A day that its month does not have counts on into the next month")
  func countsOn() {
    #expect(
      CivilDate(year: 2026, month: 4, day: 31).daysSince1970
        == CivilDate(year: 2026, month: 5, day: 1).daysSince1970)
  }
}
