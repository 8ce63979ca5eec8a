/// The change that the guard stopped, as a person reads it.
public enum Proposal {
  /// The text beside the list: why the run was stopped, how to accept it, and each line that would
  /// go (`-`) and come (`+`).
  ///
  /// - Parameters:
  ///   - difference: What would change.
  ///   - list: The list's path.
  ///   - objection: The guard's words.
  ///   - acceptance: The path of the file that accepts the change.
  ///   - now: The time in seconds since 1970.
  /// - Returns: The text, in UTF-8.
  public static func text(
    _ difference: ListDifference, of list: String, objection: String, acceptance: String,
    now: Double
  ) -> [UInt8] {
    let head = """
      # \(list.singleLine)
      # \(CalendarTime.text(now)): \(objection)
      # To accept it once, in the next run: touch \(acceptance.shellWord)

      """
    var text = Array(head.utf8)
    for (sign, lines) in [("- ", difference.removed), ("+ ", difference.added)] {
      // Control characters in an old line could hide another one on a terminal.
      lines.forEach { text += "\(sign)\(String(decoding: $0, as: UTF8.self).singleLine)\n".utf8 }
    }
    return text
  }
}
