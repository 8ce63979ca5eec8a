/// One thing that a streaming parser has read from a JSON text.
///
/// The bytes of keys and strings are valid only while the event is handled.
public enum JSONEvent {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number: a whole one in decimal digits, another one in the fewest digits that tell it.
  case number(String)
  /// A string without its quotes and escapes, in UTF-8.
  case string(UnsafeBufferPointer<UInt8>)
  /// The name of the member that follows, as a string is given.
  case key(UnsafeBufferPointer<UInt8>)
  /// `{`
  case beginObject
  /// `}`
  case endObject
  /// `[`
  case beginArray
  /// `]`
  case endArray
}

/// Something that makes sense of the events of one JSON text.
public protocol JSONReceiver: AnyObject {
  /// Takes the next event.
  ///
  /// - Throws: When the text is not what was expected; no further event follows.
  func receive(_ event: JSONEvent) throws(EntraSyncError)
}

extension UnsafeBufferPointer<UInt8> {
  /// The bytes as text; the parser has checked that they are UTF-8.
  var text: String { String(decoding: self, as: UTF8.self) }

  /// Whether the bytes are those of a name.
  func equals(_ name: StaticString) -> Bool {
    ByteOrder.areEqual(
      self, UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
  }
}
