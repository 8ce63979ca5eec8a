/// The users of the tenant by what they are looked up by, and the groups that hold each object.
struct UserIndex: Sendable {
  /// The users who are in any group, each once, in a stable order.
  let users: [Directory.Entry]
  /// Where in ``users`` somebody is, by id.
  private let places: [String: Int]
  /// Where in ``users`` those are who have a value, in lower case.
  private let values: [UserFilter.Clause: [Int]]
  /// The ids of the groups that hold an object, by its id, in order.
  private let holders: [String: [String]]

  /// The index of a directory.
  init(_ directory: Directory) {
    var users: [Directory.Entry] = []
    var places: [String: Int] = [:]
    var values: [UserFilter.Clause: [Int]] = [:]
    var holders: [String: [String]] = [:]
    for (group, content) in directory.groups.sorted(by: { $0.key < $1.key }) {
      for entry in content.entries {
        let id = directory.id(of: entry)
        holders[id, default: []].append(group)
        guard places[id] == nil, case .user(let person) = directory.member(entry) else { continue }
        places[id] = users.count
        for clause in Self.clauses(of: person) { values[clause, default: []].append(users.count) }
        users.append(entry)
      }
    }
    self.users = users
    self.places = places
    self.values = values
    self.holders = holders
  }

  /// Everything that a filter can ask for and this person has.
  private static func clauses(of person: Person) -> Set<UserFilter.Clause> {
    var clauses: [UserFilter.Clause] = []
    for (attribute, texts) in [
      (Attribute.mail, person.mail.map { [$0] } ?? []),
      (.userPrincipalName, [person.userPrincipalName]), (.otherMails, person.otherMails),
      (.proxyAddresses, person.proxyAddresses),
    ] {
      clauses += texts.map { UserFilter.Clause(attribute: attribute, value: $0.lowercased()) }
    }
    return Set(clauses)
  }

  /// The users whom a filter finds, in their order.
  func users(matching filter: UserFilter) -> [Directory.Entry] {
    var found: Set<Int> = []
    for clause in filter.clauses {
      let key = UserFilter.Clause(attribute: clause.attribute, value: clause.value.lowercased())
      found.formUnion(values[key] ?? [])
    }
    return found.sorted().map { users[$0] }
  }

  /// The id of a user.
  ///
  /// - Parameters:
  ///   - name: An object id or a sign-in name, in either case.
  ///   - directory: What this is the index of.
  /// - Returns: The object id; nil when there is no such user.
  func id(of name: String, in directory: Directory) -> String? {
    let name = name.lowercased()
    if places[name] != nil { return name }
    let key = UserFilter.Clause(attribute: .userPrincipalName, value: name)
    return values[key]?.first.map { directory.id(of: users[$0]) }
  }

  /// The groups that hold an object directly, by their ids.
  func groups(holding id: String) -> [String] {
    holders[id] ?? []
  }

  /// The groups that hold an object, themselves or by a group in them.
  func allGroups(holding id: String) -> Set<String> {
    var found: Set<String> = []
    var waiting = groups(holding: id)
    while let group = waiting.popLast() {
      if found.insert(group).inserted { waiting += groups(holding: group) }
    }
    return found
  }
}
