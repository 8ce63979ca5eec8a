/// What the fault rules need to know of a request.
struct Occasion: Sendable {
  /// The target of the request; for members, their group.
  let target: FaultRule.Target
  /// The page that is requested, from 1.
  var page = 1
  /// The value of `$top`; nil without one.
  var top: Int?
  /// Whether the request has a `$filter`.
  var isFiltered = false
  /// Whether a token request has claims.
  var hasClaims = false
}

extension FaultRule.Target {
  /// Whether a rule for this target applies to a request for the other.
  func covers(_ other: FaultRule.Target) -> Bool {
    switch (self, other) {
    case (.allGroups, .group): true
    case (.group(let id), .group(let other)): id.lowercased() == other.lowercased()
    default: self == other
    }
  }

  /// The targets that a rule's text can name, besides groups.
  static let named: [String: FaultRule.Target] = [
    "token": .token, "identity": .identity, "users": .users, "user": .user, "check": .check,
    "groups": .groups, "application": .application,
    "batch": .batch,
  ]

  /// The name in a rule's text; nil for the members of groups.
  var name: String? {
    Self.named.first { $0.value == self }?.key
  }

  /// Whether answers come in pages.
  var hasPages: Bool {
    switch self {
    case .allGroups, .group, .users, .check: true
    case .token, .identity, .user, .groups, .application, .batch: false
    }
  }
}
