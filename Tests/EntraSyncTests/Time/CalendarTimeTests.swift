import Foundation
import Testing

@testable import EntraSync

@Suite struct CalendarTimeTests {
  @Test(
    "A time reads as date, hour and minute in UTC",
    arguments: [
      (0, "1970-01-01 00:00 UTC"), (59.9, "1970-01-01 00:00 UTC"), (60, "1970-01-01 00:01 UTC"),
      (951_782_399, "2000-02-28 23:59 UTC"), (951_782_400, "2000-02-29 00:00 UTC"),
      (951_868_800, "2000-03-01 00:00 UTC"), (1_795_557_900, "2026-11-24 22:05 UTC"),
      (4_107_542_400, "2100-03-01 00:00 UTC"), (253_402_300_799, "9999-12-31 23:59 UTC"),
      (-1, "1970-01-01 00:00 UTC"), (.infinity, "9999-12-31 23:59 UTC"),
      (.nan, "1970-01-01 00:00 UTC"),
    ])
  func reads(seconds: Double, text: String) {
    #expect(CalendarTime.text(seconds) == text)
  }

  @Test(
    "A log has date and time to the second in UTC, as RFC 3339 writes them",
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (59.9, "1970-01-01T00:00:59Z"),
      (1_795_557_909, "2026-11-24T22:05:09Z"), (-1, "1970-01-01T00:00:00Z"),
      (1e300, "9999-12-31T23:59:59Z"), (.nan, "1970-01-01T00:00:00Z"),
    ])
  func stamps(seconds: Double, text: String) {
    #expect(CalendarTime.stamp(seconds) == text)
  }

  @Test("Every day of four centuries is the day that Foundation calls it")
  func agreesWithFoundation() {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    for day in stride(from: 0, to: 146_097, by: 13) {
      let seconds = Double(day) * 86_400
      let parts = calendar.dateComponents(
        [.year, .month, .day], from: Date(timeIntervalSince1970: seconds))
      let expected = String(
        format: "%04d-%02d-%02d 00:00 UTC", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
      #expect(CalendarTime.text(seconds) == expected)
    }
  }
}
