import Testing

@testable import EntraSync

@Suite struct RetryAfterTests {
  /// Sun, 06 Nov 1994 08:49:37 GMT.
  static let now = 784_111_777.0
  static let longest = 2_678_400.0

  @Test(
    "Retry-After is read as seconds, as a list of seconds, and as a date",
    arguments: [
      ("0", 0), ("1", 1), (" 30 ", 30), ("120", 120), ("007", 7), ("30,120", 30), ("30, 120", 30),
      ("Sun, 06 Nov 1994 08:49:37 GMT", 0), ("Sun, 06 Nov 1994 08:50:37 GMT", 60),
      ("Sun, 06 Nov 1994 08:49:36 GMT", 0), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
      ("Mon, 07 Nov 1994 08:49:37 GMT", 86_400), ("4294967296", longest),
      ("99999999999999999999999", longest), ("Fri, 31 Dec 9999 23:59:59 GMT", longest),
    ])
  func reads(value: String, seconds: Double) {
    #expect(RetryAfter.seconds(value, now: Self.now) == seconds)
  }

  @Test(
    "Retry-After in any other form is ignored",
    arguments: [
      "", " ", "-1", "+1", "1.5", "1e3", "soon", "30 s", ",30", "\u{663}0", "0x10", "nan", "inf",
      "Sun, 06 Nov 1994", "Sun, 06 Nov 1994 08:49:37 EET", "Sun, 6 Foo 1994 08:49:37 GMT",
      "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
      "Sun, 00 Nov 1994 00:00:00 GMT",
    ])
  func refuses(value: String) {
    #expect(RetryAfter.seconds(value, now: Self.now) == nil)
  }
}
