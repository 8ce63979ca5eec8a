/// A small JSON document in memory: the answer of a token endpoint, or an error.
public indirect enum JSONValue: Equatable, Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number: a whole one in decimal digits, another one in the fewest digits that tell it.
  case number(String)
  /// A text.
  case string(String)
  /// Values in their order.
  case array([JSONValue])
  /// Members by name, each once: ``JSONValueReader`` refuses a repeated key.
  case object([String: JSONValue])

  /// A member of an object; `nil` for anything else.
  ///
  /// - Parameter name: The member's name, spelt exactly.
  public subscript(name: String) -> JSONValue? {
    if case .object(let members) = self { members[name] } else { nil }
  }

  /// The text of a string; `nil` for anything else.
  public var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// A whole number, which may stand in quotes as Entra's older endpoints write it.
  public var integer: Int? {
    switch self {
    case .number(let text), .string(let text): Int(text)
    default: nil
    }
  }

  /// The first element of an array; `nil` for anything else.
  public var first: JSONValue? {
    if case .array(let elements) = self { elements.first } else { nil }
  }
}

/// Builds a ``JSONValue`` from events.
public final class JSONValueReader: JSONReceiver {
  /// A struct rather than an enum, since it grows in place, however long it becomes.
  private struct Container {
    var isArray: Bool
    var elements: [JSONValue] = []
    var members: [String: JSONValue] = [:]
    var key = ""
  }

  private var open: [Container] = []
  private var repeatedKeys = RepeatedKeys()
  /// The document, once it is complete.
  public private(set) var value: JSONValue?

  /// A reader at the start of a document.
  public init() {}

  /// Takes the next event.
  ///
  /// - Throws: `.server` for a repeated key.
  public func receive(_ event: JSONEvent) throws(EntraSyncError) {
    if let key = repeatedKeys.find(in: event) {
      throw EntraSyncError(.server, "the server's answer has two values of \(key)")
    }
    switch event {
    case .null: add(.null)
    case .bool(let value): add(.bool(value))
    case .number(let text): add(.number(text))
    case .string(let bytes): add(.string(bytes.text))
    case .key(let bytes): if !open.isEmpty { open[open.count - 1].key = bytes.text }
    // Room for what the objects of Entra ID and Graph have, as a rule.
    case .beginObject: open.append(Container(isArray: false, members: .init(minimumCapacity: 8)))
    case .beginArray: open.append(Container(isArray: true))
    case .endObject, .endArray:
      if let container = open.popLast() {
        add(container.isArray ? .array(container.elements) : .object(container.members))
      }
    }
  }

  private func add(_ value: JSONValue) {
    guard !open.isEmpty else {
      self.value = value
      return
    }
    let last = open.count - 1
    if open[last].isArray {
      open[last].elements.append(value)
    } else {
      open[last].members[open[last].key] = value
    }
  }
}
