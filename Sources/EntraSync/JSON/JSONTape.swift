/// A JSON document that simdjson has read: a word of 64 bits for each thing in it, in their order.
///
/// A word has its kind in the highest byte: the character with which the thing begins. The other
/// bits say where a string is, or where a container ends. The number itself is in the next word.
///
/// It belongs to the parser, and is valid until that reads its next document.
///
/// Source: simdjson, `doc/tape.md`.
public struct JSONTape {
  fileprivate let words: UnsafePointer<UInt64>
  fileprivate let strings: UnsafePointer<UInt8>

  /// Takes what simdjson has written.
  ///
  /// - Parameters:
  ///   - words: The tape. Its last word is like the first.
  ///   - strings: Each string with its length of 32 bits in front.
  public init(words: UnsafePointer<UInt64>, strings: UnsafePointer<UInt8>) {
    self.words = words
    self.strings = strings
  }

  /// How many bytes one string may have.
  public static let longest = 1 << 20

  /// Hands the document out, one event after the other.
  ///
  /// - Parameter receiver: What makes sense of the events.
  /// - Throws: `.server` for a string that is too long, and what the receiver threw.
  public func send(to receiver: some JSONReceiver) throws(EntraSyncError) {
    var cursor = JSONCursor(self)
    while let event = try cursor.next() { try receiver.receive(event) }
  }
}

extension JSONTape {
  /// Hands out the members of the document's outermost object, and looks into none of them.
  ///
  /// - Parameter body: Receives the member's name, and its value if that is a string.
  func forEachMember(
    _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>?) -> Void
  ) {
    guard kind(at: 1) == UInt8(ascii: "{") else { return }
    var index = 2
    while kind(at: index) == UInt8(ascii: "\"") {
      let name = string(at: index)
      body(name, kind(at: index + 1) == UInt8(ascii: "\"") ? string(at: index + 1) : nil)
      index = end(ofValueAt: index + 1)
    }
  }

  /// The character with which something begins.
  func kind(at index: Int) -> UInt8 { UInt8(truncatingIfNeeded: words[index] >> 56) }

  /// The bytes of a string or of a name.
  func string(at index: Int) -> UnsafeBufferPointer<UInt8> {
    let start = strings + Int(truncatingIfNeeded: words[index] & JSONTape.payload)
    let count = UnsafeRawPointer(start).loadUnaligned(as: UInt32.self)
    return UnsafeBufferPointer(start: start + 4, count: Int(count))
  }

  /// Where that stands which follows a value.
  fileprivate func end(ofValueAt index: Int) -> Int {
    switch kind(at: index) {
    // The word has where the container ends, and how much is in it.
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      Int(truncatingIfNeeded: words[index] & 0xFFFF_FFFF)
    case UInt8(ascii: "l"), UInt8(ascii: "u"), UInt8(ascii: "d"): index + 2
    default: index + 1
    }
  }

  /// The kind of the first word, and of the one behind the document.
  static let root = UInt8(ascii: "r")
  /// The part of a word that is not its kind.
  fileprivate static let payload: UInt64 = 0x00FF_FFFF_FFFF_FFFF
}

/// A place in a document: what stands before it has been read.
struct JSONCursor {
  let tape: JSONTape
  private(set) var index = 1
  /// Which of the open containers are objects: the innermost has the lowest bit. The parser lets no
  /// more of them be open than there are bits.
  private var objects: UInt64 = 0
  /// Whether the name of a member follows, or the end of an object.
  private var isAtName = false

  /// The beginning of a document.
  init(_ tape: JSONTape) { self.tape = tape }

  /// Reads on.
  ///
  /// - Throws: `.server` for a string that is too long.
  /// - Returns: The next event; `nil` at the document's end.
  mutating func next() throws(EntraSyncError) -> JSONEvent? {
    let kind = tape.kind(at: index)
    guard kind != JSONTape.root else { return nil }
    defer { index += 1 }
    switch kind {
    case UInt8(ascii: "\""):
      let bytes = tape.string(at: index)
      guard bytes.count <= JSONTape.longest else {
        throw EntraSyncError(.server, "the server's answer holds a value of more than a megabyte")
      }
      guard isAtName else { return passed(.string(bytes)) }
      isAtName = false
      return .key(bytes)
    case UInt8(ascii: "{"):
      open(isObject: true)
      return .beginObject
    case UInt8(ascii: "["):
      open(isObject: false)
      return .beginArray
    case UInt8(ascii: "}"):
      close()
      return .endObject
    case UInt8(ascii: "]"):
      close()
      return .endArray
    case UInt8(ascii: "t"): return passed(.bool(true))
    case UInt8(ascii: "f"): return passed(.bool(false))
    case UInt8(ascii: "l"): return passed(.number(String(Int64(bitPattern: number()))))
    case UInt8(ascii: "u"): return passed(.number(String(number())))
    case UInt8(ascii: "d"): return passed(.number(String(Double(bitPattern: number()))))
    default: return passed(.null)
    }
  }

  /// Passes over the rest of the innermost container, which somebody else has read.
  ///
  /// - Parameter end: Behind the container's end.
  mutating func leave(at end: Int) {
    index = end
    close()
  }

  private mutating func open(isObject: Bool) {
    objects = objects << 1 | (isObject ? 1 : 0)
    isAtName = isObject
  }

  private mutating func close() {
    objects >>= 1
    isAtName = objects & 1 == 1
  }

  /// Notes that a value has been read. In an object, a name follows.
  private mutating func passed(_ event: JSONEvent) -> JSONEvent {
    isAtName = objects & 1 == 1
    return event
  }

  /// The number of which the word here says the kind.
  private mutating func number() -> UInt64 {
    index += 1
    return tape.words[index]
  }
}
