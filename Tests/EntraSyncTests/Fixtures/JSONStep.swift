@testable import EntraSync

/// A ``JSONEvent`` that owns its text, so that events can be kept, shuffled and sent in any order.
enum JSONStep: Equatable, Sendable {
  case null, beginObject, endObject, beginArray, endArray
  case bool(Bool)
  case number(String)
  case string(String)
  case key(String)

  func send(to receiver: some JSONReceiver) throws(EntraSyncError) {
    let text = self.text
    let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.utf8.count)
    _ = bytes.initialize(from: text.utf8)
    defer {
      // If the receiver kept borrowed bytes, the test would see it.
      bytes.update(repeating: UInt8(ascii: "?"))
      bytes.deallocate()
    }
    try receiver.receive(event(UnsafeBufferPointer(bytes)))
  }

  private var text: String {
    switch self {
    case .string(let text), .key(let text): text
    default: ""
    }
  }

  private func event(_ bytes: UnsafeBufferPointer<UInt8>) -> JSONEvent {
    switch self {
    case .null: .null
    case .beginObject: .beginObject
    case .endObject: .endObject
    case .beginArray: .beginArray
    case .endArray: .endArray
    case .bool(let value): .bool(value)
    case .number(let text): .number(text)
    case .string: .string(bytes)
    case .key: .key(bytes)
    }
  }
}

extension JSONReceiver {
  func receive(_ steps: [JSONStep]) throws(EntraSyncError) {
    for step in steps { try step.send(to: self) }
  }

  /// Sends the events of a JSON text, including repeated member names.
  func receive(json text: String) throws(EntraSyncError) {
    try receive(JSONText.steps(of: text))
  }
}
