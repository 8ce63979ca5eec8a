/// Compares texts by their bytes, eight at a time.
enum ByteOrder {
  /// Orders two texts: negative, zero or positive. One that is the beginning of the other is first.
  static func compare(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
  ) -> Int {
    let count = min(left.count, right.count)
    guard let one = left.baseAddress, let other = right.baseAddress else {
      return left.count - right.count
    }
    var index = 0
    while index + 8 <= count {
      let (mine, others) = (word(one + index), word(other + index))
      if mine != others { return mine < others ? -1 : 1 }
      index += 8
    }
    while index < count {
      if one[index] != other[index] { return one[index] < other[index] ? -1 : 1 }
      index += 1
    }
    return left.count - right.count
  }

  /// Whether two texts are the same.
  static func areEqual(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    left.count == right.count && compare(left, right) == 0
  }

  /// Puts texts in order.
  ///
  /// - Parameters:
  ///   - count: How many there are.
  ///   - text: One of them. They all stand in one buffer, which does not change meanwhile.
  ///   - isBefore: Decides between two equal texts, and is asked about each pair but once.
  /// - Returns: Their numbers, the first text's first.
  static func order(
    _ count: Int, _ text: (Int) -> UnsafeBufferPointer<UInt8>,
    equal isBefore: (Int, Int) -> Bool
  ) -> [UInt32] {
    guard count > 1 else { return count == 1 ? [0] : [] }
    // What all texts begin with, such as an asterisk and a space, decides nothing.
    let first = text(0)
    let common = (1..<count).reduce(first.count) { min($0, commonCount(first, text($1), $0)) }
    var entries = (0..<count).map { Entry(text($0), from: common, $0) }
    func precedes(_ left: Entry, _ right: Entry) -> Bool {
      if left.prefix != right.prefix { return left.prefix < right.prefix }
      let order = compare(text(left.index), text(right.index))
      return order == 0 ? isBefore(left.index, right.index) : order < 0
    }
    // Graph may give people in any order, but what was sorted once often comes sorted again.
    let isOrdered = (1..<count).allSatisfy { !precedes(entries[$0], entries[$0 - 1]) }
    if !isOrdered { entries.sort(by: precedes) }
    return entries.map { UInt32($0.index) }
  }

  /// One of many texts that are put in order.
  private struct Entry {
    /// The eight bytes of the text that decide about nearly all pairs, as a number that has their
    /// order. A shorter text is filled with zeros, so that texts with equal numbers still have to
    /// be compared.
    let prefix: UInt64
    /// Which text it is.
    let index: Int

    init(_ text: UnsafeBufferPointer<UInt8>, from start: Int, _ index: Int) {
      self.index = index
      if let base = text.baseAddress, text.count >= start + 8 {
        prefix = ByteOrder.word(base + start)
        return
      }
      var value: UInt64 = 0
      for place in start..<start + 8 {
        value = value << 8 | (place < text.count ? UInt64(text[place]) : 0)
      }
      prefix = value
    }
  }

  /// How many bytes two texts have in common at their beginning, at the most `limit`.
  private static func commonCount(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>, _ limit: Int
  ) -> Int {
    let most = min(left.count, right.count, limit)
    var index = 0
    while index < most, left[index] == right[index] { index += 1 }
    return index
  }

  private static func word(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(bigEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// A part of the bytes.
  subscript(part range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: self[range])
  }
}

extension Collection<UInt8> {
  /// Lends the bytes, which are copied only if they are not one after the other already.
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    withContiguousStorageIfAvailable(body) ?? Array(self).withUnsafeBufferPointer(body)
  }
}
