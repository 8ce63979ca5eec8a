/// The lines of a list: sorted bytewise, each once, so that equal inputs give equal files.
///
/// All lines share one buffer, since a list may have hundreds of thousands of them.
public struct LineSet: Sendable {
  private var bytes: [UInt8] = []
  private var spans: [Range<Int>] = []
  private var isOrdered = true

  /// A set without lines.
  public init() {}

  /// The lines of a file that exists, in whatever order it has them.
  ///
  /// - Parameter content: The file's bytes; a line without an end counts, an empty one does not,
  ///   and a carriage return before the end does not belong to the line.
  public init(fileContent content: [UInt8]) {
    var start = 0
    while start < content.count {
      let end = content[start...].firstIndex(of: LineSet.newline) ?? content.count
      let line = content[start..<end]
      let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      if !text.isEmpty { insert(text) }
      start = end + 1
    }
    order()
  }

  /// Adds a line; it counts from the next ``order()`` on.
  ///
  /// - Parameter line: The line without its end.
  public mutating func insert(_ line: some Collection<UInt8>) {
    let start = bytes.count
    bytes.append(contentsOf: line)
    spans.append(start..<bytes.count)
    isOrdered = false
  }

  /// Sorts the lines and removes those that are there twice.
  public mutating func order() {
    guard !isOrdered else { return }
    bytes.withUnsafeBufferPointer { bytes in
      spans.sort { LineSet.compare(bytes[$0], bytes[$1]) < 0 }
    }
    var unique: [Range<Int>] = []
    unique.reserveCapacity(spans.count)
    for span in spans {
      if let last = unique.last, bytes[last] == bytes[span] { continue }
      unique.append(span)
    }
    spans = unique
    isOrdered = true
  }

  /// How many lines there are.
  public var count: Int { spans.count }

  /// The file that holds these lines: each with a newline at its end.
  public var fileContent: [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(spans.reduce(0) { $0 + $1.count + 1 })
    for span in spans {
      result.append(contentsOf: bytes[span])
      result.append(LineSet.newline)
    }
    return result
  }

  /// What replacing other lines by these would change.
  ///
  /// - Parameter old: The lines as they are, in order like these.
  /// - Returns: The lines that come and go.
  public func difference(from old: LineSet) -> ListDifference {
    var difference = ListDifference(before: old.count, after: count)
    var (new, was) = (spans[...], old.spans[...])
    while !new.isEmpty || !was.isEmpty {
      let order = LineSet.compare(new.first.map { bytes[$0] }, was.first.map { old.bytes[$0] })
      if order < 0, let span = new.first { difference.added.appendOrdered(bytes[span]) }
      if order > 0, let span = was.first { difference.removed.appendOrdered(old.bytes[span]) }
      if order <= 0 { new = new.dropFirst() }
      if order >= 0 { was = was.dropFirst() }
    }
    return difference
  }

  /// Hands out each line in its order.
  ///
  /// - Parameter body: Receives a line without its end.
  public func forEach(_ body: (ArraySlice<UInt8>) -> Void) {
    for span in spans { body(bytes[span]) }
  }

  /// Adds a line that comes after all others.
  private mutating func appendOrdered(_ line: ArraySlice<UInt8>) {
    let start = bytes.count
    bytes.append(contentsOf: line)
    spans.append(start..<bytes.count)
  }

  private static let newline = UInt8(ascii: "\n")

  /// Orders two lines by their bytes: negative, zero or positive.
  static func compare(
    _ left: some Collection<UInt8>, _ right: some Collection<UInt8>
  ) -> Int {
    for (one, other) in zip(left, right) where one != other { return Int(one) - Int(other) }
    return left.count - right.count
  }

  /// Orders two lines of which one may have come to its end, which is after all others.
  private static func compare(_ left: ArraySlice<UInt8>?, _ right: ArraySlice<UInt8>?) -> Int {
    switch (left, right) {
    case (let left?, let right?): compare(left, right)
    case (nil, _): 1
    case (_, nil): -1
    }
  }
}
