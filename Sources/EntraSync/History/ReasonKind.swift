/// The kind of a reason for which somebody is left out: the reason without what is this person's.
public enum ReasonKind {
  /// What stands for an address, a number or an object id.
  static let mark = "…"
  /// How long an object id is.
  private static let idLength = 36

  /// Takes what is quoted, and object ids, out of a reason.
  ///
  /// A quoted value may hold quotation marks itself. So everything goes from the first one to the
  /// last one.
  ///
  /// - Parameter reason: A reason such as `mail "x" has no @`.
  /// - Returns: Its kind, such as `mail … has no @`.
  public static func of(_ reason: String) -> String {
    let bytes = Array(reason.utf8)
    let quote = UInt8(ascii: "\"")
    let quoted =
      bytes.firstIndex(of: quote).map { $0...(bytes.lastIndex(of: quote) ?? $0) }
    var kind: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if let quoted, quoted.lowerBound == index {
        index = quoted.upperBound + 1
        kind += mark.utf8
      } else if index + idLength <= bytes.count, bytes[index + 8] == UInt8(ascii: "-"),
        ObjectID(utf8: bytes[index..<index + idLength]) != nil
      {
        index += idLength
        kind += mark.utf8
      } else {
        kind.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: kind, as: UTF8.self)
  }

  /// Counts reasons by their kind.
  ///
  /// - Parameter reasons: A reason for each person or value.
  /// - Returns: The kinds, the most frequent first, and else in the order of their text.
  public static func counts(of reasons: [String]) -> [RunRecord.LeftOut] {
    var said: [String: Int] = [:]
    for reason in reasons { said[reason, default: 0] += 1 }
    var counts: [String: Int] = [:]
    for (reason, count) in said { counts[of(reason), default: 0] += count }
    return counts.map { RunRecord.LeftOut(reason: $0.key, count: $0.value) }
      .sorted { $0.count == $1.count ? $0.reason < $1.reason : $0.count > $1.count }
  }
}
