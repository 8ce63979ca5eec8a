/// Reads the Retry-After header.
///
/// Source: RFC 9110, section 10.2.3: whole seconds, or a date.
public enum RetryAfter {
  /// How long to wait.
  ///
  /// - Parameters:
  ///   - value: The header's value; where several were merged (`30,120`), the first counts.
  ///   - now: The time in seconds since 1970.
  /// - Returns: Seconds from now, 0 for a date that is past; `nil` for what is neither.
  public static func seconds(_ value: String, now: Double) -> Double? {
    let text = value.trimmed
    if let date = HTTPDate.seconds(text) { return max(0, date - now) }
    let first = String(text.prefix { $0 != "," }).trimmed
    guard !first.isEmpty, first.utf8.allSatisfy(\.isDigit), let seconds = UInt32(first) else {
      return nil
    }
    return Double(seconds)
  }
}
