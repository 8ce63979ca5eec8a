/// The groups that every simulated tenant has, under object ids that never change.
public enum BuiltInGroup: String, Sendable, CaseIterable {
  /// The made-up people asked for, and among them two nested groups, five contacts and five devices.
  case main
  /// Thirty people of its own, five of ``main``, and ``inner``.
  case nested
  /// Three people of its own, and ``nested`` again: a cycle.
  case inner
  /// People whose addresses and numbers try to break whatever reads them.
  case oddities
  /// Nobody.
  case empty
  /// One person with an address and a mobile number.
  case single

  /// The object id, a GUID.
  public var id: String {
    switch self {
    case .main: "a0000000-0000-4000-8000-000000000001"
    case .nested: "a0000000-0000-4000-8000-000000000002"
    case .inner: "a0000000-0000-4000-8000-000000000003"
    case .oddities: "a0000000-0000-4000-8000-000000000004"
    case .empty: "a0000000-0000-4000-8000-000000000005"
    case .single: "a0000000-0000-4000-8000-000000000006"
    }
  }

  /// The name as an administrator gave it.
  public var displayName: String {
    switch self {
    case .main: "Mail senders"
    case .nested: "Sales"
    case .inner: "Sales, inner circle"
    case .oddities: "Oddities"
    case .empty: "Nobody yet"
    case .single: "Front desk"
    }
  }

  /// The object id behind a built-in group's name or a GUID.
  ///
  /// - Parameter text: Such as `oddities`, or a GUID in either case.
  /// - Returns: The id in lower case; nil when the text is neither.
  public static func id(of text: String) -> String? {
    if let group = BuiltInGroup(rawValue: text.lowercased()) { return group.id }
    return ObjectID.isValid(text) ? text.lowercased() : nil
  }
}
