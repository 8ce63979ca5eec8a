/// What a request is to the faults, which strike some of them.
struct Occasion: Sendable {
  /// What it is about; for members, the one group.
  let target: FaultRule.Target
  /// Which page of its run is asked for, from 1.
  var page = 1
  /// What `$top` says; nil where it was not named.
  var top: Int?
  /// Whether `$filter` was named.
  var isFiltered = false
}

extension FaultRule.Target {
  /// Whether a rule for this one is about a request for the other.
  func covers(_ other: FaultRule.Target) -> Bool {
    switch (self, other) {
    case (.allGroups, .group): true
    case (.group(let id), .group(let other)): id.lowercased() == other.lowercased()
    default: self == other
    }
  }

  /// The targets that a text can name, besides the groups.
  static let named: [String: FaultRule.Target] = [
    "token": .token, "users": .users, "check": .check, "groups": .groups, "batch": .batch,
  ]

  /// How a text names it; nil for the members of groups.
  var name: String? {
    Self.named.first { $0.value == self }?.key
  }

  /// Whether its answers come in pages.
  var hasPages: Bool {
    switch self {
    case .allGroups, .group, .users, .check: true
    case .token, .groups, .batch: false
    }
  }
}
