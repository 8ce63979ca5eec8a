/// Finds a key that an object of a JSON document has twice.
///
/// RFC 8259 leaves open which of the two values counts, so that two readers of one document may
/// understand it differently. Everything that Entra ID and Graph answer is read by the same rule: a
/// repeated key is refused, whether the key is asked for or not, at every depth.
///
/// Source: RFC 8259, section 4; RFC 7493, section 2.3.
struct RepeatedKeys {
  /// The keys of the objects that are open, the outermost first. Entries are used again.
  private var objects: [Keys] = []
  private var depth = 0

  /// Takes the next event of a document.
  ///
  /// - Parameter event: The event.
  /// - Returns: A key that its object has already, in quotes; `nil` where there is none.
  mutating func find(in event: JSONEvent) -> String? {
    switch event {
    case .beginObject:
      if depth == objects.count {
        objects.append(Keys())
      } else {
        objects[depth].removeAll()
      }
      depth += 1
    case .endObject: depth = max(0, depth - 1)
    case .key(let name):
      guard depth > 0 else { return nil }
      if !objects[depth - 1].insert(name) { return name.text.quoted() }
    default: break
    }
    return nil
  }

  /// The keys of one object.
  ///
  /// A member has a handful of short ones. Comparing their bytes takes no memory and no hashing for
  /// each of a group's hundred thousand members.
  private struct Keys {
    /// How many keys are compared one by one. An object with any number of keys must not take a
    /// time that grows with their square.
    private static let few = 16

    /// The first keys, end to end.
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// The other keys, and all that are not ASCII: Unicode calls some of them equal.
    private var others: Set<String> = []

    mutating func removeAll() {
      bytes.removeAll(keepingCapacity: true)
      ends.removeAll(keepingCapacity: true)
      if !others.isEmpty { others.removeAll() }
    }

    /// Adds a key.
    ///
    /// - Parameter name: The key, in UTF-8.
    /// - Returns: `false` for a key that is there.
    mutating func insert(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
      guard name.allSatisfy({ $0 < 0x80 }) else { return others.insert(name.text).inserted }
      var start = 0
      for end in ends {
        if end - start == name.count, bytes[start..<end].elementsEqual(name) { return false }
        start = end
      }
      guard ends.count < Keys.few else { return others.insert(name.text).inserted }
      bytes.append(contentsOf: name)
      ends.append(bytes.count)
      return true
    }
  }
}
