/// The groups that every simulated tenant has, under object ids that never change.
public enum BuiltInGroup: String, Sendable, CaseIterable {
  /// The requested number of made-up people, with two groups, five contacts and five devices.
  case main
  /// Thirty people of its own, five people of ``main``, and the group ``inner``.
  case nested
  /// Three people of its own, and the group ``nested``, which makes a cycle.
  case inner
  /// People whose addresses and numbers try to break the program that reads them.
  case oddities
  /// Nobody.
  case empty
  /// One person with an address and a mobile number.
  case single
  /// One member of each kind: the tenant's own people and others, contacts, devices and so on.
  case mixed
  /// People who have the same addresses: see ``Directory/doubles``.
  case doubles
  /// One person of ``doubles``, whose address somebody else there has too.
  case leavers
  /// Three people of its own and up to five of ``main``; it hides them (HiddenMembership).
  case hidden

  /// The object id, a GUID.
  public var id: String {
    switch self {
    case .main: "a0000000-0000-4000-8000-000000000001"
    case .nested: "a0000000-0000-4000-8000-000000000002"
    case .inner: "a0000000-0000-4000-8000-000000000003"
    case .oddities: "a0000000-0000-4000-8000-000000000004"
    case .empty: "a0000000-0000-4000-8000-000000000005"
    case .single: "a0000000-0000-4000-8000-000000000006"
    case .mixed: "a0000000-0000-4000-8000-000000000007"
    case .doubles: "a0000000-0000-4000-8000-000000000008"
    case .leavers: "a0000000-0000-4000-8000-000000000009"
    case .hidden: "a0000000-0000-4000-8000-00000000000a"
    }
  }

  /// The name that an administrator gave the group.
  public var displayName: String {
    switch self {
    case .main: "Mail senders"
    case .nested: "Sales"
    case .inner: "Sales, inner circle"
    case .oddities: "Oddities"
    case .empty: "Nobody yet"
    case .single: "Front desk"
    case .mixed: "All kinds"
    case .doubles: "Doubles"
    case .leavers: "Leavers"
    case .hidden: "Works council"
    }
  }

  /// The object id that a built-in group's name or a GUID stands for.
  ///
  /// - Parameter text: A name such as `oddities`, or a GUID, in either case.
  /// - Returns: The id in lower case; nil when the text is neither.
  public static func id(of text: String) -> String? {
    if let group = BuiltInGroup(rawValue: text.lowercased()) { return group.id }
    return ObjectID.isValid(text) ? text.lowercased() : nil
  }
}
