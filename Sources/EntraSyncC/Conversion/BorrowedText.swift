/// Text that C borrows from a handle: UTF-8 with a NUL at its end.
final class BorrowedText {
  private let bytes: UnsafeMutableBufferPointer<CChar>

  /// Copies the text; a NUL inside it stays, and counts in the length.
  init(_ text: String) {
    bytes = .allocate(capacity: text.utf8.count + 1)
    _ = bytes.initialize(from: text.utf8.map { CChar(bitPattern: $0) } + [0])
  }

  deinit {
    bytes.deallocate()
  }

  /// The text as C reads it.
  ///
  /// - Parameter length: Receives the length in bytes, without the NUL; may be NULL.
  /// - Returns: The text, which lives as long as this object.
  func pointer(_ length: UnsafeMutablePointer<Int>?) -> UnsafePointer<CChar> {
    length?.pointee = bytes.count - 1
    return bytes.baseAddress.map { UnsafePointer($0) } ?? BorrowedText.empty(nil)
  }

  /// The empty text, for something that does not exist.
  static func empty(_ length: UnsafeMutablePointer<Int>?) -> UnsafePointer<CChar> {
    length?.pointee = 0
    return pointer(to: "")
  }

  /// Text that lives as long as the process.
  static func pointer(to text: StaticString) -> UnsafePointer<CChar> {
    UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
  }
}

extension [BorrowedText] {
  /// One of several texts; the empty one outside the range.
  func pointer(_ index: Int, _ length: UnsafeMutablePointer<Int>?) -> UnsafePointer<CChar> {
    indices.contains(index) ? self[index].pointer(length) : BorrowedText.empty(length)
  }
}
