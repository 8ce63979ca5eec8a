/// Finds users by id, sign-in name or address, and the groups that contain an object.
struct UserIndex: Sendable {
  /// The users who are in any group, each once, in a stable order.
  let users: [Directory.Entry]
  /// The index in ``users`` of each user, by object id.
  private let indices: [String: Int]
  /// The indices in ``users`` of those who have a value, which is in lower case.
  private let values: [UserFilter.Clause: [Int]]
  /// The ids of the groups that contain an object directly, by its id, in order.
  private let holders: [String: [String]]
  /// The ids of the groups that hide their members.
  private let hidden: Set<String>

  /// Creates the index of a directory.
  init(_ directory: Directory) {
    var users: [Directory.Entry] = []
    var indices: [String: Int] = [:]
    var values: [UserFilter.Clause: [Int]] = [:]
    var holders: [String: [String]] = [:]
    for (group, content) in directory.groups.sorted(by: { $0.key < $1.key }) {
      for entry in content.entries {
        let id = directory.id(of: entry)
        holders[id, default: []].append(group)
        guard indices[id] == nil, let person = directory.member(entry).person else { continue }
        indices[id] = users.count
        for clause in Self.clauses(of: person) { values[clause, default: []].append(users.count) }
        users.append(entry)
      }
    }
    self.users = users
    self.indices = indices
    self.values = values
    self.holders = holders
    hidden = Set(directory.groups.filter(\.value.hidesMembers).map(\.key))
  }

  /// Every clause of a filter that finds this person.
  private static func clauses(of person: Person) -> Set<UserFilter.Clause> {
    var clauses: [UserFilter.Clause] = []
    for (attribute, texts) in [
      (Attribute.mail, person.mail.map { [$0] } ?? []),
      (.userPrincipalName, [person.userPrincipalName]), (.otherMails, person.otherMails),
      (.proxyAddresses, person.proxyAddresses),
    ] {
      clauses += texts.map { UserFilter.Clause(attribute: attribute, value: $0.lowercased()) }
    }
    for (number, text) in person.extensionAttributes {
      clauses.append(
        UserFilter.Clause(
          attribute: .onPremisesExtensionAttributes, part: "extensionAttribute\(number)",
          value: text.lowercased()))
    }
    if let number = person.smsNumber {
      clauses.append(UserFilter.Clause(attribute: .smsNumber, value: number.lowercased()))
    }
    return Set(clauses)
  }

  /// The users that a filter finds, in the order of ``users``.
  func users(matching filter: UserFilter) -> [Directory.Entry] {
    var found: Set<Int> = []
    for clause in filter.clauses {
      let key = UserFilter.Clause(
        attribute: clause.attribute, part: clause.part, value: clause.value.lowercased())
      found.formUnion(values[key] ?? [])
    }
    return found.sorted().map { users[$0] }
  }

  /// The user with an object id in lower case, or nil.
  func user(_ id: String) -> Directory.Entry? {
    indices[id].map { users[$0] }
  }

  /// The id of a user.
  ///
  /// - Parameters:
  ///   - name: An object id or a sign-in name, in either case.
  ///   - directory: The directory that was indexed.
  /// - Returns: The object id, or nil if there is no such user.
  func id(of name: String, in directory: Directory) -> String? {
    let name = name.lowercased()
    if indices[name] != nil { return name }
    let key = UserFilter.Clause(attribute: .userPrincipalName, value: name)
    return values[key]?.first.map { directory.id(of: users[$0]) }
  }

  /// The ids of the groups that contain an object directly.
  ///
  /// - Parameters:
  ///   - id: The object's id.
  ///   - showsHidden: Whether groups that hide their members are among them.
  /// - Returns: Their ids.
  func groups(holding id: String, showsHidden: Bool = true) -> [String] {
    (holders[id] ?? []).filter { showsHidden || !hidden.contains($0) }
  }

  /// The ids of the groups that contain an object, directly or through nested groups.
  ///
  /// - Parameters:
  ///   - id: The object's id.
  ///   - showsHidden: Whether groups that hide their members are among them.
  /// - Returns: Their ids.
  func allGroups(holding id: String, showsHidden: Bool = true) -> Set<String> {
    var found: Set<String> = []
    var waiting = groups(holding: id, showsHidden: showsHidden)
    while let group = waiting.popLast() {
      if found.insert(group).inserted {
        waiting += groups(holding: group, showsHidden: showsHidden)
      }
    }
    return found
  }
}
