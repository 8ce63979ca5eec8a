/// Whether a change is so large that the groups are read twice, and what both readings agree on.
///
/// Graph's replicas may disagree for minutes, and an answer may be short without saying so. A large
/// change is made only as far as two readings agree.
public enum SecondReading {
  /// How many lines a change may add, or remove, after one reading.
  public static let fewLines = 10
  /// How much of the list a change may add, or remove, after one reading, in per cent.
  public static let smallPart = 5

  /// Whether the groups have to be read again before a change is made.
  ///
  /// - Parameter change: What the first reading would change.
  /// - Returns: `false` for the first filling of a list.
  public static func isNeeded(for change: ListChange) -> Bool {
    guard change.before > 0 else { return false }
    return [change.added, change.removed].contains { count in
      count > fewLines && Double(count) * 100 > Double(smallPart) * Double(change.before)
    }
  }

  /// What both readings agree on, and the old lines where they do not.
  ///
  /// All lines of one address change together, so that no address gets lines of two people.
  ///
  /// - Parameters:
  ///   - first: What the first reading would write.
  ///   - second: What the second would write.
  ///   - old: The list as it is.
  ///   - address: The address of a line; `nil` if it is a line that belongs to none.
  /// - Returns: The lines, and the number of addresses that the readings disagree about.
  public static func agreement(
    of first: LineSet, and second: LineSet, keeping old: LineSet,
    address: (ArraySlice<UInt8>) -> ArraySlice<UInt8>?
  ) -> (lines: LineSet, disagreements: Int) {
    var lines: [ArraySlice<UInt8>: [[ArraySlice<UInt8>]]] = [:]
    for (index, set) in [first, second, old].enumerated() {
      set.forEach { line in
        lines[address(line) ?? line, default: [[], [], []]][index].append(line)
      }
    }
    var agreed = LineSet()
    var disagreements = 0
    for versions in lines.values {
      let isAgreed = versions[0] == versions[1]
      if !isAgreed { disagreements += 1 }
      for line in versions[isAgreed ? 0 : 2] { agreed.insert(line) }
    }
    agreed.order()
    return (agreed, disagreements)
  }

  /// What a person is told about addresses on which the readings disagree.
  ///
  /// - Parameter count: How many.
  /// - Returns: One line.
  public static func warning(_ count: Int) -> String {
    "two readings of the groups disagree about \(count) \(count == 1 ? "address" : "addresses"), "
      + "whose lines stay as they were; the next run will read again"
  }
}
