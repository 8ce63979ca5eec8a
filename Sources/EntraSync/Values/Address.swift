/// An e-mail address that can stand in a list without becoming syntax.
///
/// Fewer addresses are allowed than in RFC 5322: one that could end a line, add a field, begin a
/// comment or carry a rule is refused. Letters and digits of every script are allowed, as in RFC
/// 6531.
public struct Address: Equatable, Sendable {
  /// The address in lower case, without white space around it.
  public let text: String

  /// What is behind the @.
  public var domain: Substring {
    text.utf8.lastIndex(of: UInt8(ascii: "@")).map { text[$0...].dropFirst() } ?? ""
  }

  /// Reads a value of `mail` or its like.
  ///
  /// - Parameter value: The directory's value. Exchange's prefix `SMTP:` is removed.
  /// - Throws: ``Malformed`` with the reason why it is left out.
  public init(_ value: String) throws(Malformed) {
    if let usual = Address(usualValue: value) {
      self = usual
    } else {
      try self.init(byRules: value)
    }
  }

  /// Reads a value by all rules; ``init(_:)`` comes to the same.
  init(byRules value: String) throws(Malformed) {
    var text = value.trimmed
    if text.prefix(5).lowercased() == "smtp:" { text = String(text.dropFirst(5)).trimmed }
    guard !text.isEmpty else { throw Malformed("is empty") }
    for scalar in text.unicodeScalars where !Address.isAllowed(scalar) {
      throw Malformed("contains \(scalar.spokenName), which no address in a list may hold")
    }
    text = text.lowercased()
    guard text.utf8.count <= 254 else { throw Malformed("is longer than 254 bytes") }

    // By scalars, since a Character of an @ with an accent does not equal an @.
    let parts = text.unicodeScalars.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, let local = parts.first, let domain = parts.last else {
      throw Malformed(parts.count < 2 ? "has no @" : "has more than one @")
    }
    guard let first = local.first else {
      throw Malformed("has nothing before the @")
    }
    guard String(local).utf8.count <= 64 else {
      throw Malformed("has more than 64 bytes before the @")
    }
    guard first == "_" || (first.isWordCharacter && !first.isMark) else {
      throw Malformed("begins with \(first.spokenName)")
    }
    guard local.split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ !$0.isEmpty })
    else {
      throw Malformed("has a misplaced dot before the @")
    }
    let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count >= 2, labels.allSatisfy(Address.isLabel) else {
      throw Malformed("has no valid domain after the @")
    }
    self.text = text
  }

  /// Takes what ``appendUsual(_:to:)`` has added.
  init(usual text: String) { self.text = text }

  /// Refuses also a letter that folds to an ASCII one: it would be another address.
  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return scalar.isWordCharacter || "@.!%&'+-/=^_~".unicodeScalars.contains(scalar)
    }
    return scalar.isWordCharacter && !scalar.foldsToASCII
  }

  private static func isLabel(_ label: Substring.UnicodeScalarView) -> Bool {
    guard let first = label.first, label.allSatisfy({ $0.isWordCharacter || $0 == "-" }) else {
      return false
    }
    return String(label).utf8.count <= 63 && first != "-" && !first.isMark && label.last != "-"
  }
}
