import Foundation
import Testing

@testable import EntraSync

@Suite struct HTTPDateTests {
  @Test(
    "An HTTP date is read as seconds since 1970",
    arguments: [
      ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
      ("Tue, 29 Feb 2000 12:00:00 GMT", 951_825_600),
      ("Wed, 01 Mar 2000 00:00:00 GMT", 951_868_800),
      ("Sun, 28 Feb 2100 00:00:00 GMT", 4_107_456_000),
      ("Mon, 01 Mar 2100 00:00:00 GMT", 4_107_542_400),
    ] as [(String, Double)])
  func reads(text: String, seconds: Double) {
    #expect(HTTPDate.seconds(text) == seconds)
  }

  @Test("The HTTP date of every fortieth day until 2110 is the one that Foundation reads")
  func agreesWithFoundation() {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: "GMT")
    formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    for day in stride(from: 0, to: 51_000, by: 40) {
      let seconds = Double(day * 86_400 + day % 86_400)
      let text = formatter.string(from: Date(timeIntervalSince1970: seconds))
      #expect(HTTPDate.seconds(text) == seconds, "\(text)")
    }
  }

  @Test(
    "A text that is not an HTTP date is refused",
    arguments: [
      "", "GMT", "Sun 06 Nov 1994 08:49:37 GMT", "Sun, 32 Nov 1994 08:49:37 GMT",
      "Sun, 06 Nov 1969 08:49:37 GMT", "Sun, 06 Nov 10000 08:49:37 GMT",
      "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 08:49:61 GMT",
      "Sun, 06 Nov 1994 08:49 GMT",
      "Sun, -6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 +8:49:37 GMT",
      "Sun, 99999999999999999999 Nov 1994 08:49:37 GMT",
    ])
  func refuses(text: String) {
    #expect(HTTPDate.seconds(text) == nil)
  }
}
