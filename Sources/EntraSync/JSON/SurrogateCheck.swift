/// Notices the first half of a surrogate pair where another escaped character follows than its
/// second half.
///
/// yajl takes such two for a pair, and makes of them a character that nobody wrote. Halves that
/// stand alone it replaces by a `?` or by bytes that are no text, which no list takes.
///
/// Source: RFC 8259, section 7; RFC 3629, section 3.
public struct SurrogateCheck: Sendable {
  private enum Place {
    case text, backslash, hex
    /// Right after a first half.
    case firstHalf
  }

  private var place = Place.text
  /// Whether the escape that is being read comes right after a first half.
  private var isSecond = false
  private var unit: UInt16 = 0
  private var digits = 0

  /// A check at the start of a document.
  public init() {}

  /// Whether the bytes that come next may begin in the middle of an escape.
  public var isInEscape: Bool { if case .text = place { false } else { true } }

  /// Takes the next bytes of the document.
  ///
  /// - Parameter bytes: Any number of them, cut anywhere.
  /// - Returns: Where it turns out that two escapes are no pair, though the first of them begins one;
  ///   `nil` where there is nothing of the kind.
  public mutating func fault(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    for (index, byte) in bytes.enumerated() {
      switch place {
      case .text, .firstHalf:
        isSecond = isInEscape && byte == UInt8(ascii: "\\")
        place = byte == UInt8(ascii: "\\") ? .backslash : .text
      case .backslash:
        place = byte == UInt8(ascii: "u") ? .hex : .text
        unit = 0
        digits = 0
      case .hex:
        guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
          place = .text
          continue
        }
        unit = unit << 4 | UInt16(digit)
        digits += 1
        guard digits == 4 else { continue }
        if isSecond, !(0xDC00...0xDFFF).contains(unit) { return index }
        place = !isSecond && (0xD800...0xDBFF).contains(unit) ? .firstHalf : .text
      }
    }
    return nil
  }
}
