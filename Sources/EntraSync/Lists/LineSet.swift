/// The lines of a list: sorted bytewise, each once, so that equal inputs give equal files.
///
/// It is kept as its file has it, since a list may have hundreds of thousands of lines.
public struct LineSet: Sendable {
  /// The lines, each with a newline at its end: the file that holds them, once they are in order.
  public private(set) var fileContent: [UInt8] = []
  /// How many lines there are. Before ``order()`` some may count twice.
  public private(set) var count = 0
  /// The line that was added last.
  private var last = 0..<0
  private var isOrdered = true

  /// A set without lines.
  public init() {}

  /// The lines of a file that exists, in whatever order it has them.
  ///
  /// - Parameter content: The file's bytes; a line without an end counts, an empty one does not,
  ///   and a carriage return before the end does not belong to the line.
  public init(fileContent content: [UInt8]) {
    if let (count, last) = LineSet.orderedLines(of: content) {
      (fileContent, self.count, self.last) = (content, count, last)
      return
    }
    content.withUnsafeBufferPointer { content in
      for line in content.split(separator: LineSet.newline) {
        let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        if !text.isEmpty { insert(text) }
      }
    }
    order()
  }

  /// How many lines a file has that is as this type would write it, and where the last one is;
  /// `nil` for any other file.
  private static func orderedLines(of content: [UInt8]) -> (count: Int, last: Range<Int>)? {
    guard content.last ?? newline == newline else { return nil }
    return content.withUnsafeBufferPointer { content in
      var lines = LineCursor()
      var (count, before) = (0, 0..<0)
      while let line = lines.next(in: content) {
        guard !line.isEmpty, content[line.upperBound - 1] != UInt8(ascii: "\r"),
          count == 0 || ByteOrder.compare(content[part: before], content[part: line]) < 0
        else { return nil }
        (count, before) = (count + 1, line)
      }
      return (count, before)
    }
  }

  /// Makes room for lines.
  ///
  /// - Parameter bytes: How many bytes they have, with their ends.
  mutating func reserve(_ bytes: Int) { fileContent.reserveCapacity(bytes) }

  /// Adds a line. If it does not come behind all others, ``order()`` has to follow.
  ///
  /// - Parameter line: The line without its end.
  public mutating func insert(_ line: some Collection<UInt8>) {
    line.withBytes { insert($0) }
  }

  /// Adds a line. If it does not come behind all others, ``order()`` has to follow.
  ///
  /// - Parameter line: The line without its end.
  mutating func insert(_ line: UnsafeBufferPointer<UInt8>) {
    if isOrdered, count > 0 {
      let last = last
      let order = fileContent.withUnsafeBufferPointer {
        ByteOrder.compare($0[part: last], line)
      }
      if order == 0 { return }
      isOrdered = order < 0
    }
    let start = fileContent.count
    fileContent.append(contentsOf: line)
    last = start..<fileContent.count
    fileContent.append(LineSet.newline)
    count += 1
  }

  /// Sorts the lines and removes those that are there twice.
  public mutating func order() {
    guard !isOrdered else { return }
    var ordered = LineSet()
    ordered.reserve(fileContent.count)
    fileContent.withUnsafeBufferPointer { bytes in
      var spans: [Range<Int>] = []
      spans.reserveCapacity(count)
      var lines = LineCursor()
      while let line = lines.next(in: bytes) { spans.append(line) }
      for index in ByteOrder.order(
        spans.count, { bytes[part: spans[$0]] }, equal: { _, _ in false })
      {
        ordered.insert(bytes[part: spans[Int(index)]])
      }
    }
    self = ordered
  }

  /// What replacing other lines by these would change.
  ///
  /// - Parameter old: The lines as they are, in order like these.
  /// - Returns: The lines that come and go.
  public func difference(from old: LineSet) -> ListDifference {
    var difference = ListDifference(before: old.count, after: count)
    guard fileContent != old.fileContent else { return difference }
    // All lines of a new list come; a copy of them would take as much memory as the list.
    guard old.count > 0 else {
      difference.added = self
      return difference
    }
    fileContent.withUnsafeBufferPointer { new in
      old.fileContent.withUnsafeBufferPointer { old in
        var (coming, going) = (LineCursor(), LineCursor())
        var (line, oldLine) = (coming.next(in: new), going.next(in: old))
        while line != nil || oldLine != nil {
          let order = LineSet.compare(line.map { new[part: $0] }, oldLine.map { old[part: $0] })
          if order < 0, let line { difference.added.insert(new[part: line]) }
          if order > 0, let oldLine { difference.removed.insert(old[part: oldLine]) }
          if order <= 0 { line = coming.next(in: new) }
          if order >= 0 { oldLine = going.next(in: old) }
        }
      }
    }
    return difference
  }

  /// Hands out each line in its order.
  ///
  /// - Parameter body: Receives a line without its end.
  public func forEach(_ body: (ArraySlice<UInt8>) -> Void) {
    var lines = LineCursor()
    while let line = fileContent.withUnsafeBufferPointer({ lines.next(in: $0) }) {
      body(fileContent[line])
    }
  }

  static let newline = UInt8(ascii: "\n")

  /// Orders two lines of which one may have come to its end, which is after all others.
  private static func compare(
    _ left: UnsafeBufferPointer<UInt8>?, _ right: UnsafeBufferPointer<UInt8>?
  ) -> Int {
    switch (left, right) {
    case (let left?, let right?): ByteOrder.compare(left, right)
    case (nil, _): 1
    case (_, nil): -1
    }
  }
}

/// A place between the lines of a text.
struct LineCursor {
  private var place = 0

  /// Moves behind the next line.
  ///
  /// - Parameter text: The text, always the same one.
  /// - Returns: Where the line is, without its end; `nil` after the last one.
  mutating func next(in text: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
    guard place < text.count else { return nil }
    let start = place
    var end = start
    while end < text.count, text[end] != LineSet.newline { end += 1 }
    place = end + 1
    return start..<end
  }
}
