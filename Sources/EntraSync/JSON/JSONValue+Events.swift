extension JSONValue {
  /// Sends the document to a receiver, as a parser would.
  ///
  /// - Parameter receiver: What makes sense of the events. It gets the members of an object in the
  ///   order of their names, so that the same document always gives the same error.
  /// - Throws: What the receiver threw.
  func send(to receiver: some JSONReceiver) throws(EntraSyncError) {
    switch self {
    case .null: try receiver.receive(.null)
    case .bool(let value): try receiver.receive(.bool(value))
    case .number(let text): try receiver.receive(.number(text))
    case .string(let text):
      try text.withBytes { (bytes) throws(EntraSyncError) in try receiver.receive(.string(bytes)) }
    case .array(let elements):
      try receiver.receive(.beginArray)
      for element in elements { try element.send(to: receiver) }
      try receiver.receive(.endArray)
    case .object(let members):
      try receiver.receive(.beginObject)
      for (name, value) in members.sorted(by: { $0.key < $1.key }) {
        try name.withBytes { (bytes) throws(EntraSyncError) in try receiver.receive(.key(bytes)) }
        try value.send(to: receiver)
      }
      try receiver.receive(.endObject)
    }
  }
}

extension String {
  /// Lends the text as UTF-8. `withUTF8` cannot throw a typed error, so that one is kept aside.
  fileprivate func withBytes(
    _ body: (UnsafeBufferPointer<UInt8>) throws(EntraSyncError) -> Void
  ) throws(EntraSyncError) {
    var text = self
    var failure: EntraSyncError?
    text.withUTF8 { bytes in
      do throws(EntraSyncError) { try body(bytes) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}
