import Foundation

/// A date and time in the forms that answers use.
enum Timestamp {
  /// The form of Graph's errors: `2026-11-23T12:50:11`.
  static func graph(_ date: Date = .now) -> String { format(date, "yyyy-MM-dd'T'HH:mm:ss") }

  /// The form of the token endpoint's errors: `2026-11-23 12:50:11Z`.
  static func signIn(_ date: Date = .now) -> String { format(date, "yyyy-MM-dd HH:mm:ss'Z'") }

  /// The form of HTTP headers: `Mon, 23 Nov 2026 12:50:11 GMT` (RFC 9110, section 5.6.7).
  static func http(_ date: Date = .now) -> String {
    format(date, "EEE, dd MMM yyyy HH:mm:ss 'GMT'")
  }

  /// The form of properties in Graph's objects: `2026-11-23T12:50:11Z`.
  static func property(_ date: Date) -> String { format(date, "yyyy-MM-dd'T'HH:mm:ss'Z'") }

  private static func format(_ date: Date, _ pattern: String) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = .gmt
    formatter.dateFormat = pattern
    return formatter.string(from: date)
  }
}
