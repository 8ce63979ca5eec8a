/// The groups of the simulated tenant and who is in them.
///
/// Made-up people are kept as their number alone and made when a page shows them, so a group of
/// 100,000 takes a few megabytes.
public struct Directory: Sendable {
  /// Who makes the made-up people.
  let people: MadeUpPeople
  /// The groups, by their ids in lower case.
  private(set) var groups: [String: Group] = [:] {
    didSet {
      flattened = [:]
      index = nil
    }
  }
  /// The transitive members worked out since the last change.
  private var flattened: [String: [Entry]] = [:]
  /// Who can be looked up, once somebody was since the last change.
  private var index: UserIndex?

  /// One member as it is stored.
  enum Entry: Sendable, Equatable {
    /// A made-up person, by number.
    case madeUp(Int)
    /// Anything that was spelt out.
    indirect case given(Member)

    /// Whether it is a user.
    var isUser: Bool {
      switch self {
      case .madeUp, .given(.user): true
      default: false
      }
    }
  }

  /// A group: how it is shown as a member of others, and its own members.
  struct Group: Sendable {
    var displayName: String
    var mail: String?
    var entries: [Entry]

    /// The value of a property; null for those that it has not.
    func value(of attribute: Attribute) -> AttributeValue {
      switch attribute {
      case .displayName: .text(displayName)
      case .mail: AttributeValue(mail)
      case .proxyAddresses: .texts(mail.map { ["SMTP:\($0)"] } ?? [])
      default: .null
      }
    }
  }

  /// A directory without groups.
  ///
  /// - Parameter seed: What the made-up people are made from.
  init(seed: UInt64) {
    people = MadeUpPeople(seed: seed)
  }

  /// The group with this id, matched without regard to case.
  func group(_ id: String) -> Group? {
    groups[id.lowercased()]
  }

  /// Puts a group in the directory, in place of an earlier one with that id.
  mutating func setGroup(_ id: String, to group: Group) {
    groups[id.lowercased()] = group
  }

  /// Removes a group; groups that hold it keep its id as a member without a name.
  mutating func removeGroup(_ id: String) {
    groups[id.lowercased()] = nil
  }

  /// Who `members` and `transitiveMembers` list, remembered until the next change.
  ///
  /// - Parameters:
  ///   - group: The group's id.
  ///   - transitive: Whether the members of nested groups are listed too.
  /// - Returns: The members in a stable order, or nil for an unknown group.
  mutating func entries(of group: String, transitive: Bool) -> [Entry]? {
    guard transitive else { return self.group(group)?.entries }
    let key = group.lowercased()
    if let known = flattened[key] { return known }
    let flat = flatten(key)
    flattened[key] = flat
    return flat
  }

  /// Who can be looked up, remembered until the next change.
  mutating func userIndex() -> UserIndex {
    let known = index ?? UserIndex(self)
    index = known
    return known
  }

  /// The object id of a stored member.
  func id(of entry: Entry) -> String {
    switch entry {
    case .madeUp(let number): people.id(number)
    case .given(let member): member.id
    }
  }

  /// A stored member, spelt out.
  func member(_ entry: Entry) -> Member {
    switch entry {
    case .madeUp(let number): .user(people.person(number))
    case .given(let member): member
    }
  }
}
