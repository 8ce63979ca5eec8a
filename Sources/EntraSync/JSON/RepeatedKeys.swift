/// Finds a key that an object of a JSON document has twice.
///
/// RFC 8259 leaves open which of the two values counts, so that two readers of one document may
/// understand it differently. Everything that Entra ID and Graph answer is read by the same rule: a
/// repeated key is refused, whether the key is asked for or not, at every depth.
///
/// Source: RFC 8259, section 4; RFC 7493, section 2.3.
struct RepeatedKeys {
  /// The keys of the objects that are open, the outermost first. Entries are used again.
  private var keys: [Set<String>] = []
  private var depth = 0

  /// Takes the next event of a document.
  ///
  /// - Parameter event: The event.
  /// - Returns: A key that its object has already, in quotes; `nil` where there is none.
  mutating func find(in event: JSONEvent) -> String? {
    switch event {
    case .beginObject:
      if depth == keys.count {
        keys.append([])
      } else {
        keys[depth].removeAll(keepingCapacity: true)
      }
      depth += 1
    case .endObject: depth = max(0, depth - 1)
    case .key(let name):
      guard depth > 0 else { return nil }
      let text = name.text
      if !keys[depth - 1].insert(text).inserted { return text.quoted() }
    default: break
    }
    return nil
  }
}
