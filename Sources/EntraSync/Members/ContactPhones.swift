/// Reads the telephone numbers of a mail contact: `phones`, an array of objects with `number` and
/// `type`.
///
/// A contact has no `mobilePhone`, `businessPhones` and `faxNumber` as users have. Its numbers take
/// their places by their types.
///
/// Source: Microsoft Graph v1.0, resource types `orgContact` and `phone`.
struct ContactPhones {
  /// The attribute of a user that has the numbers of a type.
  static let places: [(type: String, name: String)] = [
    ("mobile", "mobilePhone"), ("business", "businessPhones"), ("businessFax", "faxNumber"),
  ]

  private enum State { case array, phone }

  private var state = State.array
  private var key = ""
  private var number: String?
  private var type: String?

  /// The numbers with their types, in their order.
  private(set) var numbers: [(type: String, number: String)] = []

  /// Takes the next event after the array's `[`.
  ///
  /// - Parameter event: The event.
  /// - Throws: A ``Malformed`` value for anything but objects with texts.
  /// - Returns: Whether the array ends with it.
  mutating func ends(with event: JSONEvent) throws(Malformed) -> Bool {
    switch (state, event) {
    case (.array, .beginObject):
      (number, type) = (nil, nil)
      state = .phone
    case (.array, .endArray): return true
    case (.phone, .key(let name)): key = name.text
    case (.phone, .string(let bytes)):
      if key == "number" { number = bytes.text }
      if key == "type" { type = bytes.text }
    case (.phone, .null): break
    case (.phone, .bool) where key != "number" && key != "type": break
    case (.phone, .number) where key != "number" && key != "type": break
    case (.phone, .endObject):
      if let number, let type { numbers.append((type, number)) }
      state = .array
    default: throw Malformed("no telephone number in \"phones\"")
    }
    return false
  }
}
