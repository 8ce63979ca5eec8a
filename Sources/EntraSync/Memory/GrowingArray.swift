/// An array of numbers and the like that may hold millions, and grows without being copied.
///
/// `Array` moves to a larger place when it grows: for a moment it is there twice, and what it
/// leaves stays as a hole in the heap. The pages of this one are moved, and go back to the system
/// with it. Copies share their elements until one of them changes, as those of `Array` do.
struct GrowingArray<Element: BitwiseCopyable> {
  private var block: MemoryBlock?
  /// What the block holds, and how many elements there is room for.
  private var start: UnsafeMutablePointer<Element>?
  private var capacity = 0
  private(set) var count = 0

  /// An array without elements.
  init() {}

  /// An array of elements whose bytes are all 0.
  ///
  /// - Parameter count: How many there are.
  init(zeros count: Int) {
    use(MemoryBlock(bytes: count * MemoryLayout<Element>.stride))
    self.count = count
  }

  @discardableResult
  private mutating func use(_ block: MemoryBlock) -> UnsafeMutablePointer<Element> {
    let elements = block.start.assumingMemoryBound(to: Element.self)
    (self.block, start, capacity) = (block, elements, block.count / MemoryLayout<Element>.stride)
    return elements
  }

  /// Adds an element.
  mutating func append(_ element: Element) {
    let elements = makeRoom(for: count + 1)
    elements[count] = element
    count += 1
  }

  /// Adds elements.
  mutating func append(contentsOf more: UnsafeBufferPointer<Element>) {
    guard let start = more.baseAddress, !more.isEmpty else { return }
    (makeRoom(for: count + more.count) + count).update(from: start, count: more.count)
    count += more.count
  }

  /// Removes elements at the end.
  mutating func removeLast(_ number: Int) {
    precondition(0...count ~= number)
    count -= number
  }

  /// Makes sure that there is room, and that nobody else sees what changes.
  private mutating func makeRoom(for total: Int) -> UnsafeMutablePointer<Element> {
    if isKnownUniquelyReferenced(&block), total <= capacity, let start { return start }
    return move(total)
  }

  /// Moves to where there is room, or to a block of its own.
  @inline(never)
  private mutating func move(_ total: Int) -> UnsafeMutablePointer<Element> {
    let bytes = total * MemoryLayout<Element>.stride
    if isKnownUniquelyReferenced(&block), let block {
      block.grow(to: Swift.max(bytes, block.count * 2))
      return use(block)
    }
    let own = MemoryBlock(bytes: bytes)
    if let start {
      own.start.copyMemory(from: start, byteCount: count * MemoryLayout<Element>.stride)
    }
    return use(own)
  }

  /// Lends the elements.
  func withUnsafeBufferPointer<Result>(
    _ body: (UnsafeBufferPointer<Element>) throws -> Result
  ) rethrows -> Result {
    // The block may not go away while somebody looks at it.
    try withExtendedLifetime(block) {
      try body(UnsafeBufferPointer(start: start, count: count))
    }
  }
}

// A block that two arrays share is not changed.
extension GrowingArray: @unchecked Sendable where Element: Sendable {}

extension GrowingArray: RandomAccessCollection, MutableCollection {
  var startIndex: Int { 0 }
  var endIndex: Int { count }

  subscript(position: Int) -> Element {
    get {
      guard let start, 0..<count ~= position else { preconditionFailure() }
      return withExtendedLifetime(block) { start[position] }
    }
    set {
      precondition(0..<count ~= position)
      makeRoom(for: count)[position] = newValue
    }
  }

  func withContiguousStorageIfAvailable<Result>(
    _ body: (UnsafeBufferPointer<Element>) throws -> Result
  ) rethrows -> Result? {
    try withUnsafeBufferPointer(body)
  }
}
