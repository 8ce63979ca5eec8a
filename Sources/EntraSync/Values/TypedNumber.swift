/// A telephone number as a person typed it, without its decoration.
///
/// - White space of any kind, `.`, `(`, `)`, `-` and its typographic forms are decoration; so is
///   one `/` after an area code, a `tel:` in front, and the invisible marks that copying from
///   Windows or a chat leaves around a number.
/// - Letters, `*`, `#`, extensions, a `+` that is not in front, a country code that begins with 0,
///   two numbers, and fewer than 5 or more than 15 digits are refused.
struct TypedNumber {
  /// What marks a number as an international one.
  enum Prefix {
    /// Nothing: it is a national number.
    case none
    /// `+`.
    case plus
    /// `00`, which most countries dial for it.
    case zeros

    /// The mark itself.
    var text: String {
      switch self {
      case .none: ""
      case .plus: "+"
      case .zeros: "00"
      }
    }
  }

  /// What marks it as an international one.
  let prefix: Prefix
  /// The digits after that mark.
  let digits: [UInt8]
  /// The bracket that begins with 0 and has digits before it: how many of ``digits``, and how many
  /// are in it.
  let zeroBracket: (position: Int, length: Int)?
  /// The hyphens and slashes: how many of ``digits`` were before each.
  let joints: [Int]

  /// Reads the value of an attribute.
  ///
  /// - Parameter value: The directory's value.
  /// - Throws: ``Malformed`` with the reason why it is left out.
  init(_ value: String) throws(Malformed) {
    var typed = value.trimmed
    if typed.prefix(4).lowercased() == "tel:" { typed = String(typed.dropFirst(4)).trimmed }
    guard !typed.isEmpty else { throw Malformed("is empty") }

    var reader = Reader()
    for scalar in typed.unicodeScalars { try reader.read(scalar) }
    try reader.finish()
    let all = reader.digits
    let isLong = !reader.hasPlus && all.starts(with: [0x30, 0x30])
    prefix = reader.hasPlus ? .plus : isLong ? .zeros : .none
    digits = Array(all.dropFirst(isLong ? 2 : 0))
    guard prefix == .none || digits.first != UInt8(ascii: "0") else {
      throw Malformed("has a country code that begins with 0")
    }
    joints = reader.joints.map { $0 - (isLong ? 2 : 0) }
    zeroBracket = reader.zeroBracket.map { ($0.position - (isLong ? 2 : 0), $0.length) }
    // A bracket can hold a national prefix only after a country code.
    guard zeroBracket == nil || prefix != .none else { throw TypedNumber.twoWays }
    // A zero in brackets may be no digit of the number.
    let count = digits.count - (zeroBracket?.length == 1 ? 1 : 0)
    guard count >= 5 else { throw Malformed("has fewer than 5 digits") }
    guard count <= 15 else {
      throw Malformed("has more digits than a telephone number can have")
    }
  }

  /// Why a value with two numbers in it is refused.
  static var twoNumbers: Malformed { Malformed("seems to be two numbers") }

  /// Why a bracket that begins with 0 is refused.
  static var twoWays: Malformed {
    Malformed("has a national prefix in its brackets, so that it can be read in two ways")
  }
}

/// Reads a number character by character.
private struct Reader {
  var hasPlus = false
  var digits: [UInt8] = []
  var zeroBracket: (position: Int, length: Int)?
  /// How many digits were before each hyphen and slash.
  var joints: [Int] { joins.map(\.position) }

  /// How many digits there were before the bracket that is open.
  private var bracket: Int?
  private var joins: [(position: Int, isSlash: Bool)] = []

  mutating func read(_ scalar: Unicode.Scalar) throws(Malformed) {
    switch scalar {
    case "0"..."9": digits.append(UInt8(ascii: scalar))
    case "+" where digits.isEmpty && !hasPlus: hasPlus = true
    case "(" where bracket == nil: bracket = digits.count
    case ")":
      guard let position = bracket else {
        throw Malformed("has a closing bracket without an opening one")
      }
      bracket = nil
      try close(from: position)
    case "/":
      // An area code is shorter than a number, and even shorter without 0 or + in front.
      let longest = hasPlus ? 5 : digits.first == UInt8(ascii: "0") ? 6 : 4
      guard !joins.contains(where: \.isSlash), digits.count <= longest else {
        throw TypedNumber.twoNumbers
      }
      joins.append((digits.count, isSlash: true))
    case "-", "\u{2010}"..."\u{2015}", "\u{2212}":
      joins.append((digits.count, isSlash: false))
    default:
      guard Reader.isDecoration(scalar) else { throw Reader.refusal(of: scalar) }
    }
  }

  mutating func finish() throws(Malformed) {
    guard bracket == nil else { throw Malformed("has a bracket that is not closed") }
    for join in joins { try judge(join.position, isSlash: join.isSlash) }
  }

  /// Notes a bracket that holds a 0 in front of a number, or may do so.
  private mutating func close(from position: Int) throws(Malformed) {
    let content = digits[position...]
    let isFirst = position == 0 || !hasPlus && digits[..<position].elementsEqual([0x30, 0x30])
    guard content.first == UInt8(ascii: "0"), !isFirst else { return }
    guard zeroBracket == nil else { throw TypedNumber.twoWays }
    zeroBracket = (position, content.count)
  }

  /// Refuses a number of its own behind a hyphen or slash. Each of the two may have hyphens, too.
  private func judge(_ before: Int, isSlash: Bool) throws(Malformed) {
    let after = digits.count - before
    let beginsAnew = digits.dropFirst(before).first == UInt8(ascii: "0")
    // A group in the middle of a number seldom begins with 0, and never is as long as a number.
    let isAnew = beginsAnew && after >= 6 && before >= (isSlash ? 5 : 7)
    let isLong = !hasPlus && digits.starts(with: [0x30, 0x30])
    let areBothLong = before - (isLong ? 2 : 0) >= 7 && after >= 7
    let areBothShort =
      before >= 6 && after >= 6 && !hasPlus && digits.first != UInt8(ascii: "0")
    guard !isAnew, !areBothLong, !areBothShort else { throw TypedNumber.twoNumbers }
  }

  private static func isDecoration(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " ", "\t", ".", "\u{AD}": true
    case "\u{200B}"..."\u{200F}", "\u{202A}"..."\u{202D}", "\u{2060}", "\u{2066}"..."\u{2069}",
      "\u{FEFF}":
      true
    default: scalar.properties.generalCategory == .spaceSeparator
    }
  }

  private static func refusal(of scalar: Unicode.Scalar) -> Malformed {
    switch scalar {
    case "x", "X", ";": Malformed("has an extension, which cannot receive a text message")
    case "+": Malformed("has a + that is not at its beginning")
    case ",": TypedNumber.twoNumbers
    default: Malformed("contains \(scalar.spokenName), which no telephone number has")
    }
  }
}
