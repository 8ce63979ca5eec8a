/// An object or an array that a reader passes over, from its first event to its last.
struct PassedOverValue {
  /// How many containers are open.
  private var depth = 1

  /// Begins with the event that opens the value; `nil` for a value without an inside.
  ///
  /// - Parameter event: The value's first event.
  init?(_ event: JSONEvent) {
    switch event {
    case .beginObject, .beginArray: break
    default: return nil
    }
  }

  /// Takes the next event of the value.
  ///
  /// - Parameter event: Any event after the first.
  /// - Returns: Whether the value ends with it.
  mutating func ends(with event: JSONEvent) -> Bool {
    switch event {
    case .beginObject, .beginArray: depth += 1
    case .endObject, .endArray: depth -= 1
    default: break
    }
    return depth == 0
  }
}
