import EntraSync

/// A JSON document with all its contents, in their order, including repeated names.
///
/// The readers of the library keep less; the targets compare them with this.
indirect enum Document: Equatable {
  /// `null` or a number.
  case other
  /// `true` or `false`.
  case bool(Bool)
  /// A text.
  case text(String)
  /// The elements of an array.
  case array([Document])
  /// The members of an object.
  case object([Pair])

  /// One member of an object.
  struct Pair: Equatable {
    /// Its name.
    let name: String
    /// Its value.
    let value: Document
  }

  /// The values of an object's members with one name, in their order; empty for anything else.
  ///
  /// - Parameter name: The name, which is compared byte for byte.
  /// - Returns: The values.
  func values(named name: String) -> [Document] {
    guard case .object(let pairs) = self else { return [] }
    return pairs.filter { $0.name.utf8.elementsEqual(name.utf8) }.map(\.value)
  }

  /// The text of a string; `nil` for anything else.
  var text: String? { if case .text(let text) = self { text } else { nil } }

  /// The value of `true` or `false`; `nil` for anything else.
  var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

  /// The elements of an array; `nil` for anything else.
  var elements: [Document]? { if case .array(let elements) = self { elements } else { nil } }

  /// The texts of a string or of an array of strings.
  var texts: [String] { text.map { [$0] } ?? (elements ?? []).compactMap(\.text) }
}

/// Builds a ``Document`` from the events of a JSON parser.
final class DocumentReader: JSONReceiver {
  private var open: [(isArray: Bool, name: String, pairs: [Document.Pair])] = []
  private var name = ""
  /// The document, once it is complete.
  private(set) var document: Document?

  /// Takes the next event.
  func receive(_ event: JSONEvent) throws(EntraSyncError) {
    switch event {
    case .null, .number: add(.other)
    case .bool(let value): add(.bool(value))
    case .string(let bytes): add(.text(String(decoding: bytes, as: UTF8.self)))
    case .key(let bytes): name = String(decoding: bytes, as: UTF8.self)
    case .beginObject: open.append((isArray: false, name: name, pairs: []))
    case .beginArray: open.append((isArray: true, name: name, pairs: []))
    case .endObject, .endArray:
      guard let last = open.popLast() else { return require(false, "what closes was open") }
      name = last.name
      add(last.isArray ? .array(last.pairs.map(\.value)) : .object(last.pairs))
    }
  }

  private func add(_ value: Document) {
    if open.isEmpty {
      require(document == nil, "a text holds one document")
      document = value
    } else {
      open[open.count - 1].pairs.append(Document.Pair(name: name, value: value))
    }
  }
}
