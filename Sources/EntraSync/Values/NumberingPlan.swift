/// What is known of the telephone numbers of one country code: how they begin, and how long they
/// are.
///
/// The facts are libphonenumber's, in a table of 12 KB that is never copied. A number that does not
/// fit is not refused for that alone, since plans grow faster than tables.
///
/// Source: ITU-T E.164 and E.129; see `NumberingPlan.table`.
struct NumberingPlan: Equatable, Sendable {
  /// Digits in ASCII.
  typealias Digits = ArraySlice<UInt8>

  /// The country code, without `+`.
  let code: Int

  /// Finds a country code's plan; `nil` if no country has the code.
  init?(code: Int) {
    guard NumberingPlan.lines.indices.contains(code), NumberingPlan.lines[code] > 0 else {
      return nil
    }
    self.code = code
  }

  /// Finds the plan of an international number. No country code is the beginning of another.
  ///
  /// - Parameter number: The digits behind `+`.
  /// - Returns: The plan and the digits after the country code; `nil` if no country has the code.
  static func find(_ number: Digits) -> (plan: NumberingPlan, national: Digits)? {
    var code = 0
    for (index, digit) in number.prefix(3).enumerated() {
      code = code * 10 + Int(digit) - 0x30
      if let plan = NumberingPlan(code: code) { return (plan, number.dropFirst(index + 1)) }
    }
    return nil
  }

  /// What people dial before a national number, the longest first.
  var trunkPrefixes: [Digits] {
    var prefixes: [Digits] = []
    forEachTrunkPrefix { prefixes.append(Digits($0)) }
    return prefixes
  }

  /// Shows each of ``trunkPrefixes``, without copying them.
  ///
  /// - Parameter body: Receives the digits of one.
  func forEachTrunkPrefix(_ body: (Slice<UnsafeBufferPointer<UInt8>>) -> Void) {
    withField(1) { field in
      var prefixes = field.first == UInt8(ascii: "-") ? field.prefix(0) : field
      while let prefix = NumberingPlan.part(&prefixes, until: ",") { body(prefix) }
    }
  }

  /// Whether people also write national numbers without a trunk prefix.
  var isWrittenBare: Bool { withField(2) { $0.first == UInt8(ascii: "b") } }

  /// Whether there are numbers that begin and are as long as this one.
  ///
  /// - Parameter national: The digits after the country code.
  /// - Returns: `false` if none is known.
  func isPossible(_ national: Digits) -> Bool {
    let codeLength = code < 10 ? 1 : code < 100 ? 2 : 3
    guard codeLength + national.count <= 15 else { return false }
    if national.first == UInt8(ascii: "0"), !isListed(national, inField: 4) { return false }
    return withField(3) { field in
      var groups = field
      var known = (keyLength: 0, lengths: field.prefix(0))
      while var lengths = NumberingPlan.part(&groups, until: ";") {
        var keys = NumberingPlan.part(&lengths, until: ":") ?? field.prefix(0)
        while let key = NumberingPlan.part(&keys, until: "/") {
          if key.count > known.keyLength, national.starts(with: key) {
            known = (key.count, lengths)
          }
        }
      }
      while var ends = NumberingPlan.part(&known.lengths, until: "/") {
        let least = NumberingPlan.part(&ends, until: "-").map { NumberingPlan.number($0) } ?? 0
        let most = ends.isEmpty ? least : NumberingPlan.number(ends)
        if least <= national.count, national.count <= most { return true }
      }
      return false
    }
  }

  /// Whether the number would be possible if it were a digit shorter. Plans grow longer.
  ///
  /// - Parameter national: The digits after the country code.
  /// - Returns: `false` for a number that may go on, and one that is longer than E.164 allows.
  func isLong(_ national: Digits) -> Bool {
    String(code).utf8.count + national.count <= 15 && isPossible(national.dropLast())
  }

  /// Whether a text message reaches no number that begins like this one.
  ///
  /// - Parameter national: The digits after the country code.
  /// - Returns: `false` if one may be reached, or nothing is known.
  func isUnreachable(_ national: Digits) -> Bool { isListed(national, inField: 5) }

  /// Whether a field such as `1,35-8`, which is 1 and 35 to 38, has the beginning of a number.
  private func isListed(_ national: Digits, inField index: Int) -> Bool {
    withField(index) { field in
      var entries = field
      while var last = NumberingPlan.part(&entries, until: ",") {
        guard let prefix = NumberingPlan.part(&last, until: "-"), let least = prefix.last,
          national.starts(with: prefix.dropLast())
        else { continue }
        let digit = national.dropFirst(prefix.count - 1).first ?? 0
        if least <= digit, digit <= last.first ?? least { return true }
      }
      return false
    }
  }

  /// A part of the table.
  private typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

  /// Takes out what comes before a separator, without copying it; `nil` at the end.
  private static func part(_ bytes: inout Bytes, until separator: Unicode.Scalar) -> Bytes? {
    guard !bytes.isEmpty else { return nil }
    let end = bytes.firstIndex(of: UInt8(ascii: separator)) ?? bytes.endIndex
    defer { bytes = bytes[end...].dropFirst() }
    return bytes[..<end]
  }

  private static func number(_ digits: some Sequence<UInt8>) -> Int {
    digits.reduce(0) { $0 * 10 + Int($1) - 0x30 }
  }

  /// Looks at a field of the code's line. They are counted from 0, which is the code itself.
  private func withField<Result>(_ index: Int, _ body: (Bytes) -> Result) -> Result {
    NumberingPlan.table.withUTF8Buffer { table in
      var rest = table.dropFirst(Int(NumberingPlan.lines[code]) - 1)
      var line = NumberingPlan.part(&rest, until: "\n") ?? rest
      var field = line.prefix(0)
      for _ in 0...index { field = NumberingPlan.part(&line, until: " ") ?? line }
      return body(field)
    }
  }

  /// Where the line of each code begins in the table, counted from 1; 0 for a code without one.
  private static let lines: [UInt16] = {
    var lines = [UInt16](repeating: 0, count: 1000)
    table.withUTF8Buffer { table in
      var rest = table[...]
      while var line = part(&rest, until: "\n") {
        let start = line.startIndex
        let code = part(&line, until: " ").map { number($0) } ?? 0
        if lines.indices.contains(code) { lines[code] = UInt16(clamping: start + 1) }
      }
    }
    return lines
  }()
}
