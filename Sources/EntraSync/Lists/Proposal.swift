/// The change that the guard stopped, as a person reads it.
public enum Proposal {
  /// The text beside the list: why the run was stopped, how to accept it, which groups have lost
  /// people, and each line that would go (`-`) and come (`+`).
  ///
  /// - Parameters:
  ///   - difference: What would change.
  ///   - losses: The groups that have lost people, so that a person has to look.
  ///   - list: The list's path.
  ///   - objection: The guard's words.
  ///   - acceptance: The path of the file that accepts the change.
  ///   - now: The time in seconds since 1970.
  /// - Returns: The text, in UTF-8.
  public static func text(
    _ difference: ListDifference, losses: [GroupLoss] = [], of list: String, objection: String,
    acceptance: String, now: Double
  ) -> [UInt8] {
    let head = """
      # \(list.singleLine)
      # \(CalendarTime.text(now)): \(objection)
      # To accept it once, in the next run: touch \(acceptance.shellWord)

      """
    var text = Array(head.utf8)
    for loss in losses { text += "# \(loss)\n".utf8 }
    for (sign, lines) in [("- ", difference.removed), ("+ ", difference.added)] {
      // Control characters in an old line could hide another one on a terminal.
      lines.forEach { text += "\(sign)\(shown($0))\n".utf8 }
    }
    return text
  }

  /// A line as ``text(_:of:objection:acceptance:now:)`` shows it.
  static func shown(_ line: ArraySlice<UInt8>) -> String {
    String(decoding: line, as: UTF8.self).singleLine
  }

  /// The losses of groups that such a text shows.
  ///
  /// - Parameter text: The text, which a person may have changed.
  /// - Returns: The losses, in its order.
  static func losses(in text: [UInt8]) -> [GroupLoss] {
    text.split(separator: UInt8(ascii: "\n")).filter { $0.starts(with: Array("# ".utf8)) }
      .compactMap { GroupLoss(String(decoding: $0.dropFirst(2), as: UTF8.self)) }
  }

  /// The lines that such a text shows, as it shows them.
  ///
  /// - Parameter text: The text, which a person may have changed.
  /// - Returns: The lines that would go, and those that would come.
  static func lines(of text: [UInt8]) -> (going: LineSet, coming: LineSet) {
    var (going, coming) = (LineSet(), LineSet())
    for line in text.split(separator: UInt8(ascii: "\n")) {
      if line.starts(with: Array("- ".utf8)) { going.insert(line.dropFirst(2)) }
      if line.starts(with: Array("+ ".utf8)) { coming.insert(line.dropFirst(2)) }
    }
    going.order()
    coming.order()
    return (going, coming)
  }
}
