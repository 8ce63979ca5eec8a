/// Texts among which others are looked for, by their characters or by their bytes.
struct TextSet: Equatable, Sendable {
  private var texts: Set<String> = []
  /// The same texts in order.
  private var sorted: [[UInt8]] = []

  /// Whether there is no text in it.
  var isEmpty: Bool { texts.isEmpty }

  /// Adds a text.
  mutating func insert(_ text: String) {
    guard texts.insert(text).inserted else { return }
    let bytes = Array(text.utf8)
    sorted.insert(bytes, at: bytes.withUnsafeBufferPointer { place(of: $0) })
  }

  /// Whether a text is in the set.
  func contains(_ text: String) -> Bool { texts.contains(text) }

  /// Whether a text of ASCII characters is in the set, without making a `String` of it.
  ///
  /// - Parameter bytes: The text.
  /// - Returns: What ``contains(_:)`` says of it.
  func contains(usual bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let place = place(of: bytes)
    guard sorted.indices.contains(place) else { return false }
    return sorted[place].withUnsafeBufferPointer { ByteOrder.areEqual($0, bytes) }
  }

  /// Where the first text is that does not come before another.
  private func place(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var (start, end) = (0, sorted.count)
    while start < end {
      let middle = start + (end - start) / 2
      if sorted[middle].withUnsafeBufferPointer({ ByteOrder.compare($0, bytes) < 0 }) {
        start = middle + 1
      } else {
        end = middle
      }
    }
    return start
  }
}
