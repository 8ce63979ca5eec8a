/// The groups of the simulated tenant and their members.
///
/// A made-up person is stored as a number and made when a page shows the person. A group of 100,000
/// therefore takes a few megabytes.
public struct Directory: Sendable {
  /// Makes the made-up people from their numbers.
  let people: MadeUpPeople
  /// The groups, by their ids in lower case.
  private(set) var groups: [String: Group] = [:] {
    didSet {
      flattened = [:]
      index = nil
    }
  }
  /// The transitive members of groups, as computed since the last change.
  private var flattened: [String: [Entry]] = [:]
  /// The index of users, if one was needed since the last change.
  private var index: UserIndex?

  /// A member in the form in which it is stored.
  enum Entry: Sendable, Equatable {
    /// A made-up person, by the person's number.
    case madeUp(Int)
    /// A member with properties of its own.
    indirect case given(Member)

    /// Whether the member is a user.
    var isUser: Bool {
      switch self {
      case .madeUp, .given(.user): true
      default: false
      }
    }
  }

  /// A group: its properties and its members.
  struct Group: Sendable {
    var displayName: String
    var mail: String?
    var entries: [Entry]
    /// Whether only applications with ``Role/memberReadHidden`` see who is in it.
    var hidesMembers = false

    /// The value of a property; null for properties that a group does not have.
    func value(of attribute: Attribute) -> AttributeValue {
      switch attribute {
      case .displayName: .text(displayName)
      case .mail: AttributeValue(mail)
      case .proxyAddresses: .texts(mail.map { ["SMTP:\($0)"] } ?? [])
      case .visibility: hidesMembers ? .text("HiddenMembership") : .null
      default: .null
      }
    }
  }

  /// Creates a directory without groups.
  ///
  /// - Parameter seed: The seed of the made-up people.
  init(seed: UInt64) {
    people = MadeUpPeople(seed: seed)
  }

  /// The group with this id in upper or lower case, or nil.
  func group(_ id: String) -> Group? {
    groups[id.lowercased()]
  }

  /// Adds a group, or replaces the one with that id.
  mutating func setGroup(_ id: String, to group: Group) {
    groups[id.lowercased()] = group
  }

  /// Removes a group; groups that contain it keep its id as a member without a name.
  mutating func removeGroup(_ id: String) {
    groups[id.lowercased()] = nil
  }

  /// The members that `members` or `transitiveMembers` lists, remembered until the next change.
  ///
  /// - Parameters:
  ///   - group: The group's id.
  ///   - transitive: Whether the members of nested groups are listed too.
  ///   - showsHidden: Whether groups that hide their members show them.
  /// - Returns: The members in a stable order, or nil for an unknown group.
  mutating func entries(
    of group: String, transitive: Bool, showsHidden: Bool = true
  ) -> [Entry]? {
    guard transitive else {
      return self.group(group).map { $0.hidesMembers && !showsHidden ? [] : $0.entries }
    }
    let key = group.lowercased()
    guard showsHidden else { return flatten(key, showsHidden: false) }
    if let known = flattened[key] { return known }
    let flat = flatten(key)
    flattened[key] = flat
    return flat
  }

  /// The index of users, remembered until the next change.
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

  /// A stored member, with all its properties.
  func member(_ entry: Entry) -> Member {
    switch entry {
    case .madeUp(let number): .user(people.person(number))
    case .given(let member): member
    }
  }
}
