import EntraSyncIO

/// The lines of a list that C borrows: one buffer in which each line ends with a NUL.
final class BorrowedLines {
  private let bytes: UnsafeMutableBufferPointer<CChar>
  /// Where each line begins, and where the next one would.
  private var starts: [Int] = [0]

  /// Copies the lines.
  ///
  /// - Parameter content: The lines, each with a newline at its end.
  init(_ content: [UInt8]) {
    bytes = .allocate(capacity: content.count)
    for (index, byte) in content.enumerated() {
      let isEnd = byte == UInt8(ascii: "\n")
      bytes.initializeElement(at: index, to: isEnd ? 0 : CChar(bitPattern: byte))
      if isEnd { starts.append(index + 1) }
    }
  }

  /// Copies the lines when C asks for the first one, and lets no thread fork meanwhile. Every later
  /// line is only read, which takes no lock and less time than ``ForkGate`` does.
  ///
  /// - Parameter content: The lines, each with a newline at its end.
  /// - Returns: The copy.
  static func copying(_ content: () -> [UInt8]) -> BorrowedLines {
    let isOutermost = ForkGate.enter()
    defer { if isOutermost { ForkGate.leave() } }
    return BorrowedLines(content())
  }

  deinit {
    bytes.deallocate()
  }

  /// One line; the empty text outside the range.
  ///
  /// - Parameters:
  ///   - index: Counted from 0.
  ///   - length: Receives the length in bytes, without the NUL; may be NULL.
  /// - Returns: The line, which lives as long as this object.
  func pointer(_ index: Int, _ length: UnsafeMutablePointer<Int>?) -> UnsafePointer<CChar> {
    guard index >= 0, index < starts.count - 1, let base = bytes.baseAddress else {
      return BorrowedText.empty(length)
    }
    length?.pointee = starts[index + 1] - starts[index] - 1
    return UnsafePointer(base + starts[index])
  }
}
