/// Finds the first half of a surrogate pair that is followed by another escaped character.
///
/// yajl treats the two as a pair, and makes a character of them that nobody wrote. It replaces a
/// half that stands alone by a `?` or by bytes that are not text, which no list holds.
///
/// Source: RFC 8259, section 7; RFC 3629, section 3.
public struct SurrogateCheck: Sendable {
  private enum State {
    case text, backslash, hex
    /// Directly after a first half.
    case firstHalf
  }

  private var state = State.text
  /// Whether the escape that is being read comes right after a first half.
  private var isSecond = false
  private var unit: UInt16 = 0
  private var digits = 0

  /// A check at the start of a document.
  public init() {}

  /// Whether the bytes that come next may begin in the middle of an escape.
  public var isInEscape: Bool { if case .text = state { false } else { true } }

  /// Takes the next bytes of the document.
  ///
  /// - Parameter bytes: Any number of them, cut anywhere.
  /// - Returns: Where it turns out that two escapes are no pair, though the first of them begins
  ///   one; `nil` if there are none.
  public mutating func fault(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    for (index, byte) in bytes.enumerated() {
      switch state {
      case .text, .firstHalf:
        isSecond = isInEscape && byte == UInt8(ascii: "\\")
        state = byte == UInt8(ascii: "\\") ? .backslash : .text
      case .backslash:
        state = byte == UInt8(ascii: "u") ? .hex : .text
        unit = 0
        digits = 0
      case .hex:
        guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
          state = .text
          continue
        }
        unit = unit << 4 | UInt16(digit)
        digits += 1
        guard digits == 4 else { continue }
        if isSecond, !(0xDC00...0xDFFF).contains(unit) { return index }
        state = !isSecond && (0xD800...0xDBFF).contains(unit) ? .firstHalf : .text
      }
    }
    return nil
  }
}
