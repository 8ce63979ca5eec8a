/// Reads the Retry-After header.
///
/// Source: RFC 9110, section 10.2.3: whole seconds, or a date.
public enum RetryAfter {
  /// The longest wait that is returned: 31 days, in seconds.
  private static let longest = 2_678_400.0

  /// Reads how long to wait.
  ///
  /// - Parameters:
  ///   - value: The header's value. If several were merged (`30,120`), the first counts.
  ///   - now: The time in seconds since 1970.
  /// - Returns: Seconds from now, 0 for a date in the past; `nil` for anything else.
  public static func seconds(_ value: String, now: Double) -> Double? {
    let text = value.trimmed
    if let date = HTTPDate.seconds(text) { return min(max(0, date - now), longest) }
    let first = String(text.prefix { $0 != "," }).trimmed
    guard !first.isEmpty, first.utf8.allSatisfy(\.isDigit), let seconds = Double(first) else {
      return nil
    }
    return min(seconds, longest)
  }
}
