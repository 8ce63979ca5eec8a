/// Reads a date as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT`.
///
/// Source: RFC 9110, section 5.6.7, the form that servers must send.
enum HTTPDate {
  /// The date as seconds since 1970; `nil` for a text in another form.
  static func seconds(_ text: String) -> Double? {
    let words = text.split(separator: " ")
    guard words.count == 6, words[0].hasSuffix(","), words[5] == "GMT",
      let day = number(words[1], 1...31),
      let month = months.firstIndex(of: words[2].lowercased()),
      let year = number(words[3], 1970...9999)
    else { return nil }
    let time = words[4].split(separator: ":")
    guard time.count == 3, let hour = number(time[0], 0...23),
      let minute = number(time[1], 0...59), let second = number(time[2], 0...60)
    else { return nil }
    let days = CivilDate(year: year, month: month + 1, day: day).daysSince1970
    return Double(((days * 24 + hour) * 60 + minute) * 60 + second)
  }

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  private static func number(_ text: Substring, _ range: ClosedRange<Int>) -> Int? {
    guard text.utf8.allSatisfy(\.isDigit), let number = Int(text) else { return nil }
    return range.contains(number) ? number : nil
  }
}
